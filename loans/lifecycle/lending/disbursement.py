"""Money out: from the signed agreement to the borrower's account."""

from datetime import date

from accounts.actors import LEDGER
from accounts.models import User
from config import clock
from loans.lifecycle.contracts import cooling
from loans.lifecycle.deciding import decision
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import bank_gates, planning
from loans.lifecycle.offering import limits
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conditions
from loans.lifecycle.step import follow_on, step
from loans.lifecycle.tell import tell_parties
from loans.models import Advance, Event, Loan
from money.book import FactKind
from money.facts import CHANGES


def _advance_of(event: Event) -> Advance:
    advance: Advance = Advance.objects.get(pk=event.subject_id)
    return advance


@once_only(_advance_of)
def release(advance: Advance, *, by: User, once: Once | None = None) -> Advance:
    """Finance lets a planned advance go. Raises Refused: still_cooling, open_before_advance, details_not_verified,
    debit_not_agreed.
    """
    with step(advance.release, by=by, once=once) as advance:
        _refuse_early(advance)
    return advance


@once_only(_advance_of)
def send(advance: Advance, *, by: User, on: date, once: Once | None = None) -> Advance:
    """The money left the bank on `on`: the fact is in ink, and the plan counts from that day.

    Raises Refused: in_the_future, before_signing, still_cooling, open_before_advance, details_not_verified (also where
    they were not in force on that day yet), debit_not_agreed, criminal_rate.
    """
    if on > clock.today():
        raise Refused("in_the_future")
    with step(advance.send, by=by, once=once) as advance:
        _refuse_early(advance)
        signed_at = advance.loan.signed_at
        if signed_at is None or on < clock.day_of(signed_at):
            raise Refused("before_signing")
        cooling.refuse_while_cooling(advance.loan, on)
        bank_gates.refuse_before_advance(advance, on)
        advance.sent_on = on
        follow_on(_activate, advance, on, advance.event)
    return advance


def _refuse_early(advance: Advance) -> None:
    cooling.refuse_while_cooling(advance.loan)
    conditions.refuse_before_advance(advance)
    bank_gates.refuse_before_advance(advance)


def _activate(advance: Advance, on: date, event: Event) -> None:
    """The first advance makes the loan active, on a plan that counts from the day the money really left."""
    with step(advance.loan.activate, by=LEDGER) as loan:
        if on != loan.advance_on:
            _count_from(loan, on)
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
        tell_parties(
            loan.application,
            "money_sent",
            occasion=f"advance:{advance.pk}",
            cents=advance.cents - (loan.fee_cents if loan.fee_paid == "deducted" else 0),
            on=on.isoformat(),
            **planning.next_due(loan, books.stands(loan, clock.today())),
        )


def _count_from(loan: Loan, on: date) -> None:
    """The plan counts from the day the money left; the agreed first due day stays while there are days enough to it.

    A fee weighs more on a shorter time: where that would cost more a year than section 347 allows, it is a month later.
    Raises Refused("criminal_rate") when that does not help.
    """
    agreed, loan.advance_on = loan.first_due, on
    loan.first_due = planning.still_due(agreed, on)
    if not limits.is_lawful(loan.terms):
        loan.first_due = planning.still_due(agreed, on, later=1)
        planning.refuse_criminal(loan.terms)


@once_only(_advance_of)
def take_back(advance: Advance, *, by: User, note: str, once: Once | None = None) -> Advance:
    """The money came back to the office: it was never lent, and bears no interest. Once every advance came back the
    loan is cancelled and the case lies on the desk again.

    Raises Refused: empty_note, moved_meanwhile (payments, fees or waivers must be reversed first).
    """
    if not note.strip():
        raise Refused("empty_note")
    with step(advance.take_back, by=by, note=note.strip(), once=once) as advance:
        loan = advance.loan
        sent = Event.objects.filter(subject_kind="advance", subject_id=advance.pk, verb="send").latest("pk")
        standing = loan.facts.filter(reversed_by=None).exclude(kind__in=[FactKind.REVERSAL, *CHANGES])
        if standing.exclude(event=sent).exclude(kind=FactKind.ADVANCE).exists():
            raise Refused("moved_meanwhile")
        for fact in standing.filter(event=sent).order_by("-number"):
            books.write(loan, FactKind.REVERSAL, on=fact.on, cents=fact.cents, event=advance.event, reverses=fact)
        tell_parties(loan.application, "money_came_back", occasion=f"returned:{advance.pk}", cents=advance.cents)
        follow_on(_undo, loan)
    return advance


def _undo(loan: Loan) -> None:
    """Nothing is lent any more: the loan is over before it began."""
    if loan.advances.filter(state=Advance.State.SENT).exists():
        return
    for advance in loan.advances.filter(state__in=[Advance.State.PLANNED, Advance.State.RELEASED]):
        with step(advance.cancel, by=LEDGER):
            pass
    with step(loan.undo, by=LEDGER) as loan:
        follow_on(decision.reconsider, loan.application)


def nothing_on_its_way(loan: Loan) -> bool:
    """Whether no advance is planned or released any more."""
    open_states = [Advance.State.PLANNED, Advance.State.RELEASED]
    return not loan.advances.filter(state__in=open_states).exists()
