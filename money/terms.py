"""The terms of a loan, as every calculation takes them, and their bounds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import islice

from money.amounts import MOST_CENTS, NOTHING, Cents, Rounding
from money.calendar import Frequency, due_dates, shift
from money.interest import DayCount, Period, Rates, is_rate, periods

MOST_INSTALMENTS = 1200
MOST_ROWS = 240  # of advances, fees and changes of the rate each
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


class FeePaid(StrEnum):
    """How a fee is paid: kept back from the money sent, put on the balance, or paid beside the loan."""

    DEDUCTED = "deducted"
    ADDED = "added"
    SEPARATELY = "separately"


class Amortisation(StrEnum):
    """What is level in the repayment phase."""

    LEVEL_PAYMENT = "level_payment"
    LEVEL_PRINCIPAL = "level_principal"


class GraceInterest(StrEnum):
    """What becomes of the interest of the grace phase: due with the first instalment after it, or added to principal
    when the phase ends (only where the product says so)."""

    DUE = "due"
    ADDED = "added"


class OnRateChange(StrEnum):
    """What a change of the rate does to the level payment: it is found anew, or kept while the last one absorbs all."""

    RELEVEL = "relevel"
    KEEP = "keep"


class TermsError(ValueError):
    """Terms of which no plan can be made: the field, a code, and the bound it broke (None when there is no number).

    Codes: missing, too_many, out_of_bounds, negative, out_of_calendar, before_the_advance, after_the_last_instalment,
    leaves_nothing_to_repay, eat_the_loan, interest_not_covered.
    """

    def __init__(self, field: str, code: str, bound: object = None) -> None:
        super().__init__(f"{field}: {code}" + ("" if bound is None else f" ({bound})"))
        self.field, self.code, self.bound = field, code, bound


@dataclass(frozen=True)
class Advance:
    """Money lent on a day."""

    on: date
    cents: Cents


@dataclass(frozen=True)
class Fee:
    """A fee of the loan; `cost_of_borrowing` says whether the law counts it in the cost (DOMAIN 1.3)."""

    cents: Cents
    paid: FeePaid
    cost_of_borrowing: bool = True


@dataclass(frozen=True)
class RateChange:
    """Another yearly rate (a fraction) from a day on."""

    starts: date
    annual_rate: Decimal


@dataclass(frozen=True)
class Pause:
    """The next so many instalments after a day ask for nothing; they and all later ones move on by as many periods."""

    after: date
    instalments: int


@dataclass(frozen=True)
class Terms:
    """What was agreed. Rates are fractions a year; `instalments` counts grace and interest-only ones too, but no paused
    ones.

    Phases in order: `grace` instalments with nothing due, `interest_only` ones, then principal and interest. After the
    grace phase each instalment asks for at least `minimum_cents`, while so much is owed.
    """

    advances: tuple[Advance, ...]
    annual_rate: Decimal
    instalments: int
    first_due: date
    frequency: Frequency = Frequency.MONTHLY
    interest_only: int = 0
    grace: int = 0
    day_count: DayCount = DayCount.THIRTY_360
    rounding: Rounding = Rounding.HALF_UP
    amortisation: Amortisation = Amortisation.LEVEL_PAYMENT
    fees: tuple[Fee, ...] = ()
    rates: tuple[RateChange, ...] = ()
    minimum_cents: Cents = NOTHING
    grace_interest: GraceInterest = GraceInterest.DUE
    on_rate_change: OnRateChange = OnRateChange.RELEVEL
    pauses: tuple[Pause, ...] = ()

    @property
    def starts(self) -> date:
        """The day of the first advance."""
        return min(advance.on for advance in self.advances)

    @property
    def advanced_cents(self) -> Cents:
        """All advances together."""
        return Cents(sum(advance.cents for advance in self.advances))

    def fees_cents(self, paid: FeePaid) -> Cents:
        """The fees that are paid in this way."""
        return Cents(sum(fee.cents for fee in self.fees if fee.paid is paid))

    @cached_property
    def dues(self) -> tuple[date, ...]:
        """The contractual due days, counted from the first; paused ones among them."""
        return due_dates(self.first_due, self.frequency, self.rows)

    @cached_property
    def rows(self) -> int:
        """How many instalments the plan has, those that a pause leaves empty among them."""
        return self.instalments + sum(pause.instalments for pause in self.pauses)

    @cached_property
    def paused(self) -> frozenset[int]:
        """The numbers of the instalments that pauses leave empty: after a pause's day, the first that are not yet."""
        empty: set[int] = set()
        for pause in self.pauses:
            asking = (n for n, due in enumerate(self.dues, start=1) if due > pause.after and n not in empty)
            empty.update(islice(asking, pause.instalments))
        return frozenset(empty)

    @cached_property
    def grace_ends(self) -> int:
        """The number of the last instalment of the grace phase; 0 when there is none."""
        if not self.grace:
            return 0
        paused = self.paused
        unpaused = (number for number in range(1, self.rows + 1) if number not in paused)
        return next(islice(unpaused, self.grace - 1, None))

    @cached_property
    def silent(self) -> frozenset[int]:
        """The numbers of the instalments with nothing due: in grace or paused. Never the last one."""
        return self.paused | frozenset(range(1, self.grace_ends + 1))

    def periods(self) -> list[Period]:
        """The contractual periods, from the first advance to the last due day."""
        return periods(self.starts, self.dues, self.frequency, self.day_count)

    def rates_before(self, day: date = LAST_DAY) -> Rates:
        """The agreed rate with the changes that start before a day."""
        return Rates(self.annual_rate, [(c.starts, c.annual_rate) for c in self.rates if c.starts < day])


