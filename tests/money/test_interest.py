from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from money.calendar import Frequency
from money.interest import DayCount, Rates, days_30e360, is_rate, is_regular, period, share_of_year

JANUARY, FEBRUARY, MARCH = date(2027, 1, 15), date(2027, 2, 15), date(2027, 3, 15)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2027, 1, 31), date(2027, 2, 28), 28),
        (date(2027, 1, 15), date(2027, 2, 15), 30),
        (date(2027, 2, 28), date(2027, 3, 31), 32),
        (date(2027, 1, 10), date(2027, 3, 1), 51),
    ],
)
def test_in_30e360_a_31st_counts_as_the_30th(start, end, days):
    assert days_30e360(start, end) == days


@pytest.mark.parametrize(
    ("day_count", "share"),
    [
        (DayCount.ACTUAL_365, Fraction(31, 365)),
        (DayCount.ACTUAL_360, Fraction(31, 360)),
        (DayCount.THIRTY_360, Fraction(30, 360)),
        (DayCount.ACTUAL_ACTUAL, Fraction(17, 365) + Fraction(14, 366)),
    ],
)
def test_mid_december_to_mid_january_of_a_leap_year(day_count, share):
    assert share_of_year(day_count, date(2027, 12, 15), date(2028, 1, 15)) == share


@pytest.mark.parametrize(
    ("frequency", "end", "share"),
    [
        (Frequency.MONTHLY, date(2027, 2, 15), Fraction(1, 12)),
        (Frequency.QUARTERLY, date(2027, 4, 15), Fraction(1, 4)),
        (Frequency.BIWEEKLY, date(2027, 1, 29), Fraction(14, 360)),
        (Frequency.WEEKLY, date(2027, 1, 22), Fraction(7, 360)),
    ],
)
def test_a_regular_period_of_30_360_is_its_share_of_the_year(frequency, end, share):
    whole = period(1, JANUARY, end, frequency, DayCount.THIRTY_360)
    assert whole.share_of(JANUARY, end) == share
    assert whole.share_of(JANUARY, date(2027, 1, 18)) == share * 3 / whole.days


def test_another_first_period_of_30_360_counts_its_days_over_360():
    stub = period(1, date(2027, 1, 10), date(2027, 3, 1), Frequency.MONTHLY, DayCount.THIRTY_360)
    assert stub.share == Fraction(51, 360)


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2027, 1, 31), date(2027, 2, 28)), (date(2027, 2, 28), date(2027, 3, 31)), (JANUARY, FEBRUARY)],
)
def test_month_ends_make_regular_periods(start, end):
    assert is_regular(start, end, Frequency.MONTHLY)
    assert not is_regular(start, MARCH, Frequency.MONTHLY)


def test_interest_is_split_where_the_rate_changes():
    rates = Rates(Decimal("0.12"), [(date(2027, 3, 3), Decimal("0.09")), (date(2027, 3, 1), Decimal("0.06"))])
    month = period(2, FEBRUARY, MARCH, Frequency.MONTHLY, DayCount.ACTUAL_365)
    exact = Fraction(14 * 12 + 2 * 6 + 12 * 9, 365 * 100)
    assert rates.interest_share(month, FEBRUARY, MARCH) == exact
    assert rates.on(date(2027, 2, 28)) == Fraction(12, 100)
    assert rates.changes_within(FEBRUARY, date(2027, 3, 3)) == [date(2027, 3, 1)]


def test_of_two_rates_on_one_day_the_later_listed_holds():
    rates = Rates(Decimal(0), [(MARCH, Decimal("0.05")), (MARCH, Decimal("0.04"))])
    assert rates.on(MARCH) == Fraction(4, 100)


@pytest.mark.parametrize("rate", ["-0.01", "1.01", "NaN", "sNaN", "Infinity", "1E-1000000000", "0E-1000000000"])
def test_a_rate_is_a_fraction_of_reasonable_length(rate):
    assert not is_rate(Decimal(rate))
    assert is_rate(Decimal("0.0645"))
    assert is_rate(Decimal(1))
