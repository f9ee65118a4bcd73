"""Who pays everything back early gets a part of the fee back: A × (n − m) ÷ n (DOMAIN 1.6; the signed agreement)."""

from decimal import Decimal

import pytest

from config import clock
from letters.models import Letter
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import charges, repayment
from loans.lifecycle.lending.bulk_payments import Incoming, record_payments
from money.book import Account, Part
from tests.cases import again, sent_on_terms
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
FEE, MONTHS = 15_000, 30


@pytest.fixture
def lent(recommended, mariam, felix):
    """$5,000 over 30 months, with a fee of $150 that was kept back; sent today."""
    terms = {"fee_rate": Decimal("0.03"), "fee_cap_cents": None, "fee_paid": "deducted"}
    loan = sent_on_terms(recommended, mariam, felix, **terms)
    assert (loan.fee_cents, loan.plans.last().rows.count()) == (FEE, MONTHS)
    return loan


def pay_all(loan, felix):
    """Pay today what the loan then owes."""
    loan = again(loan)
    cents = books.stands(loan, clock.today()).owed_cents
    said = {"on": clock.today(), "cents": cents, "method": "transfer", "payer": "Amina"}
    return repayment.record_payment(loan, by=felix, **said)


def refunds(loan):
    """The cents of each refund that stands."""
    return list(again(loan).facts.filter(kind="refund", reversed_by=None).values_list("cents", flat=True))


def on_due_day(loan, number):
    """The moment of an instalment's due day, at this hour."""
    due_on = again(loan).plans.last().rows.get(number=number).due_on
    return days_ahead((due_on - clock.today()).days)


@pytest.mark.parametrize(("gone", "back"), [(12, 9_000), (29, 500), (30, None)])
def test_the_part_of_the_months_that_are_left_is_given_back(lent, felix, gone, back):
    with clock.at(on_due_day(lent, gone)):
        pay_all(lent, felix)
        assert again(lent).state == "repaid"
        assert refunds(lent) == ([back] if back else [])
        book = books.stands(again(lent), clock.today())
        assert (book.credit_cents, book.owed_cents) == (back or 0, 0)
        assert Letter.objects.get(kind="repaid").facts["refund_cents"] == (back or 0)
        assert list(audit()) == []


def test_what_was_given_back_is_no_income_of_the_house(lent, felix):
    pay_all(lent, felix)
    balances = books.book_of(again(lent)).balances
    assert refunds(lent) == [FEE]
    assert balances[Account.FEE_INCOME] == 0
    assert balances[Account.CREDIT] == -FEE


def test_a_payment_that_bounces_takes_the_refund_back(lent, felix):
    paid = pay_all(lent, felix)
    repayment.reverse_payment(again(lent), by=felix, fact=paid, note="NSF")
    assert again(lent).state == "active"
    assert refunds(lent) == []
    assert books.stands(again(lent), clock.today()).owed_cents == 500_000
    pay_all(lent, felix)
    assert refunds(lent) == [FEE]
    assert list(audit()) == []


def test_money_that_a_bank_file_brings_does_the_same(lent, felix):
    owed = books.stands(lent, clock.today()).owed_cents
    record_payments([Incoming(lent.pk, clock.today(), owed, "debit", "Amina")], by=felix)
    assert refunds(lent) == [FEE]


def test_what_was_forgiven_was_not_paid_early(lent, mariam):
    charges.waive(lent, by=mariam, part=Part.PRINCIPAL, cents=500_000, note="Illness.")
    assert again(lent).state == "repaid"
    assert refunds(lent) == []
