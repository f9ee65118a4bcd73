"""Other terms inside what was approved: the borrower tries them with the engine of the contract, and may take them.

The bounds stand on the loan from the day it is offered: a sum up to what was approved, paid back no later than was
approved, and the day of the month on which they pay. Study months, rate and fees stay those of the offer.
"""

from calendar import monthrange
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from config import clock
from loans.lifecycle.lending import planning
from loans.lifecycle.lending.planning import LEAST_DAYS_TO_FIRST_DUE, Estimate
from loans.lifecycle.offering import choosing
from loans.lifecycle.once import Once, loan_of, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed
from loans.models import Loan, Product, VoidAgreement
from money.calendar import add_months

LAST_PAY_DAY = 28  # that every month has
Why = VoidAgreement.Why
OWN = 0  # in `Loan.chosen`: none of the options


@dataclass(frozen=True)
class Bounds:
    """What may be taken: sums in cents and months, from the least to the most, and days of the month."""

    least_cents: int
    most_cents: int
    least_months: int
    most_months: int
    pay_days: tuple[int, ...]


def bounds_when_offered(product: Product, loans: Sequence[Loan]) -> dict[str, Any]:
    """The bounds of an offer of these loans, as the loan keeps them: never above what was approved."""
    return {
        "cents": [product.min_cents, max(loan.principal_cents for loan in loans)],
        "months": [product.min_repayment_months, max(loan.repayment_months for loan in loans)],
    }


def bounds_of(loan: Loan) -> Bounds | None:
    """Inside which the terms of this offer may be moved; None for offers of before, which stand as they are."""
    if not loan.bounds:
        return None
    days = sorted({*range(1, LAST_PAY_DAY + 1), planning.first_due(loan.advance_on).day})
    (least_cents, most_cents), (least_months, most_months) = loan.bounds["cents"], loan.bounds["months"]
    return Bounds(least_cents, most_cents, least_months, most_months, tuple(days))


def may_take(loan: Loan) -> bool:
    """Whether the offer is open, has bounds, and nobody has signed."""
    is_open = loan.state == Loan.State.OFFERED and loan.open_until >= clock.today()
    return is_open and bool(loan.bounds) and not loan.signatures.exists()


def first_due_on(advance_on: date, pay_day: int) -> date:
    """The first due day on this day of the month, fifteen days or more after the money leaves.

    The day of the month on which the money leaves is that of a whole month later, as in every offer.
    """
    usual = planning.first_due(advance_on)
    if pay_day == usual.day:
        return usual
    earliest = advance_on + timedelta(days=LEAST_DAYS_TO_FIRST_DUE)
    month = earliest.replace(day=1)
    if earliest.day > pay_day:
        month = add_months(month, 1)
    return month.replace(day=min(pay_day, monthrange(month.year, month.month)[1]))


def estimate(loan: Loan, *, principal_cents: int, repayment_months: int, pay_day: int) -> Estimate:
    """The offer on these terms, not saved, and what it would come to.

    Raises Refused: fixed_offer for an offer of before; outside_product, not_listed; criminal_rate, impossible_terms.
    """
    bounds = bounds_of(loan)
    if bounds is None:
        raise Refused("fixed_offer")
    _within("principal_cents", principal_cents, bounds.least_cents, bounds.most_cents)
    _within("repayment_months", repayment_months, bounds.least_months, bounds.most_months)
    if pay_day not in bounds.pay_days:
        raise Refused("not_listed", field="pay_day")
    other = copy(loan)
    _put_on(other, loan.application.product, principal_cents, repayment_months, pay_day)
    for option in choosing.options_of(other):  # they would be paid from this day on too
        planning.refuse_criminal(option.loan.terms)
    return Estimate(other, planning.refuse_criminal(other.terms))


@once_only(loan_of)
def take(
    loan: Loan,
    *,
    by: User,
    principal_cents: int,
    repayment_months: int,
    pay_day: int,
    shown: int | None = None,
    once: Once | None = None,
) -> Loan:
    """The borrower takes these terms for those of the offer, until somebody has signed.

    The plan is drawn up anew, an agreement that nobody has signed is thrown away, and the questions are asked again.
    `shown` is the key of the plan beside which they were tried. Raises Refused: offer_over, choice_is_signed,
    other_terms_chosen, and what `estimate` raises.
    """
    terms = {"principal_cents": principal_cents, "repayment_months": repayment_months, "pay_day": pay_day}
    with deed(loan.take_own_terms, by=by, once=once, detail=terms) as loan:
        if loan.open_until < clock.today():
            raise Refused("offer_over")
        if loan.signatures.exists():
            raise Refused("choice_is_signed")
        if shown is not None and not loan.plans.filter(pk=shown).exists():
            raise Refused("other_terms_chosen")
        estimate(loan, **terms)
        before = (loan.chosen, loan.terms)
        _put_on(loan, loan.application.product, principal_cents, repayment_months, pay_day)
        _mark(loan)
        if (loan.chosen, loan.terms) != before:
            choosing.draw_up_anew(loan, Why.OPTION if loan.chosen else Why.OWN_TERMS)
    return loan


def _within(name: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise Refused("outside_product", field=name, least=least, most=most)


def _put_on(loan: Loan, product: Product, principal_cents: int, repayment_months: int, pay_day: int) -> None:
    loan.principal_cents, loan.repayment_months = principal_cents, repayment_months
    loan.fee_cents = product.fee_cents(principal_cents)
    if pay_day != loan.first_due.day:
        loan.first_due = first_due_on(max(loan.advance_on, clock.today()), pay_day)  # of an offer that waited long


def _mark(loan: Loan) -> None:
    """Among options: which of them these terms are, or none; and each with the first payment of the new pay-day."""
    if not loan.options:
        return
    same = [
        number
        for number, option in enumerate(loan.options, start=1)
        if all(option[name] == getattr(loan, name) for name in choosing.TERMS)
    ]
    loan.chosen = same[0] if same else OWN
    loan.options = choosing.frozen([option.loan for option in choosing.options_of(loan)])
