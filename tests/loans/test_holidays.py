"""The usual days off against a table worked out by hand, and the office's word over them."""

from datetime import date, timedelta

import pytest

from config import clock
from loans.holidays import NAMES, PLACES, banking_days, closed_days, usual
from loans.models import CalendarDay
from money.calendar import Banking, next_business_day

YEARS = (2026, 2027, 2028, 2029, 2030)
# DOMAIN section 8, worked out there by rule: month and day a year, 2026 to 2030.
TABLE = {
    "New Year's Day": ("01-01", "01-01", "01-01", "01-01", "01-01"),
    "Family Day": ("02-16", "02-15", "02-21", "02-19", "02-18"),
    "Good Friday": ("04-03", "03-26", "04-14", "03-30", "04-19"),
    "Easter Monday": ("04-06", "03-29", "04-17", "04-02", "04-22"),
    "Victoria Day": ("05-18", "05-24", "05-22", "05-21", "05-20"),
    "Canada Day": ("07-01", "07-01", "07-01", "07-01", "07-01"),
    "Civic Holiday": ("08-03", "08-02", "08-07", "08-06", "08-05"),
    "Labour Day": ("09-07", "09-06", "09-04", "09-03", "09-02"),
    "National Day for Truth and Reconciliation": ("09-30", "09-30", "09-30", "09-30", "09-30"),
    "Thanksgiving Day": ("10-12", "10-11", "10-09", "10-08", "10-14"),
    "Remembrance Day": ("11-11", "11-11", "11-11", "11-11", "11-11"),
    "Christmas Day": ("12-25", "12-25", "12-25", "12-25", "12-25"),
    "Boxing Day": ("12-26", "12-26", "12-26", "12-26", "12-26"),
}
ASKED_OF_BANKS = {"Family Day", "Easter Monday", "Civic Holiday"}
PUBLIC_IN_ONTARIO = set(TABLE) - {
    "Easter Monday",
    "Civic Holiday",
    "National Day for Truth and Reconciliation",
    "Remembrance Day",
}


def by_hand():
    """(name, day) of every holiday of the table, on whatever day of the week."""
    return [
        (name, date.fromisoformat(f"{year}-{day}"))
        for name, days in TABLE.items()
        for year, day in zip(YEARS, days, strict=True)
    ]


def kept(holiday_on):
    """The weekday on which a holiday is kept: itself, or after the weekend and a Christmas that moved too."""
    moved = holiday_on
    while moved.weekday() >= 5:
        moved += timedelta(days=1)
    christmas_moved = date(moved.year, 12, 25).weekday() >= 5
    if (holiday_on.month, holiday_on.day) == (12, 26) and christmas_moved and moved != holiday_on:
        moved += timedelta(days=1)
    return moved


def test_the_usual_days_are_those_of_the_table_with_weekends_kept_afterwards():
    found = {(holiday.day, name, holiday.is_moved) for holiday in usual(2026, 2030) for name in holiday.names}
    assert found == {(kept(day), name, kept(day) != day) for name, day in by_hand()}


def test_banks_close_on_their_days_and_on_the_others_one_asks():
    told = {holiday.day: holiday.banking("aft") for holiday in usual(2026, 2030)}
    for name, day in by_hand():
        is_unsure = name in ASKED_OF_BANKS or (name == "Boxing Day" and kept(day) != day)
        assert told[kept(day)] == (Banking.ASK if is_unsure else Banking.CLOSED), (name, day)


def test_the_office_keeps_the_nine_public_holidays_of_ontario():
    told = {holiday.day: holiday.banking("office") for holiday in usual(2026, 2030)}
    assert len(PUBLIC_IN_ONTARIO) == 9
    for name, day in by_hand():
        is_sure = name in PUBLIC_IN_ONTARIO and kept(day) == day
        assert told[kept(day)] == (Banking.CLOSED if is_sure else Banking.ASK), (name, day)


def test_christmas_and_boxing_day_of_2027_are_kept_on_monday_and_tuesday():
    told = {holiday.day: holiday.banking("aft") for holiday in usual(2027, 2027)}
    assert told[date(2027, 12, 27)] == Banking.CLOSED
    assert told[date(2027, 12, 28)] == Banking.ASK


@pytest.mark.django_db
def test_a_due_day_at_christmas_2027_is_payable_by_wednesday():
    assert next_business_day(date(2027, 12, 25), closed_days(2027, 2028)) == date(2027, 12, 29)


def test_every_holiday_to_the_end_of_the_century_has_a_name_of_ours():
    assert {name for holiday in usual(2000, 2100) for name in holiday.names} == set(NAMES)


def test_nobody_keeps_a_holiday_that_does_not_exist():
    for place in PLACES.values():
        assert place.keeps <= set(NAMES)
        assert place.unsure_when_moved <= set(NAMES)


def said(mariam, felix, day, banking, place="", minutes=0, *, is_confirmed=True):
    at = clock.now() + timedelta(minutes=minutes)
    return CalendarDay.objects.create(
        day=day,
        place=place,
        banking=banking,
        reason_en="A letter came",
        reason_fr="Une lettre est venue",
        source="letter of the bank",
        proposed_by=mariam,
        proposed_at=at,
        decided_by=felix if is_confirmed else None,
        decided_at=at if is_confirmed else None,
        is_confirmed=is_confirmed or None,
    )


FAMILY_DAY = date(2027, 2, 15)


def test_the_office_answers_what_is_asked(mariam, felix):
    assert banking_days(2027, 2027)[FAMILY_DAY] == Banking.ASK
    said(mariam, felix, FAMILY_DAY, "open")
    assert FAMILY_DAY not in closed_days(2027, 2027)


def test_a_later_word_about_the_day_supersedes_an_earlier_one(mariam, felix):
    for minutes, banking in enumerate(("open", "closed", "open", "ask")):
        said(mariam, felix, FAMILY_DAY, banking, minutes=minutes)
        assert banking_days(2027, 2027)[FAMILY_DAY] == banking
    said(mariam, felix, FAMILY_DAY, "closed", minutes=-5)
    assert banking_days(2027, 2027)[FAMILY_DAY] == "ask"


def test_a_word_about_one_place_says_nothing_about_another(mariam, felix):
    said(mariam, felix, date(2027, 6, 7), "closed", place="office")
    assert date(2027, 6, 7) in closed_days(2027, 2027, "office")
    assert date(2027, 6, 7) not in closed_days(2027, 2027)


def test_a_rail_of_which_only_the_rows_know_keeps_the_days_of_the_banks(mariam, felix):
    said(mariam, felix, date(2027, 6, 7), "closed", place="interac")
    told = banking_days(2027, 2027, "interac")
    assert (told[date(2027, 6, 7)], told[date(2027, 11, 11)]) == ("closed", "closed")
    assert date(2027, 6, 7) not in closed_days(2027, 2027)


def test_what_waits_for_a_second_person_holds_nothing(mariam, felix):
    said(mariam, felix, FAMILY_DAY, "open", is_confirmed=False)
    assert banking_days(2027, 2027)[FAMILY_DAY] == Banking.ASK


def test_the_days_of_a_plan_are_known_in_one_query(mariam, felix, django_assert_num_queries):
    said(mariam, felix, FAMILY_DAY, "open")
    with django_assert_num_queries(1):
        closed_days(2026, 2031)
