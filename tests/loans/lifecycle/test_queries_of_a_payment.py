"""A payment asks the database little, however long the loan has lived."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from config import clock
from loans.lifecycle import repayment
from loans.models import Loan

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
