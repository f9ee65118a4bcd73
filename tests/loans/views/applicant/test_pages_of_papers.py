"""Several pages make one paper: in their order, changed by who sent them, one file for the officer."""

import io
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from loans.lifecycle.applying import filling, submission
from loans.lifecycle.reviewing import papers, review
from tests.cases import again, pdf, picture
from tests.loans.views.applicant.papers_sent import names_of, send, several
from tests.words import words
from vault.cleaning import clean
from vault.models import StoredFile

pytestmark = pytest.mark.django_db


def test_several_photos_make_one_paper_in_their_order(client, mine):
    several(client, mine, "front.jpg", "back.png")
    several(client, mine, "stamp.jpg")
    assert names_of(mine) == ["front.jpg", "back.png", "stamp.jpg"]


def test_a_photo_from_the_camera_is_taken_too(client, mine):
    photo = SimpleUploadedFile("image.jpg", picture())
    client.post(reverse("papers", args=[mine.reference]), {"kind": "identity", "photo": photo, "file": ""})
    assert names_of(mine) == ["image.jpg"]


def test_after_sending_one_is_led_back_to_that_paper_and_not_to_the_top(client, mine):
    response = send(client, mine, picture(), kind="income")
    page = words(client.get(response.url))
    _before, card = page.split('id="paper-income"')
    told = card.split("</section>")[0]
    assert page.count("Saved. Thank you.") == 1
    assert re.search(r"<p [^>]*data-focus[^>]*>Saved. Thank you.</p>", told)
    several(client, mine, "front.jpg", "back.jpg")
    identity = mine.documents.get(kind="identity")
    for deed in ("page_move", "page_removal"):
        done = client.post(reverse(deed, args=[mine.reference, identity.pk, 2]))
        assert done.url == reverse("papers", args=[mine.reference]) + "#paper-identity"


def test_of_several_files_the_one_that_will_not_do_is_named_and_those_before_it_stay(client, mine):
    sent = [SimpleUploadedFile("front.jpg", picture()), SimpleUploadedFile("back.jpg", b"MZ")]
    response = client.post(reverse("papers", args=[mine.reference]), {"kind": "identity", "file": sent})
    assert response.status_code == 422
    assert "back.jpg: This is not a photo" in words(response)
    assert names_of(mine) == ["front.jpg"]


def test_pages_change_places_and_are_taken_out_until_the_paper_is_empty(client, mine):
    several(client, mine, "one.jpg", "two.jpg", "three.jpg")
    paper = mine.documents.get()
    for number, order in ((3, ["one.jpg", "three.jpg", "two.jpg"]), (1, ["one.jpg", "three.jpg", "two.jpg"])):
        client.post(reverse("page_move", args=[mine.reference, paper.pk, number]))
        assert names_of(mine) == order
    client.post(reverse("page_removal", args=[mine.reference, paper.pk, 2]))
    assert names_of(mine) == ["one.jpg", "two.jpg"]
    for page in paper.pages.all():
        client.post(reverse("page_removal", args=[mine.reference, paper.pk, page.number]))
    assert not mine.documents.exists()
    assert not StoredFile.objects.exists()


def test_what_was_sent_with_the_form_is_not_changed_any_more(client, submitted, amina):
    client.force_login(amina)
    paper = submitted.documents.first()
    for name in ("page_move", "page_removal"):
        client.post(reverse(name, args=[submitted.reference, paper.pk, 1]))
    assert paper.pages.count() == 1


def test_the_officer_sees_several_pages_as_one_paper(client, draft, amina, omar):
    filling.add_paper(draft, "identity", picture("PNG"), name="back.png", by=amina)
    filling.add_paper(draft, "identity", pdf(3), name="visa.pdf", by=amina)
    case = review.take(submission.submit(draft, by=amina), by=omar)
    paper = case.documents.get(kind="identity")
    client.force_login(omar)
    page = words(client.get(reverse("case", args=[case.reference])))
    assert "All 3 files as one PDF" in page
    assert "PDF, 3 pages" in page
    assert page.count("/thumbnail/") == 2 + case.documents.count()  # of three pages of the one, and of each other paper
    bound = client.get(reverse("case_paper", args=[case.reference, paper.pk]))
    with pikepdf.open(io.BytesIO(bound.content)) as whole:
        assert len(whole.pages) == 5
    small = client.get(reverse("case_thumbnail", args=[case.reference, paper.pk, 1]))
    for response in (bound, small):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]
    assert small["Content-Type"] == "image/jpeg"
    assert "sandbox" in small["Content-Security-Policy"]
    assert client.get(reverse("case_thumbnail", args=[case.reference, paper.pk, 4])).status_code == 404


def test_a_pdf_is_seen_in_small_or_kept_without_a_picture(client, draft, amina, omar, monkeypatch):
    filling.add_paper(draft, "other", pdf(3), name="visa.pdf", by=amina)
    monkeypatch.setattr(papers, "clean_apart", lambda data, sheets: clean(data))  # which draws nothing
    filling.add_paper(draft, "other", pdf(1), name="odd.pdf", by=amina)
    case = review.take(submission.submit(draft, by=amina), by=omar)
    paper = case.documents.get(kind="other")
    for reader, address in ((omar, "case_thumbnail"), (amina, "my_thumbnail")):
        client.force_login(reader)
        small = client.get(reverse(address, args=[case.reference, paper.pk, 1]))
        with Image.open(io.BytesIO(small.content)) as picture:
            assert picture.size[0] > 2 * picture.size[1]  # three upright sheets side by side
        assert client.get(reverse(address, args=[case.reference, paper.pk, 2])).status_code == 404
    client.force_login(omar)
    page = client.get(reverse("case", args=[case.reference])).content.decode()
    assert '<span class="leaf">PDF, 1 page</span>' in page


def test_another_paper_after_the_officer_asked_again_is_a_paper_of_its_own(client, in_review, amina, omar):
    review.ask_for_more(again(in_review), by=omar, asked=[("papers", "Page 2?")])
    client.force_login(amina)
    several(client, in_review, "new.jpg", "newer.jpg")
    first, second = in_review.documents.filter(kind="identity")
    assert first.name == "identity.jpg"
    assert [page.file.name for page in second.pages.all()] == ["new.jpg", "newer.jpg"]


def test_sixty_photos_are_enough(client, mine, monkeypatch):
    monkeypatch.setattr(filling, "MOST_PAGES", 2)
    assert "There are sixty photos" in words(several(client, mine, "1.jpg", "2.jpg", "3.jpg"))
    assert names_of(mine) == ["1.jpg", "2.jpg"]


def test_the_page_of_papers_asks_the_database_little(client, mine, django_assert_max_num_queries):
    for kind in ("identity", "income"):
        several(client, mine, "1.jpg", "2.jpg", "3.png", kind=kind)
    url = reverse("papers", args=[mine.reference])
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)
