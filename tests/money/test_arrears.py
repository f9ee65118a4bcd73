from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from money.arrears import BUCKETS, bucket, days_late, portfolio_at_risk

TODAY = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("next_unpaid_on", "days"),
    [(None, 0), (date(2027, 6, 15), 0), (TODAY, 0), (date(2027, 5, 31), 1), (date(2027, 2, 15), 106)],
)
def test_days_are_counted_from_the_oldest_unpaid_due_day(next_unpaid_on, days):
    assert days_late(next_unpaid_on, TODAY) == days


@pytest.mark.parametrize(
    ("days", "first"),
    [(0, 0), (1, 1), (30, 1), (31, 31), (60, 31), (61, 61), (90, 61), (91, 91), (181, 181), (365, 181), (366, 366)],
)
def test_every_day_is_in_one_bucket(days, first):
    assert bucket(days).first == first


def test_buckets_leave_no_gap():
    assert all(before.last + 1 == after.first for before, after in pairwise(BUCKETS))


def test_a_late_loan_is_at_risk_with_its_whole_principal():
    loans = [(500_000, 0), (300_000, 30), (200_000, 31)]
    assert portfolio_at_risk(loans, 30) == Decimal("0.2")
    assert portfolio_at_risk(loans, 1) == Decimal("0.5")
    assert portfolio_at_risk([], 30) == 0
