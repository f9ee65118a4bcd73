"""The office's page of signing on paper: to print, to keep, to look at a second time."""

import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from config import clock
from letters.codes import grouped
from loans.lifecycle.contracts import paper_signing
from loans.lifecycle.writing.messages import Attached
from loans.models import PaperSignature
from tests.cases import TICKS, again, explain, has_account, pdf, prepare, sign

pytestmark = pytest.mark.django_db


def page(client, user, loan, name="paper_signing", *args):
    client.force_login(user)
    return client.get(reverse(name, args=[loan.number, *args]))


def send(client, user, loan, to, /, *args, **data):
    client.force_login(user)
    return client.post(reverse(to, args=[loan.number, *args]), data)


def said(party, **other):
    today = clock.today()
    return {
        "party": party.pk,
        "name": "Amina El-Sayed",
        "signed_on": f"{today.day}/{today.month}/{today.year}",
        "agreed": "yes",
        "debit_agreed": "yes",
        "explained_by": "staff",
        "file": SimpleUploadedFile("signed.pdf", pdf(), "application/pdf"),
        **other,
    }


@pytest.fixture
def party(loan):
    return loan.application.parties.get()


@pytest.fixture
def printed(client, loan, omar):
    has_account(loan.application)
    send(client, omar, loan, "paper_signing_print", language="en")
    return loan


@pytest.fixture
def waiting(printed, party, omar):
    return paper_signing.record(
        again(printed),
        by=omar,
        party=party.pk,
        scan=Attached("signed.pdf", pdf()),
        name="Amina El-Sayed",
        signed_on=clock.today(),
        agreed=True,
        debit_agreed=True,
        explained_by="interpreter",
        interpreter="Yodit Bekele",
        interpreted_in="Amharic",
        made_statement=True,
    )


def test_the_loans_page_leads_to_it(client, loan, omar, felix):
    there = reverse("paper_signing", args=[loan.number])
    assert there in page(client, omar, loan, "loan").content.decode()
    assert there not in page(client, felix, loan, "loan").content.decode()


def test_before_anything_is_printed_nothing_can_be_kept(client, loan, omar):
    words = page(client, omar, loan).content.decode()
    assert "Make the papers in English" in words
    assert "Keep it for a second look" not in words
    assert not loan.agreements.exists()


def test_the_agreement_is_made_in_the_language_of_who_signs(client, loan, omar, amina):
    User.objects.filter(pk=amina.pk).update(language="fr")
    assert "Make the papers in French" in page(client, omar, loan).content.decode()
    assert send(client, omar, loan, "paper_signing_print", language="fr").status_code == 302
    assert [made.language for made in loan.agreements.all()] == ["fr"]


def test_the_sheet_to_sign_bears_the_code_of_the_agreement_and_the_statement(client, printed, party, omar, tmp_path):
    response = page(client, omar, printed, "paper_signing_sheet", party.pk)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(response.content)
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(told.split())
    assert grouped(printed.agreements.get().code) in words
    assert "I have no share in this loan" in words
    assert "Amina El-Sayed" in words


def test_a_paper_goes_its_way_from_one_officer_to_the_other(client, printed, party, omar, olga):
    response = send(client, omar, printed, "paper_signing_record", **said(party))
    assert (response.status_code, response.url) == (302, reverse("paper_signing", args=[printed.number]))
    paper = PaperSignature.objects.get()
    mine = page(client, omar, printed).content.decode()
    assert "You recorded this. Somebody else of the office looks at it." in mine
    assert reverse("paper_signing_confirmation", args=[printed.number, paper.pk]) not in mine
    theirs = page(client, olga, printed).content.decode()
    assert "Confirm the signature" in theirs
    assert page(client, olga, printed, "paper_signing_scan", paper.pk)["Content-Type"] == "application/pdf"
    assert send(client, olga, printed, "paper_signing_confirmation", paper.pk, is_same="yes").status_code == 302
    assert again(printed).state == "signed"
    assert "signed on paper, confirmed on" in page(client, olga, printed, "loan").content.decode()
    assert "confirmed by Olga Petrenko" in page(client, olga, printed).content.decode()


def test_what_was_recorded_stands_beside_the_scan(client, waiting, printed, olga):
    words = page(client, olga, printed).content.decode()
    for told in ("Amina El-Sayed", "Yodit Bekele", "Amharic", "I have no share in this loan", "Omar Diallo"):
        assert told in words


def test_whoever_recorded_it_is_told_that_somebody_else_must_look(client, waiting, printed, omar):
    response = send(client, omar, printed, "paper_signing_confirmation", waiting.pk, is_same="yes")
    assert response.status_code == 422
    assert "You recorded this paper. Somebody else must look at it." in response.content.decode()


def test_without_its_tick_or_its_file_nothing_is_taken_and_nothing_typed_is_lost(client, printed, party, omar):
    data = said(party, agreed="", name="Amina Elsayed")
    del data["file"]
    response = send(client, omar, printed, "paper_signing_record", **data)
    assert response.status_code == 422
    words = response.content.decode()
    assert "Amina Elsayed" in words
    assert "Please choose a file." in words
    assert words.count("id-record-file") > words.count('href="#id-record-file"') == 1
    assert not PaperSignature.objects.exists()


def test_a_paper_turned_down_is_told_with_its_reason(client, waiting, printed, olga):
    send(client, olga, printed, "paper_signing_refusal", waiting.pk, note="The second page is missing.")
    words = page(client, olga, printed).content.decode()
    assert "The second page is missing." in words
    assert "Keep it for a second look" in words


def test_it_does_not_exist_for_who_takes_no_papers(client, waiting, printed, felix, ada, amina):
    for somebody in (felix, ada, amina):
        assert page(client, somebody, printed).status_code == 404
        assert page(client, somebody, printed, "paper_signing_scan", waiting.pk).status_code == 404


def test_once_all_have_signed_nothing_is_kept_any_more(client, printed, party, omar, amina):
    sign(again(printed), amina)
    response = send(client, omar, printed, "paper_signing_record", **said(party))
    assert not PaperSignature.objects.exists()
    assert response.status_code == 302
    assert "Nothing is signed on this loan now." in page(client, omar, printed).content.decode()


def test_who_helped_is_asked_on_the_page_of_the_offer(client, loan, amina):
    prepare(loan)
    explain(loan, amina)
    client.force_login(amina)
    there = reverse("offer", args=[loan.application.reference])
    assert "Somebody helped me to read or to understand it" in client.get(there).content.decode()
    told = client.post(
        reverse("signature", args=[loan.application.reference]),
        {**TICKS, "typed_name": "Amina", "code": "123456", "helper": "Yodit"},
    )
    assert told.status_code == 422
    assert "Please write both: who helped you, and in which language." in told.content.decode()
