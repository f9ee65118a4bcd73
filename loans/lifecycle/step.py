"""The roads on which things happen: lock, check the state, check the permission, act, save, remember.

`step` moves a state; `deed` moves none; `steps` does many rows for a nightly job. A verb that forgets nothing else is
safe. The case is locked before the row, always, so that two verbs wait for each other instead of dying together.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Prefetch
from django_fsm import TransitionNotAllowed, can_proceed, has_transition_perm

from accounts.actors import Actor
from accounts.models import User
from config import clock
from loans.lifecycle.once import Once, refuse_repeats
from loans.models import Application, Event, Loan, Mishap, Note, Party
from loans.models.history import new_salt, words_hash

logger = logging.getLogger(__name__)
Codes = dict[str, Any]
Detail = Codes | Callable[[Any], Codes] | None  # of the event; what depends on the locked row is worked out on it
READ_WITH = {Loan: ("position",)}  # what every verb on such a row needs besides


class EnteredTwice(RuntimeError):
    """A verb called another verb on the row it holds: the outer save would undo the inner one."""


@dataclass
class _Visit:
    """One row being changed, and what shall follow once it is saved."""

    row: tuple[type[models.Model], Any]
    afterwards: list[Callable[[], object]] = field(default_factory=list)


_visits: ContextVar[tuple[_Visit, ...]] = ContextVar("visits", default=())


@contextmanager
def step(
    move: Callable[[], None], *, by: User | Actor, note: str = "", detail: Detail = None, once: Once | None = None
) -> Iterator[Any]:
    """Take one step: `with step(application.approve, by=mariam) as application: ...`

    The body runs after the move and before the save, in one transaction, on a freshly locked copy whose `.event` is
    the line just written in the story. Raises TypeError without an actor, TransitionNotAllowed when the state moved
    on, PermissionDenied when `by` may not, EnteredTwice on re-entry. If anything fails, nothing happened.
    """
    with _enter(move, by=by, note=note, detail=detail, once=once, moves=True) as subject:
        yield subject


@contextmanager
def deed(
    move: Callable[[], None], *, by: User | Actor, note: str = "", detail: Detail = None, once: Once | None = None
) -> Iterator[Any]:
    """Do something that moves no state, on the same road as `step`: a note, a payment, a signature."""
    with _enter(move, by=by, note=note, detail=detail, once=once, moves=False) as subject:
        yield subject


def follow_on(verb: Callable[..., object], *args: Any, **kwargs: Any) -> None:
    """Run a verb right after the row now being changed is saved, in the same transaction."""
    _visits.get()[-1].afterwards.append(partial(verb, *args, **kwargs))


@contextmanager
def _enter(move: Any, *, by: User | Actor, note: str, detail: Detail, once: Once | None, moves: bool) -> Iterator[Any]:
    _somebody(by)
    stale, verb = move.__self__, move.__name__
    visit = _Visit((type(stale), stale.pk))
    if any(visit.row == earlier.row for earlier in _visits.get()):
        raise EnteredTwice(f"{verb}: this row is being changed already")
    with transaction.atomic():
        subject = _locked(stale)
        if once:
            refuse_repeats(once)
        before, columns = subject.state, _columns(subject)
        _move(subject, verb, by, moves=moves)
        codes = detail(subject) if callable(detail) else detail or {}
        subject.event = _remember(subject, verb, before, by, note, codes, once)
        token = _visits.set((*_visits.get(), visit))
        try:
            yield subject
        finally:
            _visits.reset(token)
        if _columns(subject) != columns:
            subject.save()
        for follow in visit.afterwards:
            follow()


def _columns(row: Any) -> list[Any]:
    return [row.__dict__.get(column.attname) for column in row._meta.concrete_fields]


def _somebody(by: object) -> None:
    if not isinstance(by, User | Actor):
        raise TypeError(f"somebody must act, not {by!r}")


def locked_loans(keys: Iterable[int]) -> dict[int, Loan]:
    """Many loans afresh and locked, by key, each with its case: cases first, then loans, both in primary-key order."""
    found = Loan.objects.filter(pk__in=list(keys)).values_list("pk", "application_id")
    cases = {case.pk: case for case in _cases().filter(pk__in={case for _, case in found}).order_by("pk")}
    loans = {}
    for loan in _rows(Loan).filter(pk__in=[loan for loan, _ in found]).order_by("pk"):
        loan.application = cases[loan.application_id]
        loans[loan.pk] = loan
    return loans


def may(row: Any, verb: str, by: User | Actor) -> None:
    """Raise TransitionNotAllowed or PermissionDenied where a deed of this name is not for `by` on this row now."""
    _move(row, verb, by, moves=False)


def _cases() -> "models.QuerySet[Application]":
    """Cases to be locked, with those who stand in them."""
    people = Prefetch("parties", Party.objects.select_related("user__phone"))
    cases = Application.objects.select_for_update(of=("self",)).select_related("applicant", "reviewer")
    return cases.prefetch_related(people)


def _rows(model: Any) -> "models.QuerySet[Any]":
    """Rows to be locked, with what every verb on them reads."""
    rows: models.QuerySet[Any] = model.objects.select_for_update(of=("self",))
    return rows.select_related(*READ_WITH.get(model, ()))


def _locked(stale: Any) -> Any:
    """The row afresh and locked, its case first."""
    case = _cases().get(pk=stale.case_id)
    if isinstance(stale, Application):
        return case
    subject = _rows(type(stale)).get(pk=stale.pk)
    if hasattr(subject, "application_id"):
        subject.application = case
    return subject


def _move(subject: Any, verb: str, by: User | Actor, *, moves: bool) -> None:
    before, move = subject.state, getattr(subject, verb)
    if not can_proceed(move):
        raise TransitionNotAllowed(f"cannot {verb} what is {before}", object=subject, method=move)
    if not has_transition_perm(move, cast(Any, by)):
        raise PermissionDenied(f"{verb}: not allowed")
    move()
    if (subject.state != before) != moves:
        raise TypeError(f"{verb} {'moves no' if moves else 'moves the'} state: use the other road")


def line(subject: Any, verb: str, before: str, by: User | Actor, detail: Codes) -> Event:
    """The line of the story for what is being done, not saved; bulk roads save theirs together."""
    return Event(
        case_id=subject.case_id,
        subject_kind=subject._meta.model_name,
        subject_id=subject.pk,
        verb=verb,
        from_state=before,
        to_state=subject.state,
        by=by if isinstance(by, User) else None,
        actor=str(by) if isinstance(by, Actor) else "user",
        at=clock.now(),
        detail=detail,
    )


def _remember(
    subject: Any, verb: str, before: str, by: User | Actor, note: str, detail: Codes, once: Once | None
) -> Event:
    event, salt = line(subject, verb, before, by, detail), new_salt()
    if note:
        event.words_hash = words_hash(salt, note)
    if once:
        event.once_key, event.body_hash = once.key, once.body_hash
    event.save()
    if note:
        Note.objects.create(event=event, salt=salt, text=note)
    return event


@dataclass
class Tally:
    """How a nightly job went: rows done, rows passed over."""

    done: int = 0
    passed_over: int = 0


def steps(
    rows: "models.QuerySet[Any]",
    verb: str,
    *,
    by: Actor,
    body: Callable[[Any], object] | None = None,
    chunk: int = 100,
) -> Tally:
    """Take the same step on many rows, in primary-key order, `chunk` rows a transaction.

    A row that fails is recorded as a Mishap and passed over. Killed half-way, the chunks done stay done and the next
    run takes the rest, because `rows` no longer holds them. `body(row)` runs after the move and before the save; the
    story's lines are written in bulk at the end of a chunk, so a body has no `.event`.
    """
    _somebody(by)
    tally = Tally()
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), chunk):
        with transaction.atomic():
            lines = []
            for key in keys[start : start + chunk]:
                line = _one_of_many(rows.model, key, verb, by, body)
                lines += [line] if line else []
                tally.done += bool(line)
                tally.passed_over += not line
            Event.objects.bulk_create(lines)
    return tally


def one_by_one(rows: "models.QuerySet[Any]", verb: str, act: Callable[[Any], object]) -> Tally:
    """Do a deed, `act(row)`, on many rows in primary-key order, each in a transaction of its own.

    A row that fails is recorded as a Mishap and passed over; the next run meets it again.
    """
    tally = Tally()
    for row in rows.order_by("pk").iterator(chunk_size=100):
        with _passing_over(verb, rows.model, row.pk) as went, transaction.atomic():
            act(row)
            went.done = 1
        tally.done += went.done
        tally.passed_over += not went.done
    return tally


def _one_of_many(model: Any, key: Any, verb: str, by: Actor, body: Callable[[Any], object] | None) -> Event | None:
    with _passing_over(verb, model, key), transaction.atomic():
        subject = _locked(model.objects.get(pk=key))
        before = subject.state
        _move(subject, verb, by, moves=True)
        if body:
            body(subject)
        subject.save()
        return line(subject, verb, before, by, {})
    return None


@contextmanager
def _passing_over(verb: str, model: Any, key: Any) -> Iterator[Tally]:
    """Whatever fails inside is recorded and goes no further."""
    try:
        yield Tally()
    except Exception as error:
        logger.exception("%s passed over %s %s", verb, model._meta.model_name, key)
        Mishap.objects.create(
            verb=verb,
            subject_kind=model._meta.model_name,
            subject_id=key,
            error=type(error).__name__,
            at=clock.now(),
        )
