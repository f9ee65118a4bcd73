"""The pages on which staff type for somebody, and a second person compares the signed page."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from loans.lifecycle.applying import assistance, filling, signed_pages
from loans.models import Application
from loans.models.form import Form
from loans.sections import ABOUT_ME
from tests.assisted import code_sent
from tests.cases import again, picture
from tests.loans.views.office.assisted_pages import at, opens, sends
from tests.people import signs_in
from tests.words import words

pytestmark = pytest.mark.django_db
BEGUN = {
    "name": "Rosa Delgado",
    "way": "paper",
    "product": "credential",
    "language": "fr",
    "email": "",
    "phone": "613-555-0188",
    "agreed": "yes",
    "once_key": "begin",
}


# --- Beginning -------------------------------------------------------------------------------------


def test_the_words_are_there_to_be_read_and_the_form_opens(client, office, omar):
    signs_in(client, omar)
    assert "Nothing is sent before I say that it is right" in words(client.get(reverse("assisted_new")))
    response = client.post(reverse("assisted_new"), BEGUN)
    case = Application.objects.get()
    assert (response.status_code, response.url) == (302, at("task_list", case))
    assert case.assistances.get().phone == "+16135550188"


def test_a_second_click_begins_one_form(client, office, omar):
    signs_in(client, omar)
    first, second = (client.post(reverse("assisted_new"), BEGUN) for _ in range(2))
    assert (first.url, Application.objects.count()) == (second.url, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phone": "555-0123"}, "with its area code"),
        ({"agreed": ""}, "We can only go on if you agree"),
        ({"email": "omar@office.example"}, "somebody who works here"),
        ({"name": ""}, "Please answer this question"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, office, omar, wrong, said):
    signs_in(client, omar)
    response = client.post(reverse("assisted_new"), {**BEGUN, **wrong})
    assert response.status_code == 422
    assert said in words(response)
    assert 'value="fr" selected' in words(response)
    assert not Application.objects.exists()


# --- The form, as the one who helps has it ------------------------------------------------------------


def test_the_same_pages_say_for_whom_one_types_and_how(client, on_paper, omar):
    for name in ("task_list", "check_answers", "papers"):
        assert "You type for Rosa Delgado, from paper" in words(opens(client, omar, name, on_paper)), name
    page = client.get(reverse("section", args=[on_paper.reference, "budget"]))
    assert "You type for Rosa Delgado, from paper" in words(page)


def test_what_is_typed_is_saved_as_typed_by_who_typed_it(client, on_paper, omar):
    signs_in(client, omar)
    url = reverse("answers", args=[on_paper.reference, "about-me"])
    response = client.post(url, {"called": "Rosita", "seq-called": "5", "device": "desk-12345"})
    assert response.json() == {"called": "saved"}
    assert Form(on_paper).answer("about-me", "called").saved_by == omar


def test_a_paper_is_added_and_looked_at_by_who_helps_and_by_the_person(client, on_paper, omar):
    file = SimpleUploadedFile("card.jpg", picture(), content_type="image/jpeg")
    assert sends(client, omar, "papers", on_paper, kind="identity", file=file).status_code == 302
    paper = on_paper.documents.filter(kind="identity").last()
    assert paper.added_by == omar
    for who in (omar, on_paper.applicant.user):
        signs_in(client, who)
        assert client.get(reverse("my_paper", args=[on_paper.reference, paper.pk])).status_code == 200


def test_who_helps_finds_no_button_to_send_and_cannot_send(client, on_paper, omar):
    page = words(opens(client, omar, "check_answers", on_paper))
    assert "Only Rosa Delgado can send this form" in page
    assert "Send my application" not in page
    assert sends(client, omar, "check_answers", on_paper, once_key="k").status_code == 403
    assert again(on_paper).state == "draft"


def test_the_person_sees_who_typed_what_and_who_helps(client, helped, samira):
    filling.save(helped, ABOUT_ME, [{"called": "Mina"}], by=samira)
    amina = helped.applicant.user
    page = words(opens(client, amina, "check_answers", helped))
    assert page.count("Typed by Samira Noor on") == 1
    assert "Samira Noor helps you and sees this form" in page
    assert "nobody else can see it" not in words(opens(client, amina, "my_case", helped))


# --- Confirming --------------------------------------------------------------------------------------


def test_a_code_is_sent_told_and_typed(client, by_phone, omar):
    assert sends(client, omar, "assisted_code", by_phone, to="mail", once_key="a").status_code == 302
    told = {"code": code_sent(by_phone.applicant.user), "read_aloud": "yes", "once_key": "b"}
    for _ in range(2):
        response = sends(client, omar, "assisted_confirmation", by_phone, **told)
        assert (response.status_code, response.url) == (302, at("case", by_phone))
    assert again(by_phone).state == "submitted"
    assert by_phone.events.filter(verb="submit").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "000000", "read_aloud": "yes"}, "No code was sent for the answers as they stand"),
        ({"code": "000000", "read_aloud": ""}, "We can only go on if you agree"),
    ],
)
def test_a_code_that_proves_nothing_is_told_beside_its_box(client, by_phone, omar, typed, said):
    response = sends(client, omar, "assisted_confirmation", by_phone, **typed)
    assert response.status_code == 422
    assert said in words(response)


def test_a_form_with_gaps_offers_no_way_to_confirm(client, office, omar):
    case = assistance.begin(
        office.get(code="credential"), by=omar, name="Nour", way="desk", agreed=True, email="nour@example.org"
    )
    page = opens(client, omar, "assisted_case", case)
    assert {deed["key"] for deed in page.context["deeds"]} == {"pass-on", "end"}
    assert "Something is still missing" in words(page)


def test_the_answers_are_printed_in_the_language_of_the_person(client, on_paper, omar):
    assert sends(client, omar, "assisted_printing", on_paper, once_key="p").status_code == 302
    page = opens(client, omar, "assisted_summary", on_paper)
    assert page["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(page.content)) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert on_paper.reference in str(pdf.docinfo["/Title"])


def test_an_answer_typed_since_makes_the_printing_void(client, checked, on_paper, omar, olga):
    filling.save(again(on_paper), ABOUT_ME, [{"called": "Rosita"}], by=omar)
    assert opens(client, omar, "assisted_summary", on_paper).status_code == 404
    assert opens(client, olga, "signed_page", on_paper).status_code == 404


def test_a_signed_page_is_kept_and_waits_for_somebody_else(client, on_paper, omar, olga):
    page = signed_pages.print_summary(on_paper, by=omar)
    scan = SimpleUploadedFile("signed.jpg", picture(), content_type="image/jpeg")
    response = sends(client, omar, "assisted_scan", on_paper, scan=scan, is_same="yes", once_key="s")
    assert response.status_code == 302
    assert again(page).checked.by == omar
    signs_in(client, olga)
    assert "Rosa Delgado" in words(client.get(reverse("assisted")))
    for name in ("signed_page", "signed_page_printed", "signed_page_scan"):
        assert client.get(at(name, on_paper)).status_code == 200, name


def test_without_a_file_nothing_is_kept_and_the_box_says_so(client, on_paper, omar):
    signed_pages.print_summary(on_paper, by=omar)
    response = sends(client, omar, "assisted_scan", on_paper, is_same="yes")
    assert response.status_code == 422
    assert "Please choose a file" in words(response)


def test_the_second_person_sends_it_once_though_they_click_twice(client, checked, on_paper, olga):
    for _ in range(2):
        response = sends(client, olga, "signed_page_confirmation", on_paper, is_same="yes", once_key="c")
        assert (response.status_code, response.url) == (302, at("case", on_paper))
    assert again(on_paper).state == "submitted"


def test_the_second_person_turns_it_down_with_a_reason(client, checked, on_paper, olga):
    assert sends(client, olga, "signed_page_refusal", on_paper, note=" ").status_code == 422
    for _ in range(2):
        response = sends(client, olga, "signed_page_refusal", on_paper, note="No date.", once_key="t")
        assert (response.status_code, response.url) == (302, reverse("assisted"))
    assert again(checked).turned_down.by == olga


# --- Handing over, stopping ---------------------------------------------------------------------------


def test_a_colleague_goes_on(client, on_paper, omar, olga):
    for _ in range(2):
        response = sends(client, omar, "assisted_colleague", on_paper, to=str(olga.pk), once_key="o")
        assert (response.status_code, response.url) == (302, reverse("assisted"))
    assert opens(client, omar, "task_list", on_paper).status_code == 404
    assert opens(client, olga, "task_list", on_paper).status_code == 200


def test_who_stops_helping_sees_it_no_more(client, on_paper, omar):
    for _ in range(2):
        assert sends(client, omar, "assisted_end", on_paper, once_key="e").status_code == 302
    for name in ("assisted_case", "task_list", "check_answers", "papers"):
        assert opens(client, omar, name, on_paper).status_code == 404, name
