"""Somebody asks to be called; the office calls, and forgets."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from applicants.models import CallBack
from config import clock
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing import call_backs
from loans.tasks import NIGHTLY, nightly
from tests.cases import again
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
SAID = {
    "name": "حنان",
    "phone": "+961 1 555 010",
    "language": "fr",
    "interpreter": "العربية",
    "suits": "morning",
    "words": "Not before ten.",
}


def ask(once_key="", **other):
    return call_backs.ask_for_a_call(**{**SAID, **other}, once_key=once_key)


@pytest.fixture
def asked():
    return ask()


def test_what_was_asked_waits_for_the_office(asked):
    row = again(asked)
    assert {name: getattr(row, name) for name in SAID} == SAID
    assert (row.done_at, row.done_by, row.kept_until) == (None, None, None)
    assert list(CallBack.objects.waiting()) == [row]


def test_who_asks_is_sealed(asked):
    columns = ("name", "phone", "interpreter", "words")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM applicants_callback")
        kept = b"".join(bytes(value) for value in cursor.fetchone())
    for said in (SAID[name].encode() for name in columns):
        assert said not in kept


def test_the_same_form_twice_asks_once():
    assert ask("one").pk == ask("one").pk
    assert CallBack.objects.count() == 1
    assert ask("two").pk != ask("one").pk
    assert ask().pk != ask().pk


def test_a_key_that_was_used_for_something_else_is_refused():
    ask("one")
    with pytest.raises(Refused) as refused:
        ask("one", phone="613-555-0123")
    assert refused.value.code == "once_key_reused"


def test_a_strange_key_is_no_obstacle():
    assert ask("a\0b" * 100).once_key == ("a\0b" * 100)[:64].replace("\0", "")
    assert ask("\0").once_key is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": "  "}, "no_words"),
        ({"phone": ""}, "no_words"),
        ({"language": "ar"}, "not_listed"),
        ({"suits": "at night"}, "not_listed"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, code):
    with pytest.raises(Refused) as refused:
        ask(**wrong)
    assert (refused.value.code, refused.value.facts["field"]) == (code, next(iter(wrong)))
    assert not CallBack.objects.exists()


def test_an_officer_or_a_manager_calls_and_says_what_came_of_it(asked, omar, mariam):
    row = again(call_backs.close_call(asked, by=omar, note=" She begins. "))
    assert (row.done_by, row.note) == (omar, "She begins.")
    assert list(CallBack.objects.waiting()) == []
    assert list(CallBack.objects.done()) == [row]
    assert call_backs.close_call(ask(), by=mariam).done_by == mariam


@pytest.mark.parametrize("who", ["felix", "ada", "carl", "amina"])
def test_nobody_else_calls(asked, who, request):
    with pytest.raises(PermissionDenied):
        call_backs.close_call(asked, by=request.getfixturevalue(who))
    assert again(asked).done_at is None


def test_the_same_word_twice_changes_nothing_and_another_is_refused(asked, omar, olga):
    first = again(call_backs.close_call(asked, by=omar, note="Done."))
    assert call_backs.close_call(asked, by=omar, note="Done.").done_at == first.done_at
    for by, note in ((omar, "Something else."), (olga, "Done.")):
        with pytest.raises(Refused) as refused:
            call_backs.close_call(asked, by=by, note=note)
        assert refused.value.code == "called_already"
    assert (again(asked).done_by, again(asked).note) == (omar, "Done.")


def test_the_database_knows_no_call_that_nobody_made(asked):
    for wrong in ({"done_at": clock.now()}, {"done_at": None, "done_by": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CallBack.objects.filter(pk=asked.pk).update(**wrong)


def at(day, hour=10):
    return clock.at(datetime(2027, 3, day, hour, tzinfo=ZoneInfo("America/Toronto")))


@pytest.mark.parametrize(
    ("asked_on", "last_good_day"),
    [(1, 3), (4, 8), (5, 9), (6, 9), (7, 9), (24, 30)],  # a Monday, Thursday, Friday, weekend; before Easter
)
def test_a_call_is_overdue_on_the_day_after_the_business_days_that_were_promised(asked_on, last_good_day):
    with at(asked_on, hour=23):
        ask()
    with at(last_good_day, hour=23):
        assert call_backs.how_many_wait(clock.today()) == {"waiting": 1, "overdue": 0}
    with at(last_good_day + 1, hour=0):
        assert call_backs.how_many_wait(clock.today()) == {"waiting": 1, "overdue": 1}


def test_the_days_promised_are_a_setting_and_a_call_that_was_made_is_not_overdue(settings, omar):
    settings.CALL_BACK_DAYS = 1
    with at(1):
        row, _other = ask(), ask("another")
    with at(3):
        assert call_backs.how_many_wait(clock.today()) == {"waiting": 2, "overdue": 2}
        call_backs.close_call(row, by=omar)
        assert call_backs.how_many_wait(clock.today()) == {"waiting": 1, "overdue": 1}


def test_ninety_days_after_the_call_the_night_forgets_it(asked, omar):
    waiting = ask("another")
    call_backs.close_call(asked, by=omar)
    assert "forget_calls" in NIGHTLY
    assert again(asked).kept_until == clock.today() + timedelta(days=90)
    with clock.at(days_ahead(89)):
        nightly()
    assert CallBack.objects.count() == 2
    with clock.at(days_ahead(90)):
        assert nightly()["forget_calls"] == (1, 0)
        assert nightly()["forget_calls"] == (0, 0)
    assert list(CallBack.objects.all()) == [waiting]
