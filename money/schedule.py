"""Plans: what is due, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from money.amounts import NOTHING, Cents, Rounding, round_cent, round_ratio
from money.interest import Period, Rates, is_regular
from money.terms import (
    Advance,
    Amortisation,
    Fee,
    FeePaid,
    GraceInterest,
    OnRateChange,
    Pause,
    RateChange,
    Terms,
    TermsError,
    check,
)

FINE = 10**40  # parts of a cent, in which the worth of payments to come is told

__all__ = [
    "Advance", "Amortisation", "Fee", "FeePaid", "GraceInterest", "Instalment", "OnRateChange", "Pause", "Plan",
    "RateChange", "Terms", "TermsError", "plan",
]  # fmt: skip


@dataclass(frozen=True)
class Instalment:
    """What is due on one day, in cents; `days` since the due day before, `balance_cents` of principal after it."""

    number: int
    due_on: date
    days: int
    principal_cents: Cents
    interest_cents: Cents
    fees_cents: Cents
    balance_cents: Cents

    @property
    def total_cents(self) -> Cents:
        """Everything due on this day."""
        return Cents(self.principal_cents + self.interest_cents + self.fees_cents)


@dataclass(frozen=True)
class Plan:
    """The instalments in order. `payment_cents`: the level payment (or, with level principal, the first and largest)
    in force after the last advance. The totals add the instalments up; fees deducted or paid beside are not in them.
    `interest_added_cents`: interest of the grace phase that became principal; it is part of the total of interest.
    """

    instalments: tuple[Instalment, ...]
    payment_cents: Cents
    total_interest_cents: Cents
    total_paid_cents: Cents
    interest_added_cents: Cents = NOTHING


def plan(terms: Terms) -> Plan:
    """The plan that follows from the terms. Raises TermsError.

    Interest is rounded once a period. The level payment is the whole-cent amount that makes the last instalment
    closest to the others (a tie: the larger), and the last absorbs the rest; it is found anew in the period in which
    an advance is paid out or the rate changes, unless it is kept. What is known only later (a rate, a pause) changes
    nothing before it. Interest of the grace phase and of a pause is due with the first instalment after it.
    """
    check(terms)
    return _Planner(terms).plan()


class _Planner:
    """Walks through the periods with the balance in hand."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.periods = terms.periods()
        self.rates = terms.rates_before()
        self.shares = _shares(self.periods, self.rates)
        self.advances = sorted(terms.advances, key=lambda advance: advance.on)
        self.balance = terms.fees_cents(FeePaid.ADDED)
        self.carried = NOTHING  # interest of the grace phase or a pause, not yet due
        self.added = NOTHING  # of it, what became principal
        self.bearing: list[tuple[Cents, date]] = []  # what bears interest in the period, and since when
        self.level: Cents | None = None
        self.rows: list[Instalment] = []
        self.payments: list[tuple[date, Cents]] = []

    def plan(self) -> Plan:
        """Row by row to the last, then the totals."""
        still, asking = self.terms.instalments, self.terms.instalments - self.terms.grace - self.terms.interest_only
        for period in self.periods:
            interest = self._interest_and_advances(period)
            if period.number in self.terms.paused:
                self._be_silent(period, interest)
                continue
            still -= 1
            if period.number <= self.terms.grace_ends:
                self._be_silent(period, interest)
            elif still >= asking:
                self._ask(period, min(self.balance, max(0, self.terms.minimum_cents - interest)), interest)
            else:
                principal = self._principal(period, interest, coming=still)
                self.payments.append((period.ends, Cents(principal + interest)))
                self._ask(period, principal, interest)
        return self._summed_up()

    def _summed_up(self) -> Plan:
        last_advance = self.advances[-1].on
        payment = next(cents for due_on, cents in self.payments if due_on > last_advance)
        interest = self.added + sum(row.interest_cents for row in self.rows)
        paid = sum(row.total_cents for row in self.rows)
        return Plan(tuple(self.rows), payment, Cents(interest), Cents(paid), self.added)

    def _be_silent(self, period: Period, interest: Cents) -> None:
        """Nothing is due; the interest waits, or joins the balance where the product adds it at the end of grace."""
        self.carried = Cents(self.carried + interest)
        if period.number == self.terms.grace_ends and self.terms.grace_interest is GraceInterest.ADDED:
            self.balance, self.added, self.carried = Cents(self.balance + self.carried), self.carried, NOTHING
        self._add(period, 0, 0)

    def _ask(self, period: Period, principal: int, interest: int) -> None:
        self.balance = Cents(self.balance - principal)
        carried, self.carried = self.carried, NOTHING
        self._add(period, principal, carried + interest)

    def _add(self, period: Period, principal: int, interest: int) -> None:
        row = Instalment(
            period.number, period.ends, period.days, Cents(principal), Cents(interest), NOTHING, self.balance
        )
        self.rows.append(row)

    def _interest_and_advances(self, period: Period) -> Cents:
        """The interest of the period; the advances paid out in it join the balance and ask for a new level."""
        self.bearing = [(self.balance, period.starts)]
        relevels = self.terms.rates and self.terms.on_rate_change is OnRateChange.RELEVEL
        if relevels and self.rates.changes_within(period.starts, period.ends):
            self.level = None
        if period.starts > self.advances[-1].on:
            numerator, denominator = self.shares[period.number - 1].as_integer_ratio()
            return round_ratio(self.balance * numerator, denominator, self.terms.rounding)
        joining = [advance for advance in self.advances if period.starts <= advance.on < period.ends]
        self.bearing += [(advance.cents, advance.on) for advance in joining]
        self.balance = Cents(self.balance + sum(advance.cents for advance in joining))
        self.level = None if joining else self.level
        return self._interest(period, self.rates)

    def _interest(self, period: Period, rates: Rates) -> Cents:
        """What bears interest in this period, each part from its day, would bear at these rates."""
        exact = sum(cents * rates.interest_share(period, since, period.ends) for cents, since in self.bearing)
        return round_cent(Fraction(exact), self.terms.rounding)

    def _principal(self, period: Period, interest: Cents, coming: int) -> int:
        """What an instalment of the repayment phase repays, when `coming` others follow."""
        if not coming:
            return self.balance
        least = self.terms.minimum_cents - interest
        if self.terms.amortisation is Amortisation.LEVEL_PRINCIPAL:
            if self.level is None:
                self.level = round_ratio(self.balance, coming + 1)
            return min(self.balance, max(self.level, least))
        if self.level is None:
            self.level = self._level(period, interest, coming)
        if max(self.level, self.terms.minimum_cents) < interest:
            raise self._uncovered(period, interest)
        return min(self.balance, max(self.level - interest, least))

    def _level(self, period: Period, interest: Cents, coming: int) -> Cents:
        """The level payment by what is known at this period's end: rates to come and pauses to come are not."""
        number = period.number
        if not self.terms.rates:
            return level_payment(self.balance, interest, self.shares[number : number + coming], self.terms.rounding)
        known = self.terms.rates_before(period.ends)
        if self.terms.on_rate_change is OnRateChange.KEEP:
            known = self.terms.rates_before(self.terms.starts + timedelta(days=1))
            interest = self._interest(period, known)
        shares = _shares(self.periods[number : number + coming], known)
        return level_payment(self.balance, interest, shares, self.terms.rounding)

    def _uncovered(self, period: Period, interest: Cents) -> TermsError:
        if self.terms.on_rate_change is OnRateChange.KEEP and self.terms.rates:
            return TermsError("rates", "interest_not_covered", interest)
        is_stub = period.number == 1 and not is_regular(period.starts, period.ends, self.terms.frequency)
        return TermsError("first_due" if is_stub else "instalments", "interest_not_covered", interest)


