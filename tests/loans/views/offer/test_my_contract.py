"""The papers of a contract on the pages: listed with their size, opened, or kindly said to be in the making."""

import pytest
from django.urls import reverse

from loans.lifecycle.contracts import paper_making
from loans.models import Agreement, LoanPaper
from tests.cases import again, prepare_papers
from tests.words import words

pytestmark = pytest.mark.django_db
KINDS = ("disclosure", "debit_agreement", "privacy")


def at(name, loan, *args):
    return reverse(name, args=[loan.case.reference, *args])


@pytest.fixture
def asleep(monkeypatch):
    """The worker hears the bell and has not come yet; what was rung for is kept."""
    heard = []
    monkeypatch.setattr(paper_making.make_papers, "delay", lambda *said: heard.append(said))
    return heard


def test_every_paper_is_listed_with_its_size_and_opens(client, amina, loan):
    client.force_login(amina)
    page = words(client.get(at("offer", loan)))
    for name in ("Loan agreement", "Cost of borrowing statement", "Pre-authorised debit agreement", "Privacy summary"):
        assert f"{name} (PDF, " in page
    for kind in KINDS:
        assert at("offer_paper", loan, kind) in page
        opened = client.get(at("offer_paper", loan, kind))
        assert opened.content == loan.papers.get(kind=kind).file.read()
        assert opened["Content-Type"] == "application/pdf"


def test_the_list_is_there_in_the_language_of_the_page(client, amina, loan):
    client.force_login(amina)
    client.cookies["language"] = "fr"
    page = words(client.get(at("offer", loan)))
    assert "Déclaration du coût d’emprunt (PDF, " in page
    assert set(LoanPaper.objects.values_list("language", flat=True)) == {"fr"}


def test_while_the_worker_is_busy_the_page_says_so_and_makes_nothing(client, amina, loan, asleep):
    client.force_login(amina)
    page = words(client.get(at("offer", loan)))
    assert "We are preparing your papers." in page
    assert "Look again" in page
    for address in (at("agreement", loan), at("offer_paper", loan, "disclosure")):
        waiting = client.get(address)
        assert waiting.status_code == 200
        assert "We are preparing your papers" in words(waiting)
        assert f'href="{address}"' in words(waiting)
    assert "We are preparing your papers" in words(client.post(at("signing_code", loan)))
    assert set(asleep) == {(loan.pk, "en")}
    assert [model.objects.count() for model in (Agreement, LoanPaper)] == [0, 0]


def test_what_is_there_opens_while_the_rest_is_made(client, amina, loan, asleep):
    prepare_papers(loan, amina)
    loan.papers.get(kind="privacy").delete()
    client.force_login(amina)
    assert client.get(at("agreement", loan)).content.startswith(b"%PDF-")
    assert client.get(at("offer_paper", loan, "disclosure")).content.startswith(b"%PDF-")
    assert "We are preparing your papers" in words(client.get(at("offer_paper", loan, "privacy")))


def test_a_signature_without_the_papers_is_told_in_words(client, amina, loan, asleep):
    client.force_login(amina)
    typed = {"once_key": "k", "agreed": "yes", "typed_name": "Amina", "code": "123456"}
    response = client.post(at("signature", loan), typed)
    assert response.status_code == 422
    assert again(loan).state == "offered"


def test_a_guarantor_has_no_debit_agreement_and_nobody_opens_another_kind(client, clara, bilal, loan):
    loan.application.parties.create(kind="guarantor", user=clara, name=clara.name)
    client.force_login(clara)
    assert "Pre-authorised debit agreement" not in words(client.get(at("offer", loan)))
    assert client.get(at("offer_paper", loan, "disclosure")).status_code == 200
    for kind in ("debit_agreement", "changed_debit", "nothing"):
        assert client.get(at("offer_paper", loan, kind)).status_code == 404
    client.force_login(bilal)
    assert client.get(at("offer_paper", loan, "disclosure")).status_code == 404


def test_who_signed_reads_the_papers_they_signed_whatever_the_page_speaks(client, amina, signed):
    client.force_login(amina)
    client.cookies["language"] = "fr"
    opened = client.get(at("offer_paper", signed, "disclosure"))
    assert opened.content == signed.papers.get(kind="disclosure", language="en").file.read()
    assert set(LoanPaper.objects.values_list("language", flat=True)) == {"en"}


def test_the_office_opens_them_beside_the_agreement(client, omar, ada, signed):
    client.force_login(omar)
    page = words(client.get(reverse("loan", args=[signed.number])))
    for paper in signed.papers.all():
        address = reverse("loan_paper", args=[signed.number, paper.pk])
        assert address in page
        assert client.get(address).content == paper.file.read()
    client.force_login(ada)
    assert client.get(reverse("loan_paper", args=[signed.number, signed.papers.first().pk])).status_code == 404
