"""Plans: what is due, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from money.amounts import Cents, Rounding, round_cent, round_ratio
from money.interest import Period, Rates, is_regular
from money.terms import Advance, Amortisation, Fee, FeePaid, RateChange, Terms, TermsError, check

__all__ = [
    "Advance", "Amortisation", "Fee", "FeePaid", "Instalment", "Plan", "RateChange", "Terms", "TermsError", "plan",
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
    """

    instalments: tuple[Instalment, ...]
    payment_cents: Cents
    total_interest_cents: Cents
    total_paid_cents: Cents


def plan(terms: Terms) -> Plan:
    """The plan that follows from the terms. Raises TermsError.

    Interest is rounded once a period. The level payment is the whole-cent amount that makes the last instalment
    closest to the others (a tie: the larger), and the last absorbs the rest; it is found anew in the period in which
    an advance is paid out or the rate changes. Interest of the grace phase is due with the first instalment after it.
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
        self.carried = Cents(0)  # interest of the grace phase, not yet due
        self.level: Cents | None = None
        self.rows: list[Instalment] = []
        self.payments: list[tuple[date, Cents]] = []

    def plan(self) -> Plan:
        """Row by row to the last, then the totals."""
        for period in self.periods:
            self._add(period)
        last_advance = self.advances[-1].on
        payment = next(cents for due_on, cents in self.payments if due_on > last_advance)
        interest = sum(row.interest_cents for row in self.rows)
        paid = sum(row.total_cents for row in self.rows)
        return Plan(tuple(self.rows), payment, Cents(interest), Cents(paid))

    def _add(self, period: Period) -> None:
        interest = self._interest_and_advances(period)
        principal = Cents(0)
        if period.number > self.terms.grace + self.terms.interest_only:
            principal = self._principal(period, interest)
            self.payments.append((period.ends, Cents(principal + interest)))
        if period.number <= self.terms.grace:
            self.carried, interest = Cents(self.carried + interest), Cents(0)
        else:
            self.carried, interest = Cents(0), Cents(self.carried + interest)
        self.balance = Cents(self.balance - principal)
        row = Instalment(period.number, period.ends, period.days, principal, interest, Cents(0), self.balance)
        self.rows.append(row)

    def _interest_and_advances(self, period: Period) -> Cents:
        """The interest of the period; the advances paid out in it join the balance and ask for a new level."""
        exact = self.balance * self.shares[period.number - 1]
        for advance in self.advances:
            if period.starts <= advance.on < period.ends:
                exact += advance.cents * self.rates.interest_share(period, advance.on, period.ends)
                self.balance = Cents(self.balance + advance.cents)
                self.level = None
        if self.terms.rates and self.rates.changes_within(period.starts, period.ends):
            self.level = None
        return round_cent(exact, self.terms.rounding)

    def _principal(self, period: Period, interest: Cents) -> Cents:
        coming = len(self.periods) - period.number
        if not coming:
            return self.balance
        if self.terms.amortisation is Amortisation.LEVEL_PRINCIPAL:
            if self.level is None:
                self.level = round_ratio(self.balance, coming + 1)
            return min(self.balance, self.level)
        if self.level is None:
            self.level = level_payment(self.balance, interest, self._shares_after(period), self.terms.rounding)
        if self.level < interest:
            is_stub = period.number == 1 and not is_regular(period.starts, period.ends, self.terms.frequency)
            raise TermsError("first_due" if is_stub else "instalments", "interest_not_covered", interest)
        return Cents(min(self.balance, self.level - interest))

    def _shares_after(self, period: Period) -> list[Fraction]:
        """The shares of the periods to come, at the rate known at this one's end."""
        if not self.terms.rates:
            return self.shares[period.number :]
        return _shares(self.periods[period.number :], self.terms.rates_before(period.ends))


def _shares(periods: Sequence[Period], rates: Rates) -> list[Fraction]:
    return [rates.interest_share(period, period.starts, period.ends) for period in periods]


def level_payment(balance: Cents, interest: Cents, shares: Sequence[Fraction], rounding: Rounding) -> Cents:
    """The whole-cent payment that makes the last instalment closest to the others; of two as close, the larger.

    `interest` falls due with the first payment; each of `shares` is the interest per cent of one later period.
    """
    ratios = [share.as_integer_ratio() for share in shares]

    def above(payment: int) -> int:
        """How far the last instalment lies above the others; a larger payment always makes it less."""
        owed = balance + interest - payment
        for numerator, denominator in ratios[:-1]:
            owed += round_ratio(owed * numerator, denominator, rounding) - payment
        return owed + round_ratio(owed * ratios[-1][0], ratios[-1][1], rounding) - payment

    payment = _annuity(balance + interest, shares)
    while above(payment) > 0:
        payment += 1
    while payment > 0 and above(payment - 1) <= 0:
        payment -= 1
    # Here the last instalment is no longer above the others, and with a cent less it would be. It is never below zero.
    below = min(-above(payment), payment)
    return Cents(payment if payment == 0 or below <= above(payment - 1) else payment - 1)


def _annuity(owed: int, shares: Sequence[Fraction]) -> int:
    """The level payment but for rounding: what is owed ÷ the worth today of one cent with each instalment."""
    with localcontext() as context:
        context.prec = 34
        worth, discount = Decimal(1), Decimal(1)
        for share in shares:
            discount /= 1 + Decimal(share.numerator) / share.denominator
            worth += discount
        return int(owed / worth)
