"""A payment asks the database little, however long the loan has lived, and leaves aside what it cannot read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from config import clock
from loans.lifecycle.ledger import positions
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import repayment
from loans.models import Loan, Position

pytestmark = pytest.mark.django_db
FRAME = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@pytest.mark.parametrize("before", [1, 12])
def test_a_payment_takes_at_most_fourteen_queries(active, felix, before):
    def pay(key, cents):
        loan, by = Loan.objects.get(pk=active.pk), User.objects.get(pk=felix.pk)
        with CaptureQueriesContext(connection) as asked:
            repayment.record_payment(
                loan, by=by, on=clock.today(), cents=cents, method="transfer", payer="Amina", once_key=key
            )
        return [query["sql"] for query in asked if not query["sql"].startswith(FRAME)]

    for number in range(before):
        pay(f"before {number}", 1_000 + number)
    assert len(pay("counted", 5_000)) <= 14


@pytest.mark.parametrize("written", [{}, {"format": 1, "terms": "of another day", "rows": [["2026-01-15", 0]]}])
def test_a_checkpoint_written_in_another_format_is_left_aside(active, felix, written):
    Position.objects.filter(loan=active).update(checkpoint=written)
    assert list(audit()) == []
    words = {"on": clock.today(), "method": "transfer", "payer": "Amina"}
    repayment.record_payment(Loan.objects.get(pk=active.pk), by=felix, cents=5_000, **words)
    assert positions.is_readable(Position.objects.get(loan=active))
    assert list(audit()) == []
