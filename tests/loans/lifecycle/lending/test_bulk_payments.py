"""Payments from a bank's file go in together, and leave what they would have left one by one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config import clock
from letters.models import Letter
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending.bulk_payments import Incoming, record_payments
from loans.models import Fact, Loan, Receipt

pytestmark = pytest.mark.django_db


def incoming(loan, cents, key="", **more):
    return Incoming(
        **{"loan": loan.pk, "on": clock.today(), "method": "debit", "payer": "Amina", **more}, cents=cents, key=key
    )


def test_what_came_in_is_in_the_books_with_a_receipt_and_a_letter(active, felix):
    (outcome,) = record_payments([incoming(active, 12_000)], by=felix)
    fact = Fact.objects.get(loan=active, number=outcome.fact)
    assert (fact.cents, fact.event.verb, fact.event.by) == (12_000, "record_payment", felix)
    assert Receipt.objects.get(fact=fact).payer == "Amina"
    assert Letter.objects.filter(kind="payment_received", occasion=f"payment:{fact.pk}").count() == 1
    assert list(audit()) == []


def test_a_loan_that_is_paid_twice_is_met_in_two_chunks(active, felix):
    outcomes = record_payments([incoming(active, 1_000, "a"), incoming(active, 2_000, "b")], by=felix)
    assert [outcome.fact for outcome in outcomes] == [2, 3]
    assert list(audit()) == []


def test_what_pays_all_off_settles_the_loan(active, felix):
    record_payments([incoming(active, books.stands(active, clock.today()).owed_cents)], by=felix)
    assert Loan.objects.get(pk=active.pk).state == Loan.State.REPAID


def test_a_payment_that_was_recorded_before_is_known(active, felix):
    first = record_payments([incoming(active, 1_000, "bank 17")], by=felix)
    again = record_payments([incoming(active, 1_000, "bank 17")], by=felix)
    assert (first[0].fact, again[0].refused) == (2, "known")
    assert active.facts.count() == 2


def test_what_cannot_be_recorded_is_told_and_the_others_go_on(active, felix, omar):
    yesterday = active.advance_on - timedelta(days=1)
    told = record_payments(
        [
            Incoming(10**9, clock.today(), 500, "debit", "Nobody"),
            incoming(active, 0),
            incoming(active, 500, method="shells"),
            incoming(active, 500, on=clock.today() + timedelta(days=1)),
            incoming(active, 500, on=yesterday),
            incoming(active, 500),
        ],
        by=felix,
    )
    assert [outcome.refused for outcome in told] == [
        "no_such_loan", "no_amount", "unknown_method", "in_the_future", "before_advance", "",
    ]  # fmt: skip
    assert record_payments([incoming(active, 500)], by=omar)[0].refused == "not_allowed"
    assert active.facts.count() == 2


def test_a_loan_on_which_nothing_runs_takes_no_payment(signed, felix):
    assert record_payments([incoming(signed, 500)], by=felix)[0].refused == "not_now"


def test_a_chunk_asks_as_little_as_one_payment(active, felix):
    with CaptureQueriesContext(connection) as asked:
        record_payments([incoming(active, 500, "x")], by=felix)
    assert len([q for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 16
