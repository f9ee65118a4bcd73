"""A loan that is paid as its plan says, by the real verb, on each way of counting days: the books are the plan."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from config import clock
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import planning, repayment
from loans.models import Loan
from money.interest import DayCount
from tests.cases import again, lend

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day_count", DayCount)
def test_paid_on_each_last_day_the_books_are_the_plan_row_for_row(bilal, product, omar, mariam, felix, day_count):
    product.day_count = day_count
    product.save()
    loan = lend(bilal, product, omar, mariam, felix)
    rows = list(planning.plan_in_force(loan).rows.all())
    for row in rows:
        with clock.at(datetime.combine(row.payable_by, time(11), ZoneInfo(settings.TIME_ZONE))):
            said = {"cents": row.total_cents, "method": "debit", "payer": "Bilal"}
            repayment.record_payment(again(loan), by=felix, on=row.payable_by, **said)
    book = books.book_of(again(loan))
    assert [(each.due_on, each.principal_paid_cents, each.interest_paid_cents) for each in book.standings] == [
        (row.due_on, row.principal_cents, row.interest_cents) for row in rows
    ]
    assert again(loan).state == Loan.State.REPAID
    assert list(audit()) == []
