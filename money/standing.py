"""What each instalment asks, got and still lacks, seen from one day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice

from money.amounts import Cents, round_cent, round_ratio
from money.facts import Part
from money.interest import Period
from money.ledger import Ledger
from money.rows import Row
from money.terms import FeePaid, GraceInterest

Coming = tuple[date, int]  # cents that are agreed to join the balance on a later day


@dataclass(frozen=True)
class Standing:
    """One instalment, in cents. What is waived or written off is no longer due.

    Interest due: as booked, or, until its period has closed, as it will be when what is late is paid on the day of the
    book and the rest on its due days. `credit_cents`: what was paid ahead and waits for this instalment. `paid_on`: the
    day of its last payment, None while it lacks something.
    """

    number: int
    due_on: date
    principal_due_cents: Cents
    interest_due_cents: Cents
    fees_due_cents: Cents
    principal_paid_cents: Cents
    interest_paid_cents: Cents
    fees_paid_cents: Cents
    credit_cents: Cents
    paid_on: date | None

    @property
    def due_cents(self) -> Cents:
        """Everything due."""
        return Cents(self.principal_due_cents + self.interest_due_cents + self.fees_due_cents)

    @property
    def paid_cents(self) -> Cents:
        """Everything paid, credit that still waits left out."""
        return Cents(self.principal_paid_cents + self.interest_paid_cents + self.fees_paid_cents)

    @property
    def lacking_cents(self) -> Cents:
        """What is still to be paid."""
        return Cents(self.due_cents - self.paid_cents - self.credit_cents)


def standings(ledger: Ledger, until: date, behind: int = 0) -> Iterator[Standing]:
    """Every instalment in order, as it stands at the end of the day `until`, which the ledger has reached.

    Interest to come is worked out as far as somebody asks. The first `behind` instalments are left out: they must lack
    nothing.
    """
    coming: list[Coming] = [(a.on, a.cents) for a in ledger.terms.advances if a.on > until]
    if until < ledger.terms.starts:
        coming.append((ledger.terms.starts, ledger.terms.fees_cents(FeePaid.ADDED)))
    to_come = sum(cents for _, cents in coming)
    to_join = _interest_to_join(ledger, coming) if ledger.period.number <= ledger.version.grace_ends else 0
    principals = _principals_due(ledger, to_come + to_join)
    interests = _interests_due(ledger, principals, coming, to_join)
    credit = ledger.credit
    for row, principal, interest in islice(zip(ledger.rows, principals, interests, strict=True), behind, None):
        lacking = principal + interest + row.asked[Part.FEES] - sum(row.paid.values())
        waiting = min(credit, lacking)
        credit -= waiting
        yield _standing(row, principal, interest, waiting, None if lacking else row.last_paid_on)


def _standing(row: Row, principal: int, interest: int, waiting: int, paid_on: date | None) -> Standing:
    return Standing(
        row.number,
        row.due_on,
        Cents(principal),
        Cents(interest),
        Cents(row.asked[Part.FEES]),
        Cents(row.paid[Part.PRINCIPAL]),
        Cents(row.paid[Part.INTEREST]),
        Cents(row.paid[Part.FEES]),
        Cents(waiting),
        paid_on,
    )


def _principals_due(ledger: Ledger, coming_cents: int) -> list[int]:
    """What the plan asks, less what was never lent and is not to come: the last instalments ask for less."""
    due = [row.asked[Part.PRINCIPAL] for row in ledger.rows]
    never_lent = sum(row.lacking(Part.PRINCIPAL) for row in ledger.rows) - ledger.principal - coming_cents
    for row in reversed(ledger.rows):
        if never_lent <= 0:
            break
        less = min(never_lent, row.lacking(Part.PRINCIPAL))
        due[row.number - 1] -= less
        never_lent -= less
    return due


def _interest_to_join(ledger: Ledger, coming: list[Coming]) -> int:
    """What of the grace phase's interest will be added to principal when the phase ends."""
    if ledger.terms.grace_interest is not GraceInterest.ADDED:
        return 0
    grace = (run for run in _running(ledger, coming, lambda _: 0) if run[0].number <= ledger.version.grace_ends)
    return ledger.row_of(ledger.period.number).lacking(Part.INTEREST) + sum(interest for _, interest in grace)


def _interests_due(ledger: Ledger, principals: list[int], coming: list[Coming], to_join: int) -> Iterator[int]:
    """Of each instalment: interest asked so far and, for the open period and those after it, to come."""
    due = [row.asked[Part.INTEREST] for row in ledger.rows]
    if ledger.period.number > len(ledger.rows):
        due[-1] += ledger.accrued_cents
        yield from due
        return
    due[ledger.row_of(ledger.period.number).number - 1] -= to_join
    lacking = [each - row.paid[Part.PRINCIPAL] for each, row in zip(principals, ledger.rows, strict=True)]
    joins = (ledger.version.grace_ends, to_join) if to_join else (0, 0)
    yield from due[: ledger.period.number - 1]
    for period, interest in _running(ledger, coming, lambda number: lacking[number - 1], joins):
        due[ledger.row_of(period.number).number - 1] += interest
        yield due[period.number - 1]


def _running(
    ledger: Ledger, coming: list[Coming], asked: Callable[[int], int], joins: tuple[int, int] = (0, 0)
) -> Iterator[tuple[Period, int]]:
    """Each period to come and its interest still to be booked, when what is late is paid today and the rest on time.

    `asked(number)`: the principal that an instalment lacks; `joins`: the period at whose end so much more is principal.
    """
    principal, unpaid = _less(ledger.principal, sum(asked(number) for number in range(1, ledger.period.number)))
    for period in ledger.periods_to_come():
        if period.number > ledger.period.number and not coming:
            share = ledger.rates.interest_share(period, period.starts, period.ends)
            yield period, round_ratio(principal * share.numerator, share.denominator, ledger.terms.rounding)
        else:
            exact, booked = (ledger.exact, ledger.booked) if period is ledger.period else (Fraction(0), 0)
            start = max(ledger.day, period.starts)
            exact += principal * ledger.rates.interest_share(period, start, period.ends)
            for on, cents in coming:
                if period.starts <= on < period.ends:
                    exact += cents * ledger.rates.interest_share(period, on, period.ends)
                    principal += cents
            yield period, round_cent(exact, ledger.terms.rounding) - booked
        if period.number == joins[0]:
            principal += joins[1]
        principal, unpaid = _less(principal, unpaid + asked(period.number))


def _less(principal: int, asked: int) -> tuple[int, int]:
    """The principal after as much as possible of what is asked was paid, and what could not be."""
    paid = min(principal, asked)
    return principal - paid, asked - paid
