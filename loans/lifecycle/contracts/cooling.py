"""A change of mind: some days after the last signature in which a borrower may withdraw, and no money leaves."""

from datetime import date, timedelta

from accounts.models import User
from config import clock
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import decision
from loans.lifecycle.once import Once, loan_of, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import follow_on, step
from loans.lifecycle.tell import tell_colleague, tell_parties
from loans.models import Loan


def money_from(loan: Loan) -> date | None:
    """The first day on which money of a signed loan may leave, where a borrower could withdraw; else None."""
    until: date | None = loan.cooling_until
    return until and until + timedelta(days=1)


def refuse_while_cooling(loan: Loan, on: date | None = None) -> None:
    """Raise Refused("still_cooling") while a borrower may withdraw on `on` (today)."""
    first = money_from(loan)
    if first is not None and (on or clock.today()) < first:
        raise Refused("still_cooling", day=first)


@once_only(loan_of)
def withdraw_from(loan: Loan, *, by: User, note: str = "", once: Once | None = None) -> Loan:
    """A borrower has changed their mind: nothing is lent, nobody owes anything, and all are told.

    Raises Refused("cooling_over") after the last day, or where the loan has no such days.
    """
    with step(loan.withdraw_from, by=by, note=note.strip(), once=once) as loan:
        until = loan.cooling_until
        if until is None or until < clock.today():
            raise Refused("cooling_over")
        signing.cancel_advances(loan)
        case, occasion = loan.application, f"withdrawn:{loan.pk}"
        tell_parties(case, "loan_withdrawn", occasion=occasion, number=loan.number)
        if case.reviewer is not None:
            tell_colleague(case, case.reviewer, "mind_changed", occasion=occasion)
        follow_on(decision.reconsider, case)
    return loan
