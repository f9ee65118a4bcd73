"""An offer of two or three options: the borrower chooses one, and only then its terms are those of the loan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from config import clock
from loans.lifecycle.contracts import paper_making
from loans.lifecycle.contracts.agreements import throw_away_agreements, throw_away_papers
from loans.lifecycle.lending import planning
from loans.lifecycle.once import Once, loan_of, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed
from loans.models import Loan, PlanRow, VoidAgreement
from money.figures import Figures

MOST = 3
TERMS = ("principal_cents", "study_months", "repayment_months", "fee_cents")


@dataclass(frozen=True)
class Option:
    """One loan of those that may be chosen: its number from 1, its terms (not saved), its cost, its first payment."""

    number: int
    loan: Loan
    figures: Figures
    first_on: date
    is_chosen: bool


def frozen(loans: Sequence[Loan]) -> list[dict[str, Any]]:
    """The options of an offer as the loan keeps them: sums in cents, months, and the ISO day of the first payment."""
    return [{**{name: getattr(loan, name) for name in TERMS}, "first_on": _first_on(loan)} for loan in loans]


def _first_on(loan: Loan) -> str:
    rows = planning.rows_of(planning.figures_of(loan.terms).plan.instalments)
    return next(row for row in rows if row.total_cents).payable_by.isoformat()


def options_of(loan: Loan) -> list[Option]:
    """What may be chosen among, in order, worked out by the engine of the contract. Asks the database nothing."""
    found = []
    for number, terms in enumerate(loan.options, start=1):
        each = _on(Loan(**_unchanged(loan)), terms)
        first_on = date.fromisoformat(terms["first_on"])
        found.append(Option(number, each, planning.figures_of(each.terms), first_on, number == loan.chosen))
    return found


def _unchanged(loan: Loan) -> dict[str, Any]:
    names = ("annual_rate", "day_count", "fee_paid", "advance_on", "first_due", "on_rate_change")
    return {name: getattr(loan, name) for name in names}


def _on(loan: Loan, terms: dict[str, Any]) -> Loan:
    for name in TERMS:
        setattr(loan, name, terms[name])
    return loan


@once_only(loan_of)
def choose(loan: Loan, *, by: User, option: int, once: Once | None = None) -> Loan:
    """The borrower takes the option of this number, or another one instead, until somebody has signed.

    The plan is drawn up anew, and an agreement on other terms, which nobody has signed, is thrown away.
    Raises Refused: not_listed, offer_over, choice_is_signed, criminal_rate.
    """
    with deed(loan.choose, by=by, once=once, detail={"option": option}) as loan:
        if loan.open_until < clock.today():
            raise Refused("offer_over")
        if not 1 <= option <= len(loan.options):
            raise Refused("not_listed", field="option")
        if loan.signatures.exists():
            raise Refused("choice_is_signed")
        if loan.chosen != option:
            _take(loan, option)
    return loan


def _take(loan: Loan, option: int) -> None:
    _on(loan, loan.options[option - 1]).chosen = option
    planning.refuse_criminal(loan.terms)
    draw_up_anew(loan, VoidAgreement.Why.OPTION)


def draw_up_anew(loan: Loan, why: VoidAgreement.Why) -> None:
    """The plan of the loan's terms as they are now, in place of the one before: nobody has signed that.

    Papers on other terms are thrown away, a worker makes new ones, and what was explained with other figures is asked
    again.
    """
    loan.explained.all().delete()
    throw_away_agreements(loan, why)
    throw_away_papers(loan, why)
    PlanRow.objects.filter(plan__loan=loan).delete()
    loan.plans.all().delete()
    planning.new_version(loan, reason="offer")
    paper_making.ring(loan)
