"""What is to be done for a case, whom one meets, whom one asked: made, moved, done or cancelled, by those who may."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from config import clock
from loans.lifecycle.applying import submission
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import diary
from loans.models import Event, ReferenceContact, Task
from tests.cases import again

pytestmark = pytest.mark.django_db
JOAN = {
    "name": "Joan Clarke",
    "relation": "Her teacher",
    "how": "telephone",
    "verdict": "supports",
    "said": "Diligent.",
}
MEETING = {"at": time(14, 30), "way": "video", "with_whom": "Amina"}


def soon(days=2):
    return clock.today() + timedelta(days=days)


def add(case, by, for_whom=None, **other):
    facts = {"what": "Call the school", "due_on": soon(), **other}
    return diary.add_task(case, by=by, for_whom=for_whom or by, **facts)


def ask(case, by, **other):
    return diary.contact_reference(case, by=by, **{**JOAN, "on": clock.today(), **other})


def traces():
    return [model.objects.count() for model in (Task, ReferenceContact, Event)]


def refused(act):
    """The code with which `act()` is refused; it leaves no trace."""
    before = traces()
    with pytest.raises(Refused) as told:
        act()
    assert traces() == before
    return told.value.code


@pytest.fixture
def task(in_review, omar):
    return add(in_review, omar)


def test_a_task_stands_in_the_diary_until_it_is_done(in_review, omar, olga, task):
    assert (task.what, task.for_whom, task.closed, task.event.by) == ("Call the school", omar, None, omar)
    done = again(diary.finish_task(in_review, by=olga, task=task, result=" The fees are due in May. "))
    assert (done.closed.by, done.is_cancelled, done.result) == (olga, False, "The fees are due in May.")


def test_an_appointment_has_a_time_and_a_way_and_somebody(in_review, omar, mariam):
    meeting = add(in_review, omar, mariam, **MEETING)
    assert (meeting.for_whom, meeting.at, meeting.way, meeting.with_whom) == (mariam, time(14, 30), "video", "Amina")
    assert refused(lambda: add(in_review, omar, way="video")) == "time_and_way"
    assert refused(lambda: add(in_review, omar, at=time(9))) == "time_and_way"
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=meeting.pk).update(at=None)


def test_an_appointment_is_moved_to_another_day_and_time(in_review, omar):
    meeting = add(in_review, omar, **MEETING)
    moved = diary.move_task(in_review, by=omar, task=meeting, due_on=soon(9), at=time(10))
    assert (again(moved).due_on, again(moved).at) == (soon(9), time(10))
    diary.move_task(in_review, by=omar, task=meeting, due_on=soon(10))
    assert again(moved).at == time(10)


def test_a_task_is_cancelled_with_its_reason(in_review, omar, task):
    assert refused(lambda: diary.cancel_task(in_review, by=omar, task=task, result=" ")) == "no_words"
    gone = again(diary.cancel_task(in_review, by=omar, task=task, result="She wrote herself."))
    assert (gone.is_cancelled, gone.result) == (True, "She wrote herself.")


def test_what_is_closed_is_neither_moved_nor_done_nor_cancelled_again(in_review, omar, olga, task):
    diary.finish_task(in_review, by=omar, task=task)
    for act in (
        lambda: diary.finish_task(in_review, by=olga, task=task, result="Mine"),
        lambda: diary.move_task(in_review, by=olga, task=task, due_on=soon(5)),
        lambda: diary.cancel_task(in_review, by=olga, task=task, result="Why"),
    ):
        assert refused(act) == "task_closed"
    assert again(task).result is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"what": " "}, "no_words"),
        ({"due_on": None}, "due_past"),
        ({"way": "pigeon", "at": time(9)}, "not_listed"),
    ],
)
def test_a_task_that_makes_no_sense_is_refused(in_review, omar, wrong, code):
    said = {name: clock.today() - timedelta(days=1) if value is None else value for name, value in wrong.items()}
    assert refused(lambda: add(in_review, omar, **said)) == code


@pytest.mark.parametrize("who", ["felix", "ada", "carl", "amina", "bilal"])
def test_nobody_is_given_a_task_who_may_not_open_the_case(request, in_review, omar, who):
    assert refused(lambda: add(in_review, omar, request.getfixturevalue(who))) == "unknown_colleague"


@pytest.mark.parametrize("who", ["felix", "ada", "carl", "amina", "bilal"])
def test_nobody_else_writes_into_the_diary(request, in_review, omar, task, who):
    by, before = request.getfixturevalue(who), traces()
    for act in (
        lambda: add(in_review, by, omar),
        lambda: ask(in_review, by),
        lambda: diary.move_task(in_review, by=by, task=task, due_on=soon()),
        lambda: diary.finish_task(in_review, by=by, task=task),
        lambda: diary.cancel_task(in_review, by=by, task=task, result="Why"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert traces() == before


def test_the_same_form_twice_does_it_once(in_review, omar, task):
    first = add(in_review, omar, what="Write", once_key="a")
    assert add(in_review, omar, what="Write", once_key="a") == first
    for _ in range(2):
        assert diary.finish_task(in_review, by=omar, task=task, result="Done", once_key="b") == task
    assert ask(in_review, omar, once_key="c") == ask(in_review, omar, once_key="c")
    assert (Task.objects.count(), ReferenceContact.objects.count()) == (2, 1)


def test_a_reference_is_kept_as_it_spoke(in_review, omar):
    kept = again(ask(in_review, omar))
    assert {name: getattr(kept, name) for name in JOAN} == JOAN
    assert kept.event.detail == {"verdict": "supports"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": ""}, "no_words"),
        ({"relation": " "}, "no_words"),
        ({"how": "fax"}, "not_listed"),
        ({"verdict": "great"}, "not_listed"),
        ({"on": None}, "in_the_future"),
    ],
)
def test_a_reference_that_makes_no_sense_is_refused(in_review, omar, wrong, code):
    said = {name: soon() if value is None else value for name, value in wrong.items()}
    assert refused(lambda: ask(in_review, omar, **said)) == code


def test_a_case_that_is_over_asks_no_references_and_closes_its_tasks(in_review, omar, amina, task):
    case = submission.withdraw(in_review, by=amina)
    assert "contact_reference" not in {move.name for move in case.get_available_user_state_transitions(omar)}
    assert diary.finish_task(case, by=omar, task=task).closed is not None


def test_the_words_of_the_diary_are_sealed_and_stand_in_no_event(in_review, omar):
    task = add(in_review, omar, **MEETING)
    diary.finish_task(in_review, by=omar, task=task, result="She was early")
    ask(in_review, omar)
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, with_whom, result FROM loans_task")
        kept = b"".join(bytes(value) for value in cursor.fetchone())
        cursor.execute("SELECT name, relation, said FROM loans_referencecontact")
        kept += b"".join(bytes(value) for value in cursor.fetchone())
    details = str(list(in_review.events.values_list("detail", flat=True)))
    for words in ("Call the school", "Amina", "She was early", "Joan Clarke", "Her teacher", "Diligent."):
        assert words.encode() not in kept
        assert words not in details
