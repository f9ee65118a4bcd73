"""The loans on which money is out, each as (principal in cents, days late): today, or seen from another day."""

from datetime import date, datetime

from django.db.models import Prefetch

from config import clock
from loans.lifecycle.ledger import books
from loans.lifecycle.lending.held import unpaid_from, waits
from loans.models import Entry, Fact, Loan, PlanRow, Position
from money.arrears import days_late

AT_ONCE = 200  # loans
Running = list[tuple[int, int]]


def today() -> Running:
    """As the positions say."""
    out = Position.objects.filter(loan__state=Loan.State.ACTIVE).values_list("principal_cents", "next_unpaid_on")
    return [(principal, days_late(next_unpaid_on, clock.today())) for principal, next_unpaid_on in out]


def looked_back(on: date, known_at: datetime) -> Running:
    """As of the day `on`, from what had been recorded by `known_at`: which and how much the entries say in one query,
    how late the replay of each of these loans. What is recorded later changes nothing of it.
    """
    principals = Entry.objects.as_of(on).as_known(known_at).principal_by_loan()
    found = []
    loans = sorted(principals)
    for start in range(0, len(loans), AT_ONCE):
        unpaid = _next_unpaid(loans[start : start + AT_ONCE], on, known_at)
        late_after = _late_after(unpaid, known_at)
        found += [(principals[loan.pk], days_late(late_after[loan.pk], on)) for loan in unpaid]
    return found


def _next_unpaid(keys, on, known_at):
    """Loan → its first instalment that lacks something, of those that still run."""
    facts = Prefetch("facts", Fact.objects.as_known(known_at).filter(on__lte=on))
    replayed = {loan: books.book_of(loan) for loan in Loan.objects.filter(pk__in=keys).prefetch_related(facts)}
    return {loan: book.next_unpaid for loan, book in replayed.items() if not book.owes_nothing}


def _late_after(unpaid, known_at):
    """Key of a loan → the last day to pay in time what its instalment lacks: as its position said then.

    That is the business day to which the due day was moved, or the day of the debit after a held one (held.py).
    """
    days = {loan.pk: row.due_on if row else None for loan, row in unpaid.items()}
    days |= _payable_by(days, known_at)
    waiting = {loan.pk: (loan, row) for loan, row in unpaid.items() if row and waits(loan, row) >= row.lacking_cents}
    for key, known in _days_known(waiting, known_at).items():
        loan, row = waiting[key]
        loan.days_in_force = known
        days[key] = unpaid_from(loan, row)
    return days


def _payable_by(dues, known_at):
    """Key of a loan → the business day to which its due day was moved, by the newest plan made by then."""
    rows = PlanRow.objects.filter(plan__loan__in=dues, plan__made_at__lte=known_at, due_on__in=set(dues.values()))
    columns = rows.order_by("plan__version").values_list("plan__loan", "due_on", "payable_by")
    return {loan: payable_by for loan, due_on, payable_by in columns if dues[loan] == due_on}


def _days_known(keys, known_at):
    """Key of a loan → the days of its newest plan made by then, as planning.days_of tells them. No query for none."""
    if not keys:
        return {}
    rows = PlanRow.objects.filter(plan__loan__in=keys, plan__made_at__lte=known_at).order_by("plan__version", "number")
    versions = {}
    for loan, version, *day in rows.values_list("plan__loan", "plan__version", "number", "due_on", "payable_by"):
        versions.setdefault(loan, {}).setdefault(version, []).append(tuple(day))
    return {loan: made[max(made)] for loan, made in versions.items()}
