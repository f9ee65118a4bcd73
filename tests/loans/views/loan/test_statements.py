"""The papers about a loan: listed with their day, opened by those for whom they are, and what is drawn meanwhile."""

from decimal import Decimal

import pytest
from django.urls import reverse

from config import clock
from letters.wording import money
from loans.lifecycle.contracts.loan_papers import paper_for
from loans.lifecycle.lending import changes, repayment
from loans.models import LoanPaper
from loans.tasks import nightly
from tests.cases import again, lend
from tests.loans.lifecycle.lending.test_debits import before_the, coming, moving, prime_becomes

__all__ = ["moving"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]


@pytest.fixture
def lowered(active, mariam):
    changes.lower_rate(active, by=mariam, annual_rate=Decimal("0.03"), note="Hardship.")
    return again(active)


def my_loan(client, user, loan):
    client.force_login(user)
    return client.get(reverse("my_loan", args=[loan.case.reference])).content.decode()


def paper_in(loan, language, party=None):
    return paper_for(
        loan,
        LoanPaper.Kind.PRIVACY,
        language=language,
        occasion="test",
        template="loans/statement_base.html",
        title="Privacy summary",
        facts={},
        party=party,
    )


def test_the_borrower_finds_the_statement_on_the_page_of_the_loan(client, lowered, amina):
    paper = lowered.papers.get(kind="amended_disclosure")
    page = my_loan(client, amina, lowered)
    assert "Amended cost of borrowing statement (PDF)" in page
    address = reverse("my_loan_paper", args=[lowered.case.reference, paper.pk])
    assert address in page
    assert client.get(address).content == paper.file.read()


def test_each_reads_a_paper_in_the_language_that_binds_them(client, lowered, amina):
    english, french = paper_in(lowered, "en"), paper_in(lowered, "fr")
    page = my_loan(client, amina, lowered)
    assert f"/papers/{english.pk}.pdf" in page
    assert f"/papers/{french.pk}.pdf" not in page


def test_a_paper_for_one_is_not_there_for_another(client, lowered, amina, bilal):
    case = lowered.application
    other = case.parties.create(kind="co_borrower", user=bilal, name="Bilal")
    hers, his = paper_in(lowered, "en", case.parties.get(user=amina)), paper_in(lowered, "en", other)
    assert f"/papers/{his.pk}.pdf" not in my_loan(client, amina, lowered)
    assert client.get(reverse("my_loan_paper", args=[case.reference, his.pk])).status_code == 404
    assert f"/papers/{hers.pk}.pdf" not in my_loan(client, bilal, lowered)
    assert f"/papers/{his.pk}.pdf" in my_loan(client, bilal, lowered)
    assert client.get(reverse("my_loan_paper", args=[case.reference, hers.pk])).status_code == 404


def test_a_paper_of_another_loan_is_not_there(client, lowered, amina, bilal, product, omar, mariam, felix):
    other = lend(bilal, product, omar, mariam, felix)
    paper = paper_in(other, "en")
    client.force_login(amina)
    assert client.get(reverse("my_loan_paper", args=[lowered.case.reference, paper.pk])).status_code == 404
    client.force_login(felix)
    assert client.get(reverse("loan_paper", args=[lowered.number, paper.pk])).status_code == 404


def test_the_office_finds_them_too_and_the_auditor_reads_no_names(client, lowered, felix, ada):
    address = reverse("loan_paper", args=[lowered.number, lowered.papers.get(kind="amended_disclosure").pk])
    client.force_login(felix)
    assert address in client.get(reverse("loan", args=[lowered.number])).content.decode()
    assert client.get(address).content.startswith(b"%PDF-")
    client.force_login(ada)
    assert address not in client.get(reverse("loan", args=[lowered.number])).content.decode()
    assert client.get(address).status_code == 404


def test_the_page_says_the_amount_that_is_really_drawn(client, moving, amina, felix):
    with before_the(1, 5, moving):
        prime_becomes("0.09", clock.today())
        nightly()
        held, settling, *_ = coming(moving)
        page = my_loan(client, amina, moving)
        assert f"<strong>{money(held.cents)}</strong>" in page
        assert f"we draw {money(held.cents)}, as we told you before" in page
        assert f"with {money(settling.cents)}. This does not make you late." in page
        client.force_login(felix)
        assert (
            f"{money(held.cents)} is drawn, as it was announced"
            in client.get(reverse("loan", args=[moving.number])).content.decode()
        )
    with before_the(1, 0, moving):
        repayment.record_payment(
            again(moving), by=felix, on=clock.today(), cents=held.cents, method="debit", payer="Amina"
        )
    with before_the(2, 3, moving):
        page = my_loan(client, amina, moving)
        assert "Let us talk" not in page
        assert "The rest comes with the next payment" in page
        assert f"<strong>{money(settling.cents)}</strong>" in page
        client.force_login(felix)
        assert "comes with the next payment" in client.get(reverse("loan", args=[moving.number])).content.decode()
