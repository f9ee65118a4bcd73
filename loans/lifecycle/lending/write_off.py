"""Giving up: one person proposes, a second writes off; what comes in later is a recovery; an error is undone by two."""

from datetime import date

from accounts.models import User
from config import clock
from loans.lifecycle.ledger import books
from loans.lifecycle.lending.repayment import check_payment, fact_of, receive, settle
from loans.lifecycle.once import Once, loan_of, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed, follow_on, step
from loans.lifecycle.tell import tell_parties
from loans.models import Fact, Loan
from money.book import FactKind


@once_only(loan_of)
def propose(loan: Loan, *, by: User, note: str, once: Once | None = None) -> Loan:
    """Somebody proposes to give up the rest, and says why. Raises Refused: empty_note, owes_nothing."""
    if not note.strip():
        raise Refused("empty_note")
    with deed(loan.propose_write_off, by=by, note=note.strip(), once=once) as loan:
        if books.stands(loan, clock.today()).owes_nothing:
            raise Refused("owes_nothing")
        loan.write_off_proposed_by = by
    return loan


@once_only(loan_of)
def drop(loan: Loan, *, by: User, note: str = "", once: Once | None = None) -> Loan:
    """The proposal is taken back or turned down."""
    with deed(loan.drop_write_off, by=by, note=note.strip(), once=once) as loan:
        loan.write_off_proposed_by = None
    return loan


@once_only(loan_of)
def write_off(loan: Loan, *, by: User, note: str = "", once: Once | None = None) -> Loan:
    """A second person agrees: from today the books hold a loss. The debt remains, and what comes in is a recovery.

    Raises Refused("owes_nothing").
    """
    with step(loan.write_off, by=by, note=note.strip(), once=once) as loan:
        book = books.stands(loan, clock.today())
        if book.owes_nothing:
            raise Refused("owes_nothing")
        books.write(loan, FactKind.WRITE_OFF, on=clock.today(), cents=book.owed_cents, event=loan.event)
        loan.written_off_by = by
        tell_parties(loan.application, "written_off", occasion=f"write-off:{loan.event.pk}", cents=book.owed_cents)
    return loan


@once_only(loan_of)
def reinstate(loan: Loan, *, by: User, note: str, once: Once | None = None) -> Loan:
    """The write-off was entered in error: it is reversed, and the loan runs as if it had never been.

    Raises Refused: empty_note, recovered_meanwhile (what came in must be reversed first: it would be a payment then).
    """
    if not note.strip():
        raise Refused("empty_note")
    with step(loan.reinstate, by=by, note=note.strip(), once=once) as loan:
        if loan.facts.filter(kind=FactKind.RECOVERY, reversed_by=None).exists():
            raise Refused("recovered_meanwhile")
        fact = loan.facts.get(kind=FactKind.WRITE_OFF, reversed_by=None)
        books.write(loan, FactKind.REVERSAL, on=fact.on, cents=fact.cents, event=loan.event, reverses=fact)
        loan.write_off_proposed_by = loan.written_off_by = None
        follow_on(settle, loan)
    return loan


@once_only(fact_of)
def record_recovery(
    loan: Loan, *, by: User, on: date, cents: int, method: str, payer: str, once: Once | None = None
) -> Fact:
    """Money that came in on `on`, after the write-off; the borrower gets a receipt.

    Raises Refused: no_amount, too_large, unknown_method, no_payer, in_the_future, before_write_off, and
    more_than_owed (with `owed_cents`): nobody pays back more than was given up.
    """
    check_payment(cents, method, payer, on)
    with deed(loan.record_recovery, by=by, once=once, detail={"cents": cents, "method": method}) as loan:
        given_up = loan.facts.get(kind=FactKind.WRITE_OFF, reversed_by=None)
        if on < given_up.on:
            raise Refused("before_write_off", on=given_up.on)
        left = books.stands(loan, max(on, clock.today())).written_off_cents
        if cents > left:
            raise Refused("more_than_owed", owed_cents=left)
        posting = receive(loan, FactKind.RECOVERY, on=on, valued_on=on, cents=cents, method=method, payer=payer)
        fact, now = posting.fact, books.balance_then(posting, max(on, clock.today()))
        tell_parties(
            loan.application,
            "recovery_received",
            occasion=f"payment:{fact.pk}",
            cents=cents,
            on=on.isoformat(),
            owed_cents=now.written_off_cents,
        )
    return fact
