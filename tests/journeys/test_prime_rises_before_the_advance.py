"""Two people sign in French at prime + 2; prime rises before the money leaves, and each is told what will be drawn."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import debits, disbursement, planning
from loans.models import IndexRate, LoanPaper
from loans.tasks import nightly
from loans.views.deeds import new_once_key
from money.figures import figures
from money.schedule import RateChange
from tests.cases import again, fill_in, pdf
from tests.days_ahead import days_ahead
from tests.journeys.person import Person, checks_account, decide, sign
from tests.people import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_prime_plus_two(product):
    """The training loan at a rate that moves with prime."""
    IndexRate.objects.filter(index="prime").delete()
    IndexRate.objects.create(
        index="prime", starts=clock.today() - timedelta(days=60), annual_rate="0.0445", source="bank"
    )
    product.rate_index, product.follows_index, product.annual_rate = "prime", True, Decimal("0.02")
    product.save()
    return product


@pytest.fixture
def yusuf(db):
    return somebody("yusuf@example.org", "Yusuf El-Sayed", language="fr")


@pytest.fixture
def shared(amina, yusuf, at_prime_plus_two):
    """A case of the two, both of whom read French."""
    User.objects.filter(pk=amina.pk).update(language="fr")
    amina.refresh_from_db()
    said = {"has_co_signer": "yes", "co_signer_name": yusuf.name, "co_signer_email": yusuf.email}
    return submission.submit(fill_in(filling.start(amina, at_prime_plus_two), amina, signers=said), by=amina)


def signs_on_paper(who, loan, officer, second):
    """The officer prints the papers and keeps the scan of what came back; a colleague looks at it."""
    party, desk = loan.application.parties.get(user=who), Person("en", officer)
    page = desk.opens("paper_signing", loan.number).content.decode()
    for name in ("The agreement in French (PDF)", "Cost of borrowing statement (PDF)", "Privacy summary (PDF)"):
        assert name in page
    assert desk.opens("paper_signing_sheet", loan.number, party.pk).content.startswith(b"%PDF-")
    today = clock.today()
    written = {"name": who.name, "signed_on": f"{today.day}/{today.month}/{today.year}", "agreed": "yes"}
    scan = SimpleUploadedFile("signed.pdf", pdf(2), content_type="application/pdf")
    said = {"party": party.pk, "explained_by": "staff", "file": scan, "once_key": new_once_key(), **written}
    desk.sends("paper_signing_record", loan.number, **said)
    paper = loan.paper_signatures.get()
    Person("en", second).sends(
        "paper_signing_confirmation", loan.number, paper.pk, is_same="yes", once_key=new_once_key()
    )


def with_prime_at(loan, rate):
    """The plan that the engine makes of the loan's terms when the rate is `rate` from the first day."""
    known = loan.terms
    moved = type(known)(**{**known.__dict__, "rates": (RateChange(loan.advance_on, rate),)})
    return figures(moved).plan.instalments


def test_prime_rises_before_the_advance(shared, amina, yusuf, omar, olga, mariam, felix):
    loan = decide(shared, omar, mariam)
    assert loan.annual_rate == Decimal("0.0645")
    sign(Person("fr", amina), shared)
    signs_on_paper(yusuf, again(loan), omar, olga)
    checks_account(Person("en", omar), shared)
    loan = again(loan)
    assert loan.state == "signed"
    assert [signature.proof["way"] for signature in loan.signatures.order_by("pk")] == ["code_by_mail", "on_paper"]
    assert {signature.agreement.language for signature in loan.signatures.all()} == {"fr"}
    agreed = [row.total_cents for row in planning.plan_in_force(loan).rows.all()]

    with clock.at(days_ahead(3)):
        IndexRate.objects.create(index="prime", starts=clock.today(), annual_rate="0.0495", source="bank")
        nightly()
        assert not LoanPaper.objects.filter(kind="changed_debit").exists()  # nothing is lent yet: no rate moves

    with clock.at(days_ahead(9)):
        advance = disbursement.release(loan.advances.get(), by=felix)
        disbursement.send(advance, by=felix, on=clock.today())
        drawn = debits.debits_of(again(loan), books.book_of(again(loan), clock.today()))
        nightly()
        nightly()
        loan = again(loan)
        expected = with_prime_at(loan, Decimal("0.0695"))
        rows = planning.plan_in_force(loan).rows.all()
        assert [row.total_cents for row in rows] == [row.total_cents for row in expected]
        assert rows[1].total_cents > agreed[1]  # interest only: it rises with the rate

        notices = Letter.objects.filter(kind="debit_changed")
        assert {letter.to for letter in notices} == {amina, yusuf}
        for letter in notices:
            assert letter.language == "fr"
            assert (letter.facts["before_cents"], letter.facts["cents"]) == (drawn[0].cents, rows[0].total_cents)
            assert letter.facts["on"] == rows[0].payable_by.isoformat()
            assert rows[0].payable_by >= clock.today() + timedelta(days=10)
            words = render(letter)
            assert "6,95" in words.text
            assert "Vous n’avez rien à faire." in words.text
            paper = letter.attachments.get().loan_paper
            assert (paper.kind, paper.language) == ("changed_debit", "fr")
        assert {letter.to for letter in Letter.objects.filter(kind="new_plan")} == {amina, yusuf}
        later = LoanPaper.objects.filter(loan=loan, made_at__date=clock.today())
        assert sorted(paper.kind for paper in later) == ["amended_disclosure", "changed_debit"]
        assert list(audit()) == []

    for who in (amina, yusuf):
        page = Person("fr", who).opens("my_loan", shared.reference).content.decode()
        assert "Avis de changement d’un débit (PDF)" in page
        assert "Documents au sujet de mon prêt" in page
