"""The limit of the law, each from its day; and what stays within one."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from money.limits import LIMITS, largest_that, least_that, limit_on


def test_the_limit_is_that_of_the_criminal_code_since_2025():
    limit = limit_on(date(2026, 11, 27))
    assert (limit.starts, limit.most_apr, limit.warning_apr) == (date(2025, 1, 1), Decimal("0.35"), Decimal("0.30"))
    assert limit_on(date(2025, 1, 1)) == limit
    assert limit_on(date(2024, 12, 31)) == LIMITS[0]


def test_the_limits_stand_in_the_order_of_their_days():
    assert list(LIMITS) == sorted(LIMITS, key=lambda limit: limit.starts)


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-60, 60))
def test_the_largest_and_the_least_that_fit_are_found(least, most, edge):
    numbers = range(least, most + 1)
    assert largest_that(lambda number: number <= edge, least, most) == max(
        (n for n in numbers if n <= edge), default=None
    )
    assert least_that(lambda number: number >= edge, least, most) == min(
        (n for n in numbers if n >= edge), default=None
    )


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_whatever_fits_the_answer_does_and_the_one_above_not(fits):
    found = largest_that(lambda number: fits[number], 0, len(fits) - 1)
    if found is None:
        assert not fits[0]
    else:
        assert fits[found]
        assert found == len(fits) - 1 or not fits[found + 1]
