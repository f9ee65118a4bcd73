"""The office's word about a day takes two people and is never edited."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts.models import Role
from accounts.people import first_manager, give_role
from config import clock
from loans.holidays import LAST_YEAR, closed_days
from loans.lifecycle.refusal import Refused
from loans.lifecycle.settings import calendar_days
from loans.models import CalendarDay
from money.calendar import next_business_day
from tests.calendar_days import WORDS, propose, settle
from tests.cases import again
from tests.people import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def monday():
    """A Monday a month or so ahead on which nothing is known to be closed."""
    day = clock.today() + timedelta(days=30)
    closed = closed_days(day.year, day.year + 1)
    while day.weekday() or day in closed:
        day += timedelta(days=1)
    return day


def is_closed(day, place="aft"):
    return day in closed_days(day.year, day.year, place)


@pytest.mark.parametrize("who", ["felix", "carl"])
def test_a_day_holds_once_a_second_person_confirmed_it(mariam, monday, who, request):
    second = request.getfixturevalue(who)
    row = propose(monday, "closed", by=mariam)
    assert not is_closed(monday)
    row = calendar_days.decide(row, by=second, confirmed=True)
    assert is_closed(monday)
    assert (row.proposed_by, row.decided_by, row.reason) == (mariam, second, "A storm")


def test_only_a_manager_enters_a_day(omar, felix, carl, ada, monday):
    for who in (omar, felix, carl, ada):
        with pytest.raises(PermissionDenied):
            propose(monday, "closed", by=who)


def test_nobody_confirms_what_they_entered_and_the_auditor_changes_nothing(mariam, felix, omar, ada, monday):
    row = propose(monday, "closed", by=mariam)
    for who in (mariam, omar, ada):
        with pytest.raises(PermissionDenied):
            calendar_days.decide(row, by=who, confirmed=True)
    assert not is_closed(monday)


def test_a_loan_officer_confirms_where_nobody_else_is_left(mariam, omar, monday):
    calendar_days.decide(propose(monday, "closed", by=mariam), by=omar, confirmed=True)
    assert is_closed(monday)


def test_in_an_office_of_one_a_day_waits_for_a_second_person(db, monday):
    mariam = first_manager("mariam@office.example", name="Mariam Haddad")
    row = propose(monday, "closed", by=mariam)
    assert calendar_days.has_nobody_to_confirm(row)
    with pytest.raises(PermissionDenied):
        calendar_days.decide(row, by=mariam, confirmed=True)
    second = somebody("second@office.example", "Sam", Role.OFFICER)
    assert not calendar_days.has_nobody_to_confirm(row)
    assert calendar_days.decide(row, by=second, confirmed=True).is_confirmed


def test_the_database_too_wants_two_people_for_a_day(mariam, felix, monday):
    row = propose(monday, "closed", by=mariam)
    now = clock.now()
    for change in (
        {"is_confirmed": True, "decided_at": now, "decided_by": mariam},
        {"is_confirmed": True, "decided_at": now},
        {"decided_by": felix},
        {"banking": "never"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarDay.objects.filter(pk=row.pk).update(**change)


def test_a_refused_day_holds_nothing_and_is_remembered(mariam, felix, monday):
    row = calendar_days.decide(propose(monday, "closed", by=mariam), by=felix, confirmed=False)
    assert (row.is_confirmed, row.decided_by, is_closed(monday)) == (False, felix, False)


def test_whoever_entered_it_may_take_it_back(mariam, felix, monday):
    row = calendar_days.decide(propose(monday, "closed", by=mariam), by=mariam, confirmed=False)
    assert (row.is_confirmed, row.decided_by) == (False, None)
    with pytest.raises(Refused, match="decided_already"):
        calendar_days.decide(row, by=felix, confirmed=True)


def test_a_second_click_on_confirm_changes_nothing(mariam, felix, carl, monday):
    row = settle(monday, "closed", by=mariam, second=felix)
    first = row.decided_at
    assert calendar_days.decide(row, by=felix, confirmed=True).decided_at == first
    for who, confirmed in ((felix, False), (carl, True), (mariam, False)):
        with pytest.raises(Refused, match="decided_already"):
            calendar_days.decide(row, by=who, confirmed=confirmed)


def test_a_form_sent_twice_enters_one_day(mariam, monday):
    first = propose(monday, "closed", by=mariam, once_key="key")
    assert propose(monday, "closed", by=mariam, once_key="key") == first
    assert CalendarDay.objects.count() == 1


def test_a_second_click_overtaken_by_the_first_gets_its_row(mariam, monday, monkeypatch):
    first = propose(monday, "closed", by=mariam, once_key="key")
    looks = iter((lambda *_: None, calendar_days.made_before))  # the first look came a moment too early
    monkeypatch.setattr(calendar_days, "made_before", lambda *form: next(looks)(*form))
    assert propose(monday, "closed", by=mariam, once_key="key") == first
    assert CalendarDay.objects.count() == 1


def test_a_key_enters_one_day_only(mariam, monday):
    propose(monday, "closed", by=mariam, once_key="key")
    other = somebody("maya@office.example", "Maya", Role.MANAGER)
    for by, banking in ((mariam, "ask"), (other, "closed")):
        with pytest.raises(Refused, match="once_key_reused"):
            propose(monday, banking, by=by, once_key="key")


def test_what_waits_for_a_day_and_place_is_decided_before_another_is_entered(mariam, felix, monday):
    row = propose(monday, "closed", by=mariam)
    with pytest.raises(Refused, match="proposed_already"):
        propose(monday, "open", by=mariam)
    propose(monday, "closed", by=mariam, place="office")
    calendar_days.decide(row, by=felix, confirmed=True)
    settle(monday, "open", by=mariam, second=felix)
    assert not is_closed(monday)
    assert again(row).banking == "closed"


def test_a_day_that_cannot_be_is_refused_with_its_reason(mariam, monday):
    saturday = monday + timedelta(days=5)
    for day, said, code in (
        (clock.today() - timedelta(days=1), {}, "day_is_past"),
        (saturday, {}, "weekend_day"),
        (monday.replace(year=LAST_YEAR + 1), {}, "day_too_far"),
        (monday, {"source": "  "}, "no_words"),
        (monday, {"reason_fr": ""}, "no_words"),
        (monday, {"place": "moon"}, "not_listed"),
    ):
        with pytest.raises(Refused, match=code):
            propose(day, "closed", by=mariam, **said)
    with pytest.raises(Refused, match="not_listed"):
        propose(monday, "perhaps", by=mariam)
    assert not CalendarDay.objects.exists()


def test_a_day_that_passed_while_it_waited_is_not_confirmed(mariam, felix, monday):
    row = propose(monday, "closed", by=mariam)
    with clock.at(clock.now() + (monday - clock.today()) + timedelta(days=1)):
        with pytest.raises(Refused, match="day_is_past"):
            calendar_days.decide(row, by=felix, confirmed=True)
        assert calendar_days.decide(row, by=felix, confirmed=False).is_confirmed is False


def test_the_reason_is_told_in_the_readers_language(mariam, monday):
    row = propose(monday, "closed", by=mariam)
    with override("fr"):
        assert row.reason == WORDS["reason_fr"]


def test_a_manager_who_is_in_finance_too_does_not_confirm_their_own(mariam, monday):
    row = propose(monday, "closed", by=mariam)
    give_role(mariam, Role.FINANCE, by=None)
    assert not calendar_days.may_confirm(row, mariam)
    assert next_business_day(monday, closed_days(monday.year, monday.year)) == monday