def check(terms: Terms) -> None:
    """Raise TermsError for the first bound that the terms break."""
    for broken, field, code, bound in _bounds(terms):
        if broken:
            raise TermsError(field, code, bound)


Bound = tuple[bool, str, str, object]


def _bounds(terms: Terms) -> Iterator[Bound]:
    """Each bound once, the cheap ones first: later ones may count on those before."""
    yield not terms.advances, "advances", "missing", None
    for field, rows in (("advances", terms.advances), ("fees", terms.fees), ("rates", terms.rates)):
        yield len(rows) > MOST_ROWS, field, "too_many", MOST_ROWS
    for advance in terms.advances:
        yield _outside("advances", advance.cents, 1, MOST_CENTS)
        yield _beyond_calendar("advances", advance.on)
    yield terms.advanced_cents > MOST_CENTS, "advances", "out_of_bounds", MOST_CENTS
    yield _outside("instalments", terms.instalments, 1, MOST_INSTALMENTS)
    yield from _phase_bounds(terms)
    rates = [("annual_rate", terms.annual_rate), *(("rates", change.annual_rate) for change in terms.rates)]
    for field, rate in rates:
        yield not is_rate(rate), field, "out_of_bounds", 0 if rate.is_signed() else 1
    for change in terms.rates:
        yield _beyond_calendar("rates", change.starts)
    yield from _day_bounds(terms)
    yield _outside("minimum_cents", terms.minimum_cents, 0, MOST_CENTS)
    yield from _pause_bounds(terms)
    for fee in terms.fees:
        yield fee.cents < 0, "fees", "negative", 0
    added, advanced = terms.fees_cents(FeePaid.ADDED), terms.advanced_cents
    yield advanced + added > MOST_CENTS, "fees", "out_of_bounds", MOST_CENTS - advanced
    yield sum(fee.cents for fee in terms.fees) - added >= advanced, "fees", "eat_the_loan", advanced - 1


def _outside(field: str, number: int, least: int, most: int) -> Bound:
    """The one of both bounds that a number breaks."""
    return not least <= number <= most, field, "out_of_bounds", least if number < least else most


def _beyond_calendar(field: str, day: date) -> Bound:
    return not FIRST_DAY <= day <= LAST_DAY, field, "out_of_calendar", FIRST_DAY if day < FIRST_DAY else LAST_DAY


def _phase_bounds(terms: Terms) -> Iterator[Bound]:
    most = terms.instalments - 1
    yield terms.grace < 0, "grace", "negative", 0
    yield terms.interest_only < 0, "interest_only", "negative", 0
    yield terms.grace > most, "grace", "leaves_nothing_to_repay", most
    yield terms.grace + terms.interest_only > most, "interest_only", "leaves_nothing_to_repay", most - terms.grace


def _day_bounds(terms: Terms) -> Iterator[Bound]:
    yield _beyond_calendar("first_due", terms.first_due)
    yield terms.first_due <= terms.starts, "first_due", "before_the_advance", terms.starts
    last_due = shift(terms.first_due, terms.frequency, terms.instalments - 1)
    yield last_due > LAST_DAY, "instalments", "out_of_calendar", LAST_DAY
    yield max(advance.on for advance in terms.advances) >= last_due, "advances", "after_the_last_instalment", last_due


def _pause_bounds(terms: Terms) -> Iterator[Bound]:
    yield len(terms.pauses) > MOST_ROWS, "pauses", "too_many", MOST_ROWS
    for pause in terms.pauses:
        yield _outside("pauses", pause.instalments, 1, MOST_INSTALMENTS)
    yield terms.rows > MOST_INSTALMENTS, "pauses", "out_of_bounds", MOST_INSTALMENTS
    if terms.pauses:
        last_due = shift(terms.first_due, terms.frequency, terms.rows - 1)
        yield last_due > LAST_DAY, "pauses", "out_of_calendar", LAST_DAY
        beyond = len(terms.paused) < terms.rows - terms.instalments or terms.rows in terms.paused
        yield beyond, "pauses", "after_the_last_instalment", terms.dues[terms.instalments - 1]
