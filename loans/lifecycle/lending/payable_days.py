"""By when an instalment is payable, once the calendar changes: the next business day after its due day, as now known.

Only `payable_by` moves, and with it the position's `next_unpaid_on`. The due day, the instalment and the interest stay
as agreed, whatever the calendar says (DOMAIN section 8), and what is past stays as it was.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from loans.holidays import closed_days
from loans.lifecycle.ledger import books
from loans.lifecycle.lending.held import unpaid_from
from loans.lifecycle.step import Tally
from loans.models import Application, Loan, Plan, PlanRow, Position
from money.calendar import next_business_day

STILL_PAID = (Loan.State.OFFERED, Loan.State.SIGNED, Loan.State.ACTIVE)
AT_ONCE = 200  # loans a transaction
Moves = dict[tuple[date, date], date]  # (due day, payable by) → payable by, from now on


def move_payable_days(today: date) -> Tally:
    """Let every instalment that can still be paid on time be payable by the day that the calendar now says.

    Done after a day of the calendar was confirmed, and each night for what slipped by. Takes plans in force of loans
    that are offered, signed or active, `AT_ONCE` loans a transaction, each case locked as for any verb. A payable-by
    day before `today` is never touched, and none moves back to `today` or earlier: nobody becomes late by it. A second
    run finds nothing to do. Returns how many loans changed.
    """
    tally, moves = Tally(), _moves(today)
    for loans in _chunks(today, moves):
        with transaction.atomic():
            tally.done += _move(loans, today, moves)
    return tally


def _open_rows(today: date) -> "QuerySet[PlanRow]":
    """Instalments of plans in force that can still be paid on time."""
    newer = Plan.objects.filter(loan=OuterRef("plan__loan"), version__gt=OuterRef("plan__version"))
    rows: QuerySet[PlanRow] = PlanRow.objects.filter(
        ~Exists(newer), payable_by__gte=today, plan__loan__state__in=STILL_PAID
    )
    return rows


def _moves(today: date) -> Moves:
    """Where some instalment says otherwise than the calendar."""
    pairs = set(_open_rows(today).order_by().values_list("due_on", "payable_by").distinct())
    if not pairs:
        return {}
    closed = closed_days(min(pairs)[0].year, max(pairs)[0].year + 1)
    wanted = {(due_on, now): next_business_day(due_on, closed) for due_on, now in pairs}
    return {pair: to for pair, to in wanted.items() if to > pair[1] or today < to < pair[1]}


def _chunks(today: date, moves: Moves) -> Iterator[list[int]]:
    due_days, payable_days = ({pair[side] for pair in moves} for side in (0, 1))
    rows = _open_rows(today).filter(due_on__in=due_days, payable_by__in=payable_days)
    keys = sorted(set(rows.values_list("plan__loan_id", flat=True))) if moves else []
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def _move(loans: list[int], today: date, moves: Moves) -> int:
    """Move the rows of these loans, read afresh behind the locks of their cases; how many loans changed."""
    list(Application.objects.filter(loans__in=loans).order_by("pk").select_for_update(of=("self",)))
    rows = _open_rows(today).filter(plan__loan__in=loans, payable_by__in={now for _, now in moves})
    went: dict[tuple[int, date], set[date]] = defaultdict(set)
    moved = []
    for row in rows.select_related("plan"):
        to = moves.get((row.due_on, row.payable_by), row.payable_by)
        went[row.plan.loan_id, row.payable_by].add(to)
        if to != row.payable_by:
            row.payable_by = to
            moved.append(row)
    PlanRow.objects.bulk_update(moved, ["payable_by"])
    _move_positions(loans, went)
    return len({row.plan.loan_id for row in moved})


def _move_positions(loans: list[int], went: dict[tuple[int, date], set[date]]) -> None:
    """Let each position name the new day of its next unpaid instalment."""
    positions: Any = Position.objects.filter(loan__in=loans, next_unpaid_on__isnull=False).select_related("loan")
    changed = []
    for position in positions:
        to = went.get((position.loan_id, position.next_unpaid_on), {position.next_unpaid_on})
        # Instalments that shared a day and part now: only the book knows which of them is the next.
        day = next(iter(to)) if len(to) == 1 else _folded(position)
        if day != position.next_unpaid_on:
            position.next_unpaid_on = day
            changed.append(position)
    Position.objects.bulk_update(changed, ["next_unpaid_on"])


def _folded(position: Any) -> date | None:
    following = books.stands(position.loan, position.at).next_unpaid
    return unpaid_from(position.loan, following) if following else position.next_unpaid_on
