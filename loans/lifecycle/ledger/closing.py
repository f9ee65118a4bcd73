"""Closing the books of a month: what was booked there stays, and what comes later is booked in the open one."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Min

from accounts.models import Role, User
from config import clock
from loans.lifecycle.refusal import Refused
from loans.models import Closing, Entry

CLOSERS = frozenset((Role.MANAGER, Role.FINANCE))
A_DAY = timedelta(days=1)


def may_close(by: User) -> bool:
    """Whether this person may close the books."""
    return bool(by.roles & CLOSERS)


def close_through(day: date, *, by: User) -> Closing:
    """Close the books through `day`, a month's last day that is over. There is no way back; a later closing reaches
    further. A payment that is being written meanwhile is waited for.

    Raises PermissionDenied, and Refused: not_a_month_end, month_not_over, closed_already (with the last day closed).
    """
    if not may_close(by):
        raise PermissionDenied("the books are closed by a manager or finance")
    if (day + A_DAY).day != 1:
        raise Refused("not_a_month_end")
    if day >= clock.today():
        raise Refused("month_not_over")
    with transaction.atomic():
        hold_back_writers()
        closed = closed_through()
        if closed and day <= closed:
            raise Refused("closed_already", on=closed)
        closing: Closing = Closing.objects.create(through=day, closed_at=clock.now(), closed_by=by)
    return closing


def closed_through() -> date | None:
    """The last day of the books that is closed; None when none is."""
    last: Closing | None = Closing.objects.last()
    return last.through if last else None


def first_open_day(earliest: date) -> date:
    """The first open day of the books, seen from a line of the day `earliest`, which is given back when it is open.

    Only months that are over are closed: for a line of this month nothing is looked up, unless the clock was set to
    another day.
    """
    if earliest >= clock.today().replace(day=1) and not clock.is_set():
        return earliest
    closed = closed_through()
    return max(earliest, closed + A_DAY) if closed else earliest


def months_to_close() -> list[date]:
    """The last days of the months that are over and not closed, latest first, from the first month with an entry."""
    closed = closed_through()
    opens = closed + A_DAY if closed else Entry.objects.aggregate(first=Min("booked_on"))["first"]
    end, found = clock.today().replace(day=1) - A_DAY, []
    while opens and end >= opens:
        found.append(end)
        end = end.replace(day=1) - A_DAY
    return found


def hold_back_writers() -> None:
    """Until this transaction ends nobody writes a fact or a signing, and those being written are waited for.

    On SQLite the transaction alone does; on PostgreSQL a fact could else commit behind a root or a closing.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE loans_fact, loans_signingrecord IN SHARE ROW EXCLUSIVE MODE")
