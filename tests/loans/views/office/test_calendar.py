"""The page of the calendar."""

from datetime import datetime, timedelta

import pytest

from config import clock
from loans.holidays import closed_days
from loans.models import CalendarDay
from tests.calendar_days import propose, settle
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db
SAID = {"place": "all", "banking": "closed", "reason_en": "A storm", "reason_fr": "Une tempête", "source": "The radio"}


@pytest.fixture(autouse=True)
def in_2027():
    """The table of holidays is known by hand for that year."""
    with clock.at(datetime.fromisoformat("2027-01-12T12:00-05:00")):
        yield


def typed(day, **said):
    return {"day-day": day.day, "day-month": day.month, "day-year": day.year, **SAID, **said}


def text_of(page):
    return page.content.decode().replace("\xa0", " ")


def row_of(page, day):
    """The table's line about a day, as it is written there."""
    return next(line for line in text_of(page).split("<tr ") if f">{day}<br>" in line)


def test_a_day_is_entered_on_the_page_and_confirmed_by_a_second_person(mariam, felix):
    day = clock.today() + timedelta(days=6)
    page = Person("en", mariam).sends("calendar_days", once_key="one", **typed(day))
    assert "Everywhere, January 18, 2027: Closed" in text_of(page)
    assert "Confirm</button>" not in text_of(page)
    row = CalendarDay.objects.get()
    assert (row.day, row.place, row.banking, row.source) == (day, "", "closed", "The radio")
    page = Person("fr", felix).opens("calendar")
    assert "Partout, 18 janvier 2027 : Fermé" in text_of(page)
    assert "Une tempête" in text_of(page)
    page = Person("en", felix).sends("calendar_decision", row.pk, answer="confirm")
    assert "A storm" in row_of(page, "January 18, 2027")
    assert "confirmed by Félix Tremblay" in row_of(page, "January 18, 2027")
    assert day in closed_days(2027, 2027)


def test_a_second_click_on_the_form_enters_one_day(mariam):
    manager, day = Person("en", mariam), clock.today() + timedelta(days=6)
    for _ in range(2):
        manager.sends("calendar_days", once_key="one", **typed(day))
    assert CalendarDay.objects.count() == 1


def test_the_page_lists_three_years_and_what_is_to_be_asked(omar):
    page = Person("en", omar).opens("calendar")
    for day in ("January 1, 2027", "July 3, 2028", "December 26, 2029"):
        assert "Holidays of Ontario and of the banks" in row_of(page, day)
    assert "Boxing Day" in row_of(page, "December 28, 2027")
    assert "(moved from the weekend)" in row_of(page, "December 28, 2027")
    assert row_of(page, "August 2, 2027").count("Ask") == 2
    assert "2030</" not in text_of(page)
    assert "Propose it" not in text_of(page)


def test_the_offices_answer_stands_beside_the_holiday(mariam, felix, omar):
    civic = datetime.fromisoformat("2027-08-02").date()
    settle(civic, "open", by=mariam, second=felix, place="aft")
    line = row_of(Person("en", omar).opens("calendar"), "August 2, 2027")
    assert "Civic Holiday" in line
    assert "A storm" in line
    assert (line.count("Open</span>"), line.count("Ask</span>")) == (1, 1)


def test_what_is_wrong_is_told_beside_its_box_with_all_that_was_typed(mariam):
    saturday = clock.today() + timedelta(days=4)
    answer = Person("en", mariam).browser.post("/office/calendar/days/", typed(saturday, source=""))
    assert answer.status_code == 422
    assert "Please answer this question" in text_of(answer)
    assert "Une tempête" in text_of(answer)
    answer = Person("en", mariam).browser.post("/office/calendar/days/", typed(saturday))
    assert answer.status_code == 422
    assert "This is a Saturday or Sunday" in text_of(answer)


def test_a_day_that_was_decided_meanwhile_says_so(mariam, felix, carl):
    row = propose(clock.today() + timedelta(days=6), "closed", by=mariam)
    Person("en", felix).sends("calendar_decision", row.pk, answer="refuse")
    answer = Person("en", carl).browser.post(f"/office/calendar/days/{row.pk}/decision/", {"answer": "confirm"})
    assert answer.status_code == 422
    assert "This was decided meanwhile" in text_of(answer)


def test_whoever_entered_a_day_takes_it_back_on_the_page(mariam):
    row = propose(clock.today() + timedelta(days=6), "closed", by=mariam)
    assert "is missing" in text_of(Person("en", mariam).opens("calendar"))
    page = Person("en", mariam).sends("calendar_decision", row.pk, answer="refuse")
    assert "Taken back by Mariam Haddad" in text_of(page)
