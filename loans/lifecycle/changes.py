"""What changes a running loan's plan: a pause, another rate, a new spread of what is owed. Each makes a new version of
the plan, tells the parties, and is refused where the cost would break section 347 of the Criminal Code.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.actors import CLOCK, Actor
from accounts.models import User
from config import clock
from loans.lifecycle import books, planning
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import Tally, deed, one_by_one
from loans.lifecycle.tell import tell_parties
from loans.models import Event, IndexRate, Loan
from money.amounts import round_cent
from money.book import BookError, FactKind
from money.calendar import add_months
from money.interest import is_rate

MOST_PAUSED = 6  # instalments of one pause
MOST_MONTHS = 120  # of a new spread


def _loan_of(event: Event) -> Loan:
    loan: Loan = Loan.objects.get(pk=event.subject_id)
    return loan


@once_only(_loan_of)
def pause(loan: Loan, *, by: User, instalments: int, note: str, once: Once | None = None) -> Loan:
    """The next `instalments` (1 to 6) ask for nothing. Interest runs on and is due with the first one after them.

    Raises Refused: empty_note, out_of_bounds, no_plan_left.
    """
    _needs_note(note)
    if not 1 <= instalments <= MOST_PAUSED:
        raise Refused("out_of_bounds", field="instalments", least=1, most=MOST_PAUSED)
    with deed(loan.pause, by=by, note=note.strip(), once=once, detail={"instalments": instalments}) as loan:
        _change(loan, FactKind.PAUSE, on=clock.today(), detail={"instalments": instalments})
    return loan


@once_only(_loan_of)
def lower_rate(loan: Loan, *, by: User, annual_rate: Decimal, note: str, once: Once | None = None) -> Loan:
    """From today the loan bears a lower rate (a fraction a year); to raise one, the borrower would have to agree.

    Raises Refused: empty_note, not_lower (with the rate in force), follows_index, no_plan_left.
    """
    _needs_note(note)
    with deed(loan.lower_rate, by=by, note=note.strip(), once=once, detail={"rate": str(annual_rate)}) as loan:
        if loan.follows_index:
            raise Refused("follows_index")
        today = clock.today()
        in_force = books.stands(loan, today).version.rate_on(today)
        if not is_rate(annual_rate) or annual_rate >= in_force:
            raise Refused("not_lower", rate=in_force)
        _change(loan, FactKind.RATE_CHANGE, on=today, detail={"annual_rate": str(annual_rate)})
    return loan


@once_only(_loan_of)
def reschedule(loan: Loan, *, by: User, months: int, first_due: date, note: str, once: Once | None = None) -> Loan:
    """All that is owed is spread anew over `months` (1 to 120) instalments from `first_due`; nothing is late then.

    Overdue interest and fees are asked with the first of them and never become principal.
    Raises Refused: empty_note, out_of_bounds (months, first_due: within two months), owes_nothing, no_plan_left.
    """
    _needs_note(note)
    today = clock.today()
    if not 1 <= months <= MOST_MONTHS:
        raise Refused("out_of_bounds", field="months", least=1, most=MOST_MONTHS)
    if not today < first_due <= add_months(today, 2):
        raise Refused("first_due_too_far", field="first_due")
    with deed(loan.reschedule, by=by, note=note.strip(), once=once, detail={"months": months}) as loan:
        book = books.stands(loan, today)
        if not book.principal_cents:
            raise Refused("owes_nothing")
        detail = {
            "instalments": months,
            "first_due": first_due.isoformat(),
            "interest_cents": round_cent(book.interest_exact),
            "fees_cents": book.fees_cents,
        }
        _change(loan, FactKind.RESCHEDULE, on=today, cents=book.principal_cents, detail=detail)
    return loan


def follow_indexes(day: date) -> Tally:
    """The clock gives every running loan that follows an index the rates published up to `day`, each from its day."""
    loans = Loan.objects.running().filter(follows_index=True)
    return one_by_one(loans, "follow_index", lambda loan: [follow_index(loan, row) for row in _unheard(loan, day)])


def follow_index(loan: Loan, row: IndexRate, by: Actor = CLOCK) -> Loan:
    """The loan bears the published rate and its margin from the row's day, or from its own first day.

    Raises Refused: criminal_rate, no_plan_left.
    """
    with deed(loan.follow_index, by=by, detail={"index": row.index, "starts": row.starts.isoformat()}) as loan:
        rate = max(Decimal(0), row.annual_rate + loan.margin)
        detail = {"annual_rate": str(rate), "index": row.index, "starts": row.starts.isoformat()}
        _change(loan, FactKind.RATE_CHANGE, on=max(row.starts, loan.advance_on), detail=detail)
    return loan


def _unheard(loan: Loan, day: date) -> list[IndexRate]:
    """The index's values since the offer that this loan has not been given yet."""
    heard = {fact.detail.get("starts") for fact in loan.facts.filter(kind=FactKind.RATE_CHANGE, reversed_by=None)}
    rows = IndexRate.objects.filter(index=loan.rate_index, starts__gt=clock.day_of(loan.offered_at), starts__lte=day)
    return [row for row in rows.order_by("starts") if row.starts.isoformat() not in heard]


def _change(loan: Loan, kind: FactKind, *, on: date, detail: dict[str, Any], cents: int = 0) -> None:
    """Write the fact, and with it the new version of the plan; tell the parties what is due next."""
    try:
        books.write(loan, kind, on=on, cents=cents, event=loan.event, detail=detail)
    except BookError as error:
        raise Refused("no_plan_left") from error
    book = books.stands(loan, max(on, clock.today()))
    planning.refuse_criminal(book.version.terms)
    following = book.next_unpaid
    plan = planning.plan_in_force(loan)
    tell_parties(
        loan.application,
        "plan_changed",
        occasion=f"plan:{loan.pk}:{plan.version}",
        change=kind.value,
        rate=str(book.version.rate_on(on)),
        next_due_on=planning.payable_by(loan, following.number).isoformat() if following else None,
        next_due_cents=following.lacking_cents if following else None,
        payment_cents=plan.payment_cents,
        last_due_on=book.version.dues[-1].isoformat(),
    )


def _needs_note(note: str) -> None:
    if not note.strip():
        raise Refused("empty_note")
