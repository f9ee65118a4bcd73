"""A closed month: who closes it, when, and where its latecomers are booked."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from config import clock
from loans.lifecycle.ledger import closing
from loans.lifecycle.lending import repayment
from loans.lifecycle.refusal import Refused
from loans.models import Closing, Entry
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


def month_end(day):
    """The last day of the month before the one of `day`."""
    return day.replace(day=1) - timedelta(days=1)


def later(days):
    return clock.at(days_ahead(days))


def pay(loan, felix, on, cents=5_000):
    return repayment.record_payment(loan, by=felix, on=on, cents=cents, method="cash", payer="Amina")


@pytest.mark.parametrize("who", ["mariam", "felix"])
def test_managers_and_finance_close_a_month(request, who):
    person, day = request.getfixturevalue(who), month_end(clock.today())
    made = closing.close_through(day, by=person)
    assert (made.through, made.closed_by) == (day, person)
    assert closing.closed_through() == day


@pytest.mark.parametrize("who", ["omar", "ada", "carl", "amina"])
def test_nobody_else_does(request, who):
    with pytest.raises(PermissionDenied):
        closing.close_through(month_end(clock.today()), by=request.getfixturevalue(who))
    assert not Closing.objects.exists()


def test_a_month_is_closed_as_a_whole(felix):
    with pytest.raises(Refused, match="not_a_month_end"):
        closing.close_through(month_end(clock.today()) - timedelta(days=1), by=felix)


def test_a_month_that_is_not_over_stays_open(felix):
    this_months_end = month_end((clock.today().replace(day=1) + timedelta(days=31)).replace(day=1))
    with clock.at(clock.last_moment_of(this_months_end)), pytest.raises(Refused, match="month_not_over"):
        closing.close_through(this_months_end, by=felix)
    with clock.at(clock.last_moment_of(this_months_end) + timedelta(seconds=1)):
        closing.close_through(this_months_end, by=felix)


def test_a_later_closing_reaches_further_and_an_earlier_one_is_refused(felix):
    last = month_end(clock.today())
    closing.close_through(month_end(last), by=felix)
    closing.close_through(last, by=felix)
    for day in (last, month_end(last)):
        with pytest.raises(Refused, match="closed_already") as refused:
            closing.close_through(day, by=felix)
        assert refused.value.facts["on"] == last
    assert closing.closed_through() == last


def test_a_payment_of_a_closed_month_is_booked_on_the_first_open_day(active, felix):
    with later(70):
        last = month_end(clock.today())
        closing.close_through(last, by=felix)
        backdated = pay(active, felix, last - timedelta(days=3))
        paid = pay(active, felix, clock.today())
    assert backdated.on <= last
    assert {entry.booked_on for entry in backdated.entries.filter(on__lte=last)} == {last + timedelta(days=1)}
    assert [entry.booked_on for entry in paid.entries.all()] == [entry.on for entry in paid.entries.all()]


def test_with_nothing_closed_every_entry_is_booked_on_its_own_day(active, felix):
    with later(70):
        pay(active, felix, clock.today() - timedelta(days=40))
    assert all(entry.booked_on == entry.on for entry in Entry.objects.all())


def test_a_line_of_this_month_looks_nothing_up(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert closing.first_open_day(clock.today().replace(day=1)) == clock.today().replace(day=1)
    with django_assert_num_queries(1):
        closing.first_open_day(month_end(clock.today()))


def test_a_clock_set_back_books_nothing_into_a_month_that_is_closed(active, felix):
    last = month_end(clock.today())
    closing.close_through(last, by=felix)
    with later(-(clock.today() - last).days):
        assert clock.today() == last
        assert closing.first_open_day(last) == last + timedelta(days=1)


def test_the_months_to_close_run_from_the_first_entry_to_the_last_full_month(active, felix):
    with later(100):
        today = clock.today()
        months = closing.months_to_close()
        assert months[0] == month_end(today)
        assert months[-1].replace(day=1) == active.advance_on.replace(day=1)
        closing.close_through(months[1], by=felix)
        assert closing.months_to_close() == months[:1]


def test_without_entries_there_is_nothing_to_close(db):
    assert closing.months_to_close() == []


def test_the_end_of_a_day_is_the_offices():
    end = clock.last_moment_of(date(2027, 3, 14))  # 23 hours long in Ontario
    assert clock.day_of(end) == date(2027, 3, 14)
    assert clock.day_of(end + timedelta(microseconds=1)) == date(2027, 3, 15)
