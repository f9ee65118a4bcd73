"""Money received by the business day to which a due day was moved counts from the due day itself."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from config import clock
from letters.models import Letter
from loans.lifecycle.ledger import audit, books
from loans.lifecycle.lending import planning, repayment
from tests.cases import again

pytestmark = pytest.mark.django_db


def noon(day):
    return datetime.combine(day, time(12), ZoneInfo("America/Toronto"))


def pay(loan, by, on, cents):
    with clock.at(noon(on)):
        return repayment.record_payment(loan, by=by, on=on, cents=cents, method="transfer", payer="Amina")


@pytest.fixture
def shifted(active):
    """The first instalment whose due day is closed, and those before it."""
    rows = list(planning.plan_in_force(active).rows.all())
    number = next(row.number for row in rows if row.payable_by > row.due_on)
    return rows[number - 1], rows[: number - 1]


def test_a_payment_on_the_shifted_day_is_valued_at_the_due_day(active, felix, shifted):
    row, earlier = shifted
    for each in earlier:
        pay(active, felix, each.payable_by, each.total_cents)
    fact = pay(active, felix, row.payable_by, row.total_cents)
    assert fact.on == row.due_on
    assert fact.detail["received_on"] == row.payable_by.isoformat()


def test_its_receipt_names_the_day_the_money_came(active, felix, shifted):
    row, _ = shifted
    pay(active, felix, row.payable_by, row.total_cents)
    receipt = Letter.objects.filter(kind="payment_received").latest("pk")
    assert receipt.facts["on"] == row.payable_by.isoformat()


def test_a_day_after_the_shifted_day_counts_from_itself(active, felix, shifted):
    row, _ = shifted
    fact = pay(active, felix, row.payable_by + timedelta(days=1), row.total_cents)
    assert fact.on == row.payable_by + timedelta(days=1)
    assert "received_on" not in fact.detail


def test_paid_on_every_payable_day_the_loan_costs_what_the_plan_says(active, felix):
    rows = list(planning.plan_in_force(active).rows.all())
    for row in rows:
        pay(active, felix, row.payable_by, row.total_cents)
    loan = again(active)
    book = books.book_of(loan)
    assert loan.state == "repaid"
    assert book.paid_cents == sum(row.total_cents for row in rows)
    assert list(audit.audit()) == []
