"""What a household can carry: its month as it was said and as it counts, beside the payment of a loan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config import clock
from loans.lifecycle.lending import planning
from loans.lifecycle.refusal import Refused
from loans.models import Application, Product, Recommendation, Submission
from loans.models.ladder import Ladder
from money import affordability as carry
from money.affordability import Affordability
from money.amounts import Cents
from money.calendar import add_months


@dataclass(frozen=True)
class Month:
    """A usual month of the household, by one reading of its figures."""

    income_cents: Cents
    costs_cents: Cents  # debts among them
    debts_cents: Cents

    @property
    def left_cents(self) -> Cents:
        """What the month leaves; below zero when it does not last."""
        return carry.surplus(self.income_cents, self.costs_cents)

    @property
    def fits_cents(self) -> Cents:
        """The instalment that takes the usual share of what is left, and no more."""
        return carry.largest_instalment(self.income_cents, self.costs_cents, carry.USUAL_SHARE)

    @property
    def debt_share(self) -> Decimal | None:
        """The part of the income that goes to debts without this loan."""
        return carry.debt_share(self.income_cents, self.debts_cents)

    def under(self, payment_cents: Cents) -> "Carried":
        """This month with the payment of a loan."""
        return Carried(
            carry.affordability(self.income_cents, self.costs_cents, payment_cents),
            carry.debt_share(self.income_cents, Cents(self.debts_cents + payment_cents)),
        )


@dataclass(frozen=True)
class Carried:
    """What a payment does to a month: what is left, also when income falls, and the part of income that debts take."""

    household: Affordability
    debt_share: Decimal | None


@dataclass(frozen=True)
class Load:
    """Terms, their payment by the engine's plan, and what it does to the month as said and as it counts."""

    terms: Recommendation
    payment_cents: Cents
    said: Carried
    counting: Carried


def months_of(ladder: Ladder) -> tuple[Month, Month]:
    """The household's month as it was said, and as it counts."""
    said, counting = (
        {code: getattr(group, f"{rung}_cents") for code, group in ladder.groups.items()}
        for rung in ("said", "counting")
    )
    return _month(said), _month(counting)


def _month(sums: dict[str, int]) -> Month:
    return Month(Cents(sums["income"]), Cents(sums["household"] + sums["debts"]), Cents(sums["debts"]))


def load_of(case: Application, terms: Recommendation, months: Sequence[Month]) -> Load | None:
    """What these terms ask of the household; None when no plan can be made of them."""
    said, counting = months
    asked = ("principal_cents", "study_months", "repayment_months")
    try:
        loan = planning.planned_loan(case.product, **{name: getattr(terms, name) for name in asked})
        payment = planning.estimate_of(loan).figures.plan.payment_cents
    except Refused:
        return None
    return Load(terms, payment, said.under(payment), counting.under(payment))


def requested_terms(case: Application, submission: Submission) -> Recommendation:
    """What was asked for, with the days of the study: terms nobody has recommended, not saved."""
    return Recommendation(
        principal_cents=submission.requested_cents,
        study_months=months_of_study(submission.study_ends_on, case.product),
        repayment_months=submission.repayment_months,
    )


def months_of_study(ends_on: date | None, product: Product) -> int:
    """Whole months from today that reach over the last day of the study, at most what the product allows."""
    today, months = clock.today(), 0
    while ends_on and months < product.max_study_months and add_months(today, months) < ends_on:
        months += 1
    return months
