from datetime import date

import pytest

from money.calendar import Frequency, add_months, due_dates, next_business_day


def test_month_ends_do_not_drift():
    assert due_dates(date(2027, 1, 31), Frequency.MONTHLY, 4) == (
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    )


@pytest.mark.parametrize(
    ("anchor", "months", "day"),
    [
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 1, 31), -2, date(2026, 11, 30)),
        (date(2027, 12, 5), 1, date(2028, 1, 5)),
    ],
)
def test_the_same_day_of_another_month_or_its_last(anchor, months, day):
    assert add_months(anchor, months) == day


@pytest.mark.parametrize(
    ("frequency", "second", "a_year"),
    [
        (Frequency.MONTHLY, date(2027, 2, 28), 12),
        (Frequency.QUARTERLY, date(2027, 4, 30), 4),
        (Frequency.BIWEEKLY, date(2027, 2, 14), 26),
        (Frequency.WEEKLY, date(2027, 2, 7), 52),
    ],
)
def test_a_second_instalment_is_due_one_period_after_the_first(frequency, second, a_year):
    assert due_dates(date(2027, 1, 31), frequency, 2)[1] == second
    assert frequency.a_year == a_year


def test_a_day_off_is_moved_to_the_next_day_the_bank_works():
    christmas, boxing_day = date(2026, 12, 25), date(2026, 12, 28)
    assert next_business_day(date(2026, 12, 25), {christmas, boxing_day}) == date(2026, 12, 29)
    assert next_business_day(date(2027, 1, 30), set()) == date(2027, 2, 1)
    assert next_business_day(date(2027, 1, 29), set()) == date(2027, 1, 29)