def _shares(periods: Sequence[Period], rates: Rates) -> list[Fraction]:
    return [rates.interest_share(period, period.starts, period.ends) for period in periods]


def level_payment(balance: Cents, interest: Cents, shares: Sequence[Fraction], rounding: Rounding) -> Cents:
    """The whole-cent payment that makes the last instalment closest to the others; of two as close, the larger.

    `interest` falls due with the first payment; each of `shares` is the interest per cent of one later period.
    """
    ratios = [share.as_integer_ratio() for share in shares]
    known: dict[int, int] = {}

    def above(payment: int) -> int:
        """How far the last instalment lies above the others; a larger payment always makes it less."""
        if payment not in known:
            owed = balance + interest - payment
            for numerator, denominator in ratios[:-1]:
                owed += round_ratio(owed * numerator, denominator, rounding) - payment
            known[payment] = owed + round_ratio(owed * ratios[-1][0], ratios[-1][1], rounding) - payment
        return known[payment]

    payment = _annuity(balance + interest, ratios)
    while above(payment) > 0:
        payment += 1
    while payment > 0 and above(payment - 1) <= 0:
        payment -= 1
    # Here the last instalment is no longer above the others, and with a cent less it would be. It is never below zero.
    below = min(-above(payment), payment)
    return Cents(payment if payment == 0 or below <= above(payment - 1) else payment - 1)


def _annuity(owed: int, ratios: Sequence[tuple[int, int]]) -> int:
    """The level payment but for rounding: what is owed ÷ the worth today of one cent with each instalment."""
    worth = discount = FINE
    for numerator, denominator in ratios:
        discount = discount * denominator // (denominator + numerator)
        worth += discount
    return owed * FINE // worth
