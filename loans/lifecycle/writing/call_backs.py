"""Somebody asks to be called, before any case exists; an officer or a manager calls and says what came of it.

No case stands behind it, so no state moves and no event is written: the row is the task and its history.
"""

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from accounts.models import Role, User
from applicants.models import CallBack
from config import clock
from loans.holidays import closed_days
from loans.lifecycle.once import key_of, made_before
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import Tally
from money.calendar import add_business_days

CALLERS = frozenset({Role.OFFICER, Role.MANAGER})


def ask_for_a_call(
    *, name: str, phone: str, language: str, interpreter: str, suits: str, words: str, once_key: str = ""
) -> CallBack:
    """Anybody asks to be called; `interpreter` names a language, or is empty.

    The same form sent twice gives the first row again. Raises Refused: no_words, not_listed, once_key_reused.
    """
    said = {"name": name.strip(), "phone": phone.strip(), "language": language, "suits": suits}
    said |= {"interpreter": interpreter.strip(), "words": words.strip()}
    _refuse_nonsense(said)
    key = key_of(once_key)
    before: CallBack | None = made_before(CallBack, key, said)
    if before:
        return before
    try:
        with transaction.atomic():
            row: CallBack = CallBack.objects.create(**said, asked_at=clock.now(), once_key=key)
    except IntegrityError:  # the same form at the same moment
        before = made_before(CallBack, key, said)
        if before is None:
            raise
        return before
    return row


def may_call(by: User) -> bool:
    """Loan officers and managers see who waits, and call."""
    return bool(by.roles & CALLERS)


def close_call(row: CallBack, *, by: User, note: str = "") -> CallBack:
    """Somebody called, or there is nothing to call about; `note` says what came of it.

    The same again by the same person changes nothing. Raises PermissionDenied, and Refused: called_already.
    """
    if not may_call(by):
        raise PermissionDenied("an officer or a manager calls")
    with transaction.atomic():
        row = CallBack.objects.select_for_update().get(pk=row.pk)
        if row.done_at is not None:
            if row.done_by_id != by.pk or (row.note or "") != note.strip():
                raise Refused("called_already")
            return row
        row.done_at, row.done_by, row.note = clock.now(), by, note.strip()
        row.save()
    return row


def first_kept_promise(day: date) -> date:
    """Whoever asked on this day or later can still be called in time on `day`; who asked before waits too long.

    We promise to call within CALL_BACK_DAYS business days of the office, the day of asking not counted.
    """
    return add_business_days(day, -settings.CALL_BACK_DAYS, closed_days(day.year - 1, day.year, "office"))


def who_waits(day: date) -> dict[str, QuerySet[CallBack]]:
    """`waiting`: whom nobody has called yet; `overdue`: those of them who should have been called before `day`."""
    waiting = CallBack.objects.waiting()
    return {"waiting": waiting, "overdue": waiting.filter(_late(day))}


def how_many_wait(day: date) -> dict[str, int]:
    """How many there are of each of `who_waits`."""
    counts: dict[str, int] = CallBack.objects.waiting().aggregate(
        waiting=Count("pk"), overdue=Count("pk", filter=_late(day))
    )
    return counts


def _late(day: date) -> Q:
    return Q(asked_at__date__lt=first_kept_promise(day))


def forget_calls(day: date) -> Tally:
    """The clock erases what was asked, and by whom, CallBack.KEPT_DAYS after the call."""
    count, _by_model = CallBack.objects.over(day).delete()
    return Tally(done=count)


def _refuse_nonsense(said: dict[str, str]) -> None:
    for name in ("name", "phone"):
        if not said[name]:
            raise Refused("no_words", field=name)
    for name, choices in (("language", CallBack.Language), ("suits", CallBack.When)):
        if said[name] not in choices.values:
            raise Refused("not_listed", field=name)
