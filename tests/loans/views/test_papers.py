"""Papers through the pages: taken by their content, shown to those they are for, never run."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from loans.lifecycle import filling
from tests.cases import picture
from tests.clamd import EICAR
from vault.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client, amina, product):
    client.force_login(amina)
    return filling.start(amina, product)


def send(client, case, data, name="passport.jpg", kind="identity", content_type="image/jpeg"):
    file = SimpleUploadedFile(name, data, content_type=content_type)
    return client.post(reverse("papers", args=[case.reference]), {"kind": kind, "file": file})


def words(response):
    return html.unescape(response.content.decode())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b"MZ a program", "This is not a PDF, JPEG or PNG file."),
        (b"<html><script>alert(1)</script></html>", "This is not a PDF, JPEG or PNG file."),
        (b"%PDF-1.7 cut off", "This PDF is not complete."),
        (picture("JPEG")[:150], "This picture is damaged"),
        (b"\xff\xd8" + b"\x00" * (10 * 1024 * 1024), "This file is larger than 10 MB."),
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
    assert "This file is larger than 10 MB." in words(response)
    assert "first.jpg" in words(response)
    assert [paper.file.name for paper in mine.documents.all()] == ["first.jpg"]
    assert StoredFile.objects.count() == 1
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_calls_itself_a_pdf_is_not_taken(client, mine):
    data = b"<!doctype html><html><body>Bonjour<script>alert(1)</script></body></html>"
    response = send(client, mine, data, name="letter.pdf", content_type="application/pdf")
    assert response.status_code == 422
    assert "This is not a PDF, JPEG or PNG file." in words(response)
    assert not mine.documents.exists()


def test_an_infected_paper_is_told_and_not_kept(client, mine, clamd):
    response = send(client, mine, b"%PDF-1.4\n" + EICAR + b"\n%%EOF\n", name="letter.pdf")
    assert response.status_code == 422
    assert "A virus was found in this file" in words(response)
    assert not StoredFile.objects.exists()


def test_while_the_scanner_is_silent_one_is_asked_to_come_back(client, mine, settings):
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    response = send(client, mine, picture())
    assert response.status_code == 422
    assert "Please try again in an hour." in words(response)
    assert not StoredFile.objects.exists()
