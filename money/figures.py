"""What terms come to: the plan, its phases and the cost together, as everybody who is told figures is told them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from money.amounts import Cents
from money.cost import Cost, cost, triggering_rate
from money.interest import DayCount
from money.schedule import FeePaid, Instalment, Plan, Terms, plan


@dataclass(frozen=True)
class Phase:
    """The instalments of one phase, in order, never none."""

    instalments: tuple[Instalment, ...]

    @property
    def count(self) -> int:
        """How many instalments."""
        return len(self.instalments)

    @property
    def first_on(self) -> date:
        """The contractual day of the first instalment."""
        return self.instalments[0].due_on

    @property
    def last_on(self) -> date:
        """The contractual day of the last instalment."""
        return self.instalments[-1].due_on

    @property
    def least_cents(self) -> Cents:
        """The smallest instalment but the last, which takes the rest. Equal to `most_cents` where all are level."""
        return min(row.total_cents for row in self.instalments[:-1] or self.instalments)

    @property
    def most_cents(self) -> Cents:
        """The largest instalment but the last."""
        return max(row.total_cents for row in self.instalments[:-1] or self.instalments)

    @property
    def last_cents(self) -> Cents:
        """The last instalment."""
        return self.instalments[-1].total_cents


@dataclass(frozen=True)
class Figures:
    """Terms with their plan and their cost."""

    terms: Terms
    plan: Plan
    cost: Cost

    @property
    def grace(self) -> Phase | None:
        """The instalments with nothing due, when there are any."""
        return _phase(self.plan.instalments[: self.terms.grace])

    @property
    def interest_only(self) -> Phase | None:
        """The instalments of interest alone, when there are any."""
        return _phase(self.plan.instalments[self.terms.grace : self.terms.grace + self.terms.interest_only])

    @property
    def repayment(self) -> Phase:
        """The instalments that pay the principal back."""
        return Phase(self.plan.instalments[self.terms.grace + self.terms.interest_only :])

    @property
    def received_cents(self) -> Cents:
        """The money that is sent: the advances less the fees kept back."""
        return Cents(self.terms.advanced_cents - self.terms.fees_cents(FeePaid.DEDUCTED))

    @property
    def apr(self) -> Decimal:
        """The yearly cost as people are told it: where interest is the only cost, the annual rate itself (SOR/2001-104
        s. 4), whatever rounding to cents and months of unequal length make of it. A year of 360 days is no such year,
        and a rate that changes is no one rate: there it is the rate of `cost`.
        """
        costs_more = any(fee.cents and fee.cost_of_borrowing for fee in self.terms.fees)
        if costs_more or self.terms.rates or self.terms.day_count is DayCount.ACTUAL_360:
            return self.cost.apr
        return self.terms.annual_rate

    @property
    def triggering_rate(self) -> Decimal | None:
        """The yearly rate from which a kept payment no longer covers the interest on the balance it begins with; None
        when nothing is left by then.
        """
        before = self.plan.instalments[: self.terms.grace + self.terms.interest_only]
        owed = self.terms.advanced_cents + self.terms.fees_cents(FeePaid.ADDED)
        balance = before[-1].balance_cents if before else Cents(owed)
        return triggering_rate(self.plan.payment_cents, balance, self.terms.frequency.a_year) if balance else None


def figures(terms: Terms) -> Figures:
    """What these terms come to. Raises TermsError when no plan can be made of them."""
    schedule = plan(terms)
    return Figures(terms, schedule, cost(terms, schedule))


def _phase(instalments: tuple[Instalment, ...]) -> Phase | None:
    return Phase(instalments) if instalments else None
