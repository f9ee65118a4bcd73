"""The diary of a case: tasks and appointments, made, moved, done or cancelled; and references that were asked."""

from datetime import date, time

from accounts.models import User
from config import clock
from loans import rules
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed
from loans.models import Application, Event, ReferenceContact, Task


def _made(event: Event) -> Task:
    task: Task = Task.objects.get(event=event)
    return task


def _touched(event: Event) -> Task:
    task: Task = Task.objects.get(pk=event.detail["task"])
    return task


def _reference_of(event: Event) -> ReferenceContact:
    reference: ReferenceContact = ReferenceContact.objects.get(event=event)
    return reference


@once_only(_made)
def add_task(
    application: Application,
    *,
    by: User,
    what: str,
    for_whom: User,
    due_on: date,
    at: time | None = None,
    way: str = "",
    with_whom: str = "",
    once: Once | None = None,
) -> Task:
    """Write down what is to be done, by whom and on which day; with `at` and `way` (Task.Way) it is an appointment.

    Raises Refused: no_words, due_past, time_and_way, not_listed, unknown_colleague.
    """
    if not what.strip():
        raise Refused("no_words", field="what")
    if way not in ("", *Task.Way.values):
        raise Refused("not_listed", field="way")
    if bool(way) != (at is not None):
        raise Refused("time_and_way")
    _refuse_past(due_on)
    with deed(application.add_task, by=by, once=once) as case:
        if not rules.keeps_diary(case, for_whom):
            raise Refused("unknown_colleague")
        task: Task = Task.objects.create(
            application=case,
            event=case.event,
            what=what.strip(),
            for_whom=for_whom,
            due_on=due_on,
            at=at,
            way=way,
            with_whom=with_whom.strip() or None,
        )
    return task


@once_only(_touched)
def move_task(
    application: Application, *, by: User, task: Task, due_on: date, at: time | None = None, once: Once | None = None
) -> Task:
    """Another day; of an appointment another time too, where one is given. Raises Refused: due_past, task_closed."""
    _refuse_past(due_on)
    with deed(application.move_task, by=by, once=once, detail={"task": task.pk, "to": due_on.isoformat()}) as case:
        found = _open(case, task)
        found.due_on = due_on
        if found.way and at is not None:
            found.at = at
        found.save()
    return found


@once_only(_touched)
def finish_task(application: Application, *, by: User, task: Task, result: str = "", once: Once | None = None) -> Task:
    """It is done; `result` says what came of it. Raises Refused("task_closed")."""
    with deed(application.finish_task, by=by, once=once, detail={"task": task.pk}) as case:
        found = _open(case, task)
        found.closed, found.result = case.event, result.strip() or None
        found.save()
    return found


@once_only(_touched)
def cancel_task(application: Application, *, by: User, task: Task, result: str, once: Once | None = None) -> Task:
    """It need not be done any more, and `result` says why. Raises Refused: no_words, task_closed."""
    if not result.strip():
        raise Refused("no_words", field="result")
    with deed(application.cancel_task, by=by, once=once, detail={"task": task.pk}) as case:
        found = _open(case, task)
        found.closed, found.result, found.is_cancelled = case.event, result.strip(), True
        found.save()
    return found


@once_only(_reference_of)
def contact_reference(
    application: Application,
    *,
    by: User,
    name: str,
    relation: str,
    how: str,
    on: date,
    verdict: str,
    said: str = "",
    once: Once | None = None,
) -> ReferenceContact:
    """Somebody who knows the person was asked. Raises Refused: no_words, not_listed, in_the_future."""
    for field, words in (("name", name), ("relation", relation)):
        if not words.strip():
            raise Refused("no_words", field=field)
    if how not in ReferenceContact.How.values:
        raise Refused("not_listed", field="how")
    if verdict not in ReferenceContact.Verdict.values:
        raise Refused("not_listed", field="verdict")
    if on > clock.today():
        raise Refused("in_the_future")
    with deed(application.contact_reference, by=by, once=once, detail={"verdict": verdict}) as case:
        reference: ReferenceContact = ReferenceContact.objects.create(
            application=case,
            event=case.event,
            name=name.strip(),
            relation=relation.strip(),
            how=how,
            on=on,
            said=said.strip() or None,
            verdict=verdict,
        )
    return reference


def _refuse_past(day: date) -> None:
    if day < clock.today():
        raise Refused("due_past")


def _open(case: Application, task: Task) -> Task:
    """The task afresh, of this case and not closed yet; the case is locked."""
    found: Task = case.tasks.get(pk=task.pk)
    if found.closed_id is not None:
        raise Refused("task_closed")
    return found
