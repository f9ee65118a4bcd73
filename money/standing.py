"""What each instalment asks, got and still lacks, seen from one day."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from money.amounts import Cents, round_cent
from money.facts import Part
from money.ledger import Ledger, Row
from money.terms import FeePaid

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


def standings(ledger: Ledger, until: date) -> tuple[Standing, ...]:
    """Every instalment as it stands at the end of the day `until`, which the ledger has reached."""
    coming: list[Coming] = [(a.on, a.cents) for a in ledger.terms.advances if a.on > until]
    if until < ledger.terms.starts:
        coming.append((ledger.terms.starts, ledger.terms.fees_cents(FeePaid.ADDED)))
    principals = _principals_due(ledger, sum(cents for _, cents in coming))
    interests = _interests_due(ledger, principals, coming)
    credit, found = ledger.credit, []
    for row, principal, interest in zip(ledger.rows, principals, interests, strict=True):
        lacking = principal + interest + row.asked[Part.FEES] - sum(row.paid.values())
        waiting = min(credit, lacking)
        credit -= waiting
        found.append(_standing(row, principal, interest, waiting, None if lacking else row.last_paid_on))
    return tuple(found)


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


def _interests_due(ledger: Ledger, principals: list[int], coming: list[Coming]) -> list[int]:
    """Interest asked so far and, for the open period and those after it, to come."""
    due = [row.asked[Part.INTEREST] for row in ledger.rows]
    if ledger.period.number > len(ledger.contract):
        due[-1] += ledger.accrued_cents
        return due
    principal, start, exact, booked = ledger.principal, ledger.day, ledger.exact, ledger.booked
    lacking = [each - row.paid[Part.PRINCIPAL] for each, row in zip(principals, ledger.rows, strict=True)]
    unpaid = sum(lacking[: ledger.period.number - 1])
    principal, unpaid = _less(principal, unpaid)
    for period in ledger.contract[ledger.period.number - 1 :]:
        start = max(start, period.starts)
        exact += principal * ledger.rates.interest_share(period, start, period.ends)
        for on, cents in coming:
            if period.starts <= on < period.ends:
                exact += cents * ledger.rates.interest_share(period, on, period.ends)
                principal += cents
        due[ledger.row_of(period).number - 1] += round_cent(exact, ledger.terms.rounding) - booked
        principal, unpaid = _less(principal, unpaid + lacking[period.number - 1])
        exact, booked = Fraction(0), 0
    return due


def _less(principal: int, asked: int) -> tuple[int, int]:
    """The principal after as much as possible of what is asked was paid, and what could not be."""
    paid = min(principal, asked)
    return principal - paid, asked - paid
