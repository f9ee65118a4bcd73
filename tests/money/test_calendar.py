from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from money.calendar import (
    MOST_BUSINESS_DAYS,
    MOST_CLOSED_IN_A_ROW,
    Banking,
    CalendarError,
    Frequency,
    add_business_days,
    add_months,
    due_dates,
    next_business_day,
    not_open,
    previous_business_day,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
CLOSED = st.frozensets(st.dates(date(2000, 1, 1), date(2100, 12, 31)), max_size=30)


class Always:
    """A calendar that says every day is closed."""

    def __contains__(self, day):
        return True


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


def test_what_must_be_sent_before_a_day_off_is_sent_on_the_business_day_before():
    assert previous_business_day(date(2026, 12, 27), {date(2026, 12, 25)}) == date(2026, 12, 24)
    assert previous_business_day(date(2026, 12, 24), set()) == date(2026, 12, 24)


def test_mail_counts_as_received_on_the_fifth_business_day():
    good_friday = date(2026, 4, 3)
    assert add_business_days(date(2026, 3, 31), 5, {good_friday}) == date(2026, 4, 8)
    assert add_business_days(date(2026, 4, 4), 1, set()) == date(2026, 4, 6)  # sent on a Saturday
    assert add_business_days(date(2026, 4, 8), -5, {good_friday}) == date(2026, 3, 31)


def test_a_day_to_ask_about_is_as_little_open_as_a_closed_one():
    told = {date(2026, 2, 16): Banking.ASK, date(2026, 2, 17): Banking.CLOSED, date(2026, 2, 18): Banking.OPEN}
    assert not_open(told) == {date(2026, 2, 16), date(2026, 2, 17)}
    assert next_business_day(date(2026, 2, 16), not_open(told)) == date(2026, 2, 18)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: next_business_day(date(2026, 1, 1), Always()),
        lambda: previous_business_day(date(2026, 1, 1), Always()),
        lambda: add_business_days(date(2026, 1, 1), 3, Always()),
    ],
)
def test_a_calendar_without_a_business_day_is_an_error_not_a_search_without_end(ask):
    with pytest.raises(CalendarError) as error:
        ask()
    assert (error.value.field, error.value.code, error.value.bound) == ("closed", "all_closed", MOST_CLOSED_IN_A_ROW)


@pytest.mark.parametrize("count", [0, MOST_BUSINESS_DAYS + 1, -MOST_BUSINESS_DAYS - 1])
def test_how_many_business_days_are_counted_has_its_bounds(count):
    with pytest.raises(CalendarError, match="count: out_of_bounds"):
        add_business_days(date(2026, 1, 1), count, set())


def test_the_calendar_ends_with_a_typed_error():
    last, first = date(9999, 12, 31), date(1, 1, 1)
    for ask in (lambda: next_business_day(last, {last}), lambda: previous_business_day(first, {first})):
        with pytest.raises(CalendarError, match="day: out_of_calendar"):
            ask()
    with pytest.raises(CalendarError, match="day: out_of_calendar"):
        add_business_days(last, 1, set())


@given(DAYS, CLOSED, st.integers(1, 30))
def test_between_a_day_and_the_nth_business_day_lie_n_business_days(day, closed, count):
    found = add_business_days(day, count, closed)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    business = [each for each in between if each.weekday() < 5 and each not in closed]
    assert (len(business), business[-1]) == (count, found)


@given(DAYS, CLOSED)
def test_the_business_days_around_a_day_are_the_nearest(day, closed):
    before, after = previous_business_day(day, closed), next_business_day(day, closed)
    inside = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert before <= day <= after
    assert [each for each in inside if each.weekday() < 5 and each not in closed] == []
