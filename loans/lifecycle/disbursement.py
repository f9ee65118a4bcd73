"""Money out: from the signed agreement to the borrower's account."""

from datetime import date

from accounts.actors import LEDGER
from accounts.models import User
from config import clock
from loans.lifecycle import books, planning
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import follow_on, step
from loans.lifecycle.tell import tell_parties
from loans.models import Advance, Event, Loan
from money.book import FactKind


def _advance_of(event: Event) -> Advance:
    advance: Advance = Advance.objects.get(pk=event.subject_id)
    return advance


@once_only(_advance_of)
def release(advance: Advance, *, by: User, once: Once | None = None) -> Advance:
    """Finance lets a planned advance go."""
    with step(advance.release, by=by, once=once) as advance:
        pass
    return advance


@once_only(_advance_of)
def send(advance: Advance, *, by: User, on: date, once: Once | None = None) -> Advance:
    """The money left the bank on `on`: the fact is in ink, and the plan counts from that day.

    Raises Refused: in_the_future, before_signing.
    """
    if on > clock.today():
        raise Refused("in_the_future")
    with step(advance.send, by=by, once=once) as advance:
        signed_at = advance.loan.signed_at
        if signed_at is None or on < clock.day_of(signed_at):
            raise Refused("before_signing")
        advance.sent_on = on
        follow_on(_activate, advance, on, advance.event)
    return advance


def _activate(advance: Advance, on: date, event: Event) -> None:
    """The first advance makes the loan active, on a plan that counts from the day the money really left."""
    with step(advance.loan.activate, by=LEDGER) as loan:
        if on != loan.advance_on:
            loan.advance_on = on
            loan.first_due = planning.still_due(loan.first_due, on)
            planning.new_version(loan, reason="advance_sent")
        books.write(loan, FactKind.ADVANCE, on=on, cents=advance.cents, event=event)
        if loan.fee_cents:
            books.write(
                loan,
                FactKind.FEE,
                on=on,
                cents=loan.fee_cents,
                event=event,
                detail={"paid": loan.fee_paid},
            )
        first = planning.plan_in_force(loan).rows.all()[0]
        tell_parties(
            loan.application,
            "money_sent",
            occasion=f"advance:{advance.pk}",
            cents=advance.cents - (loan.fee_cents if loan.fee_paid == "deducted" else 0),
            on=on.isoformat(),
            next_due_on=first.payable_by.isoformat(),
            next_due_cents=first.total_cents,
        )


def nothing_on_its_way(loan: Loan) -> bool:
    """Whether no advance is planned or released any more."""
    open_states = [Advance.State.PLANNED, Advance.State.RELEASED]
    return not loan.advances.filter(state__in=open_states).exists()
