"""The first payment: what the letter says when the money leaves is what the books ask and what is drawn."""

from decimal import Decimal

import pytest

from config import clock
from letters.models import Letter
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import debits
from tests.cases import sent_on_terms

pytestmark = pytest.mark.django_db


def told_first():
    """(day, cents) of the first payment, as the letter tells them."""
    facts = Letter.objects.get(kind="money_sent").facts
    return facts["next_due_on"], facts["next_due_cents"]


def drawn_first(loan):
    """(day, cents) of the first debit that draws anything."""
    book = books.book_of(loan, clock.today())
    first = next(debit for debit in debits.debits_of(loan, book) if debit.cents)
    return first.on.isoformat(), first.cents


def test_a_fee_beside_the_loan_is_told_with_the_first_payment(recommended, mariam, felix):
    terms = {"fee_rate": Decimal("0.02"), "fee_cap_cents": None, "fee_paid": "separately"}
    loan = sent_on_terms(recommended, mariam, felix, **terms)
    instalment = loan.plans.last().rows.first().total_cents
    assert told_first() == drawn_first(loan)
    assert told_first()[1] == instalment + loan.fee_cents


def test_without_interest_the_first_payment_is_the_one_after_the_studies(recommended, mariam, felix):
    terms = {"annual_rate": Decimal(0), "rate_index": "", "follows_index": False, "fee_rate": Decimal(0)}
    loan = sent_on_terms(recommended, mariam, felix, **terms)
    assert told_first() == drawn_first(loan)
    assert told_first()[1] > 0
