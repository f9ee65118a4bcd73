"""The loans on which money is out, each as (principal in cents, days late): today, or seen from another day."""

from datetime import date, datetime

from django.db.models import Prefetch

from config import clock
from loans.lifecycle import books
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
        dues = _next_unpaid(loans[start : start + AT_ONCE], on, known_at)
        payable_by = _payable_by(dues, known_at)
        found += [(principals[key], days_late(payable_by.get((key, due), due), on)) for key, due in dues.items()]
    return found


def _next_unpaid(keys, on, known_at):
    """Loan → the due day of the first instalment that lacks something, of those that still run."""
    facts = Prefetch("facts", Fact.objects.as_known(known_at).filter(on__lte=on))
    replayed = {loan.pk: books.book_of(loan) for loan in Loan.objects.filter(pk__in=keys).prefetch_related(facts)}
    return {key: book.next_unpaid_on for key, book in replayed.items() if not book.owes_nothing}


def _payable_by(dues, known_at):
    """(loan, due day) → the business day to which it was moved, by the newest plan made by then."""
    rows = PlanRow.objects.filter(plan__loan__in=dues, plan__made_at__lte=known_at, due_on__in=set(dues.values()))
    columns = rows.order_by("plan__version").values_list("plan__loan", "due_on", "payable_by")
    return {(loan, due_on): payable_by for loan, due_on, payable_by in columns}
