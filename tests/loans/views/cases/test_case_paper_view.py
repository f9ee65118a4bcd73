"""A paper, large, beside the answers that it should prove: zoomed and turned by links, judged where it is read."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from config import clock
from loans.lifecycle.applying import filling, signed_pages, submission
from loans.lifecycle.reviewing import papers, review
from loans.paper_kinds import PAPER_KINDS
from loans.paper_proofs import PROVES
from loans.purposes import PURPOSES
from tests.cases import pdf, picture
from tests.words import words

pytestmark = pytest.mark.django_db


def paper_of(case, kind="identity"):
    return case.documents.get(kind=kind)


def read(client, user, case, query="", kind="identity"):
    client.force_login(user)
    return client.get(reverse("case_paper_view", args=[case.reference, paper_of(case, kind).pk]) + query)


@pytest.fixture
def thick(draft, amina, omar):
    """A case whose first paper has a photo and a PDF of three sheets."""
    filling.add_paper(draft, "identity", pdf(3), name="visa.pdf", by=amina)
    return review.take(submission.submit(draft, by=amina), by=omar)


# --- What stands beside it ---------------------------------------------------------------------------


def test_the_answers_that_a_paper_should_prove_stand_beside_it(client, omar, in_review):
    page = words(read(client, omar, in_review))
    for said in ("Amina El-Sayed", "12 Laurier Avenue", "Permanent resident"):
        assert said in page
    assert "International Pharmacy Graduate Program" not in page
    enrolment = words(read(client, omar, in_review, kind="enrolment"))
    assert "International Pharmacy Graduate Program" in enrolment
    assert "Permanent resident" not in enrolment


def test_every_kind_of_paper_names_questions_that_are_asked():
    asked = {}
    for purpose in PURPOSES.values():
        for section in purpose.sections:
            asked.setdefault(section.slug, set()).update(field.name for field in section.fields)
    assert PROVES.keys() == PAPER_KINDS.keys() - {"signed_summary"}  # for which the whole form stands
    for pages in PROVES.values():
        for slug, names in pages.items():
            assert set(names) <= asked[slug]


def test_beside_the_signed_page_stands_everything_that_was_signed_for(client, omar, olga, on_paper, checked):
    case = signed_pages.confirm(on_paper, by=olga, page=checked.pk, matches=True)
    page = words(read(client, omar, case, kind="signed_summary"))
    for said in ("Rosa Delgado", "International Pharmacy Graduate Program", "Permanent resident"):
        assert said in page


def test_nothing_voluntary_stands_beside_a_paper():
    slugs = {slug for pages in PROVES.values() for slug in pages}
    assert not slugs & {"voluntary", "in-my-way"}


def test_the_file_leads_to_it_and_it_leads_back(client, omar, in_review):
    paper = paper_of(in_review)
    client.force_login(omar)
    here = reverse("case_paper_view", args=[in_review.reference, paper.pk])
    case = reverse("case", args=[in_review.reference])
    assert f'href="{here}"' in words(client.get(case))
    assert f'href="{case}#paper-{paper.pk}"' in words(client.get(here))


# --- Zoom, turn, pages -------------------------------------------------------------------------------


def test_zoom_and_turn_are_links_that_keep_each_other(client, omar, in_review):
    page = words(read(client, omar, in_review, "?zoom=200&turn=270"))
    assert 'class="zoom-200"' in page
    assert "/sheets/1/?turn=270" in page
    assert "?leaf=1&zoom=fit&turn=270" in page
    assert "?leaf=1&zoom=200&turn=0" in page  # on to the right, once around
    assert "?leaf=1&zoom=200&turn=180" in page
    assert "style=" not in page.split("<main")[1]


@pytest.mark.parametrize(
    "query", ["?zoom=5000&turn=45&leaf=0", "?zoom=&turn=-90&leaf=x", "?leaf=٢", "?leaf=99999999999"]
)
def test_an_address_typed_wrong_shows_the_first_page_whole(client, omar, in_review, query):
    response = read(client, omar, in_review, query)
    assert response.status_code == 200
    assert response.context["number"] == 1
    assert 'class="zoom-fit"' in words(response)


def test_one_goes_through_photos_and_sheets_and_on_to_the_next_paper(client, omar, thick):
    first = read(client, omar, thick)
    assert "Page 1 of 4" in words(first)
    assert "page_before" not in first.context["way"]
    third = read(client, omar, thick, "?leaf=3&turn=90")
    assert (third.context["leaf"]["page"].number, third.context["leaf"]["sheet"]) == (2, 2)
    assert "?leaf=2&zoom=fit&turn=90" in words(third)
    last = read(client, omar, thick, "?leaf=900")
    assert last.context["number"] == 4
    assert "page_after" not in last.context["way"]
    following = thick.documents.order_by("pk")[1]
    assert reverse("case_paper_view", args=[thick.reference, following.pk]) in words(last)


def picture_at(client, case, *args, query=""):
    return client.get(reverse("case_sheet", args=[case.reference, paper_of(case).pk, *args]) + query)


def test_a_photo_is_turned_for_the_eye_only(client, omar, in_review):
    client.force_login(omar)
    kept = paper_of(in_review).pages.get().file
    straight = picture_at(client, in_review, 1, 1)
    assert straight.content == kept.read()
    with Image.open(io.BytesIO(straight.content)) as before:
        size = before.size
    with Image.open(io.BytesIO(picture_at(client, in_review, 1, 1, query="?turn=90").content)) as after:
        assert after.size == size[::-1]
    assert paper_of(in_review).pages.get().file.read() == straight.content
    assert "no-store" in straight["Cache-Control"]
    assert "sandbox" in straight["Content-Security-Policy"]


def test_a_sheet_of_a_pdf_is_drawn_in_full(client, omar, thick):
    client.force_login(omar)
    drawn = picture_at(client, thick, 2, 3)
    assert drawn["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(drawn.content)) as sheet:
        assert max(sheet.size) == 2000


def test_what_is_not_there_is_not_found(client, omar, thick):
    client.force_login(omar)
    for args in ((1, 2), (2, 4), (2, 0), (3, 1)):
        assert picture_at(client, thick, *args).status_code == 404


def test_a_paper_of_another_case_is_not_reached(client, omar, in_review, amina, product):
    elsewhere = filling.start(amina, product)
    filling.add_paper(elsewhere, "identity", picture(), name="passport.jpg", by=amina)
    client.force_login(omar)
    other = elsewhere.documents.get()
    assert client.get(reverse("case_paper_view", args=[in_review.reference, other.pk])).status_code == 404
    assert client.get(reverse("case_sheet", args=[in_review.reference, other.pk, 1, 1])).status_code == 404


@pytest.mark.parametrize("who", ["ada", "felix", "amina", "carl"])
def test_it_stays_shut_for_others(client, request, who, in_review):
    client.force_login(request.getfixturevalue(who))
    paper = paper_of(in_review)
    for address in ("case_paper_view", "case_sheet"):
        args = [in_review.reference, paper.pk, *((1, 1) if address == "case_sheet" else ())]
        assert client.get(reverse(address, args=args)).status_code == 404


def test_an_erased_paper_says_so_and_shows_nothing(client, omar, in_review):
    paper = paper_of(in_review)
    for page in paper.pages.all():
        page.discard()
    type(paper).objects.filter(pk=paper.pk).update(erased_on=clock.today())
    page = words(read(client, omar, in_review))
    assert "as the rules say." in page
    assert "<img class=" not in page


# --- Judged where it is read -------------------------------------------------------------------------


def action(client, user, case, deed, query="?leaf=1&zoom=200&turn=90"):
    found = {each["key"].split("-")[0]: each for each in read(client, user, case, query).context["deeds"]}
    return found[deed]["action"]


def test_a_paper_is_accepted_here_and_one_stays_here(client, omar, in_review):
    to = action(client, omar, in_review, "accept")
    answer = client.post(to, {"once_key": "a"})
    here = reverse("case_paper_view", args=[in_review.reference, paper_of(in_review).pk])
    assert (answer.status_code, answer.url) == (302, here + "?leaf=1&zoom=200&turn=90")
    assert paper_of(in_review).state == "accepted"


def test_a_refusal_without_a_reason_is_told_here_as_it_was_looked_at(client, omar, in_review):
    to = action(client, omar, in_review, "refuse")
    answer = client.post(to, {"once_key": "a", "note": " "})
    assert answer.status_code == 422
    assert 'class="zoom-200"' in words(answer)
    assert f'href="#id-refuse-{paper_of(in_review).pk}-note"' in words(answer)
    assert client.post(to, {"once_key": "a", "note": "It is blurred."}).status_code == 302
    assert paper_of(in_review).state == "refused"


def test_words_for_a_paper_that_was_refused_meanwhile_are_not_lost(client, omar, in_review):
    to = action(client, omar, in_review, "refuse")
    papers.refuse(paper_of(in_review), by=omar, note="Blurred.")
    answer = client.post(to, {"once_key": "a", "note": "The second side is missing."})
    assert answer.status_code == 422
    assert "The second side is missing." in words(answer)
    assert "Blurred" not in words(answer)


def test_a_manager_sees_it_and_judges_nothing(client, mariam, in_review):
    assert read(client, mariam, in_review).context["deeds"] == []


def test_it_asks_little(client, omar, thick, django_assert_max_num_queries):
    client.force_login(omar)
    here = reverse("case_paper_view", args=[thick.reference, paper_of(thick).pk])
    client.get(here)
    with django_assert_max_num_queries(12):
        client.get(here)
