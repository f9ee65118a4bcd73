"""Conflicts of interest: declared by whoever has one, or by a manager; lifted by a second person."""

from django.core.exceptions import PermissionDenied

from accounts.models import Role, User
from config import clock
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.handing_over import off_the_desk
from loans.lifecycle.step import deed
from loans.models import Application, Conflict, Event


def _declared(event: Event) -> Conflict:
    conflict: Conflict = Conflict.objects.get(event=event)
    return conflict


def _lifted(event: Event) -> Conflict:
    conflict: Conflict = Conflict.objects.get(pk=event.detail["conflict"])
    return conflict


@once_only(_declared)
def declare(
    application: Application, *, by: User, note: str, person: User | None = None, once: Once | None = None
) -> Conflict:
    """`person` (without one: `by`) has a tie to the case: from now on it does not exist for them.

    A case on their desk lies on nobody's desk, in the state it is in. What they recommended or decided stays
    remembered. Raises PermissionDenied when somebody but a manager speaks for others, and Refused: empty_note,
    not_staff, conflict_already.
    """
    whose = person or by
    if whose != by and Role.MANAGER not in by.roles:
        raise PermissionDenied("declare_conflict: only a manager declares it for somebody else")
    if not note.strip():
        raise Refused("empty_note")
    with deed(application.declare_conflict, by=by, once=once, detail={"person": whose.pk}) as case:
        if not whose.is_staff:
            raise Refused("not_staff")
        if whose.pk in case.kept_from:
            raise Refused("conflict_already")
        conflict: Conflict = Conflict.objects.create(
            application=case, user=whose, declared_by=by, event=case.event, words=note.strip()
        )
        case.kept_from = [*case.kept_from, whose.pk]
        if case.reviewer_id == whose.pk:
            off_the_desk(case)
    return conflict


@once_only(_lifted)
def _lift(application: Application, *, by: User, conflict: int, note: str, once: Once | None = None) -> Conflict:
    with deed(application.lift_conflict, by=by, once=once, detail={"conflict": conflict}) as case:
        row: Conflict = case.conflicts.get(pk=conflict)
        if not may_lift(row, by):
            raise PermissionDenied("lift_conflict: a second person lifts it")
        if row.ended_at is not None:
            raise Refused("lifted_already")
        row.ended_at, row.ended_by, row.end_words = clock.now(), by, note
        row.save(update_fields=["ended_at", "ended_by", "end_words"])
        case.kept_from = [key for key in case.kept_from if key != row.user_id]
    return row


def lift(conflict: Conflict, *, by: User, note: str, once_key: str = "") -> Conflict:
    """A second person lifts it: a manager or committee member who neither has it nor declared it.

    The case exists again for the person; it does not come back to their desk by itself. Raises PermissionDenied, and
    Refused: empty_note, lifted_already.
    """
    if not note.strip():
        raise Refused("empty_note")
    lifted: Conflict = _lift(conflict.application, by=by, conflict=conflict.pk, note=note.strip(), once_key=once_key)
    return lifted


def may_lift(conflict: Conflict, by: User) -> bool:
    """Whether `by` is a second person to this conflict; that the rules of the case let them, the machine looks."""
    return by.pk not in (conflict.user_id, conflict.declared_by_id)
