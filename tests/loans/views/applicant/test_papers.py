"""Papers through the pages: taken by their content, shown to those they are for, never run."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from loans.models.form import Form
from loans.paper_kinds import PAPER_KINDS
from tests.cases import large_photo, pdf, picture
from tests.clamd import EICAR
from tests.loans.views.applicant.papers_sent import send
from tests.words import words
from vault.cleaning import MOST_BYTES, MOST_PHOTO_BYTES
from vault.cleaning.pictures import LONGEST_SIDE
from vault.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b"MZ a program", "This is not a photo (JPEG, PNG, HEIC) or PDF file."),
        (b"<html><script>alert(1)</script></html>", "This is not a photo (JPEG, PNG, HEIC) or PDF file."),
        (b"%PDF-1.7 cut off", "This PDF is damaged or not complete."),
        (picture("JPEG")[:150], "This picture is damaged"),
        pytest.param(b"%PDF-1.7" + b"\x00" * MOST_BYTES, "A photo may have 25 MB, another file 10 MB.", id="large PDF"),
        pytest.param(b"\xff\xd8" + b"\x00" * MOST_PHOTO_BYTES, "This file is too large.", id="large photo"),
    ],
)
def test_a_file_that_will_not_do_is_told_beside_its_box(client, mine, data, sentence):
    response = send(client, mine, data)
    assert response.status_code == 422
    assert sentence in words(response)
    assert [link for link, _ in response.context["errors"]] == ["#id-file-identity"]
    assert not mine.documents.exists()


def test_no_file_at_all_is_told(client, mine):
    response = client.post(reverse("papers", args=[mine.reference]), {"kind": "identity"})
    assert response.status_code == 422
    assert "Please choose a file." in words(response)


def test_a_paper_of_an_unknown_kind_is_not_taken(client, mine):
    assert send(client, mine, picture(), kind="../../etc").status_code == 422
    assert not mine.documents.exists()


def test_a_name_like_a_path_is_only_a_name(client, mine):
    assert send(client, mine, picture(), name="../../../etc/passwd<b>.jpg").status_code == 302
    page = client.get(reverse("papers", args=[mine.reference])).content.decode()
    assert "passwd&lt;b&gt;.jpg" in page
    assert "<b>" not in page


def test_a_paper_is_shown_as_what_it_is_and_never_kept(client, mine):
    send(client, mine, picture("PNG"), name="photo.html", content_type="text/html")
    paper = mine.documents.get()
    response = client.get(reverse("my_paper", args=[mine.reference, paper.pk]))
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_the_officer_accepts_and_refuses_papers_on_the_case_page(client, omar, in_review):
    client.force_login(omar)
    identity, income = (in_review.documents.get(kind=kind) for kind in ("identity", "income"))
    accept = reverse("paper_acceptance", args=[in_review.reference, identity.pk])
    refuse = reverse("paper_refusal", args=[in_review.reference, income.pk])
    page = words(client.get(reverse("case", args=[in_review.reference])))
    assert accept in page
    assert refuse in page
    assert client.post(accept, {"once_key": "a"}).status_code == 302
    response = client.post(refuse, {"once_key": "b", "note": " "})
    assert response.status_code == 422
    assert f"#id-refuse-{income.pk}-note" in [link for link, _ in response.context["errors"]]
    assert client.post(refuse, {"once_key": "b", "note": "Last year's."}).status_code == 302
    assert in_review.documents.get(kind="identity").state == "accepted"
    assert in_review.documents.get(kind="income").state == "refused"


def test_a_manager_sees_papers_but_no_way_to_judge_them(client, mariam, in_review):
    client.force_login(mariam)
    assert "/acceptance/" not in words(client.get(reverse("case", args=[in_review.reference])))


def test_a_paper_of_another_case_is_not_reached_through_ones_own(client, omar, in_review, mine, amina):
    client.force_login(amina)
    send(client, mine, picture())
    client.force_login(omar)
    for name in ("case_paper", "paper_acceptance", "paper_refusal"):
        url = reverse(name, args=[in_review.reference, mine.documents.get().pk])
        assert client.post(url).status_code in (404, 405)
        assert client.get(url).status_code == 404


def test_a_photo_of_40_mb_is_refused_in_words_and_nothing_is_lost_or_kept(client, mine, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    send(client, mine, picture(), name="first.jpg")
    photo = picture() + b"\x00" * (40 * 1024 * 1024)
    response = send(client, mine, photo, name="huge.jpg", kind="income")
    assert response.status_code == 422
    assert "This file is too large." in words(response)
    assert "first.jpg" in words(response)
    assert [paper.name for paper in mine.documents.all()] == ["first.jpg"]
    assert StoredFile.objects.count() == 2  # the page, and the page in small
    assert list(tmp_path.iterdir()) == []


def test_a_photo_of_more_than_10_mb_is_made_smaller_without_javascript_too(client, mine):
    large = large_photo()
    assert MOST_BYTES < len(large) <= MOST_PHOTO_BYTES
    assert send(client, mine, large).status_code == 302
    kept = mine.documents.get().pages.get().file
    with Image.open(io.BytesIO(kept.read())) as photo:
        assert max(photo.size) == LONGEST_SIDE
    assert kept.size < len(large) / 3


def test_a_page_that_calls_itself_a_pdf_is_not_taken(client, mine):
    data = b"<!doctype html><html><body>Bonjour<script>alert(1)</script></body></html>"
    response = send(client, mine, data, name="letter.pdf", content_type="application/pdf")
    assert response.status_code == 422
    assert "This is not a photo (JPEG, PNG, HEIC) or PDF file." in words(response)
    assert not mine.documents.exists()


def test_an_infected_paper_is_told_and_not_kept(client, mine, clamd):
    response = send(client, mine, pdf() + EICAR + b"\n%%EOF\n", name="letter.pdf")
    assert response.status_code == 422
    assert "A virus was found in this file" in words(response)
    assert not StoredFile.objects.exists()


def test_while_the_scanner_is_silent_one_is_asked_to_come_back(client, mine, settings):
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    response = send(client, mine, picture())
    assert response.status_code == 422
    assert "Please try again in an hour." in words(response)
    assert not StoredFile.objects.exists()


# --- What each paper says of itself --------------------------------------------------------------


def test_each_paper_says_why_we_ask_what_else_will_do_and_how_long_it_is_kept(client, mine):
    page = words(client.get(reverse("papers", args=[mine.reference])))
    for kind in Form(mine).paper_kinds():
        about = PAPER_KINDS[kind]
        assert str(about.why) in page
        assert str(about.instead) in page
        assert f"We keep it for {about.kept_years} years" in page


def test_newcomers_read_that_no_notice_of_assessment_and_no_credit_file_is_needed():
    assert "no notice of assessment yet" in str(PAPER_KINDS["income"].instead)
    assert "no credit file" in str(PAPER_KINDS["income"].instead)


def test_a_photo_may_be_taken_right_there(client, mine):
    page = words(client.get(reverse("papers", args=[mine.reference])))
    assert 'accept="image/*" capture="environment"' in page


def test_the_place_where_a_photo_was_taken_is_not_kept(client, mine):
    said = Image.Exif()
    said.get_ifd(0x8825).update({1: "N", 2: (45.0, 25.0, 29.0)})
    out = io.BytesIO()
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=said)
    send(client, mine, out.getvalue())
    with Image.open(io.BytesIO(mine.documents.get().pages.get().file.read())) as kept:
        assert not kept.getexif()
