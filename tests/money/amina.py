"""The small loan of the book's tests: Amina borrows $1,000 at 12 % on 15 January, three instalments.

Her plan: 330.02 + 10.00, 333.32 + 6.70, 336.66 + 3.37, on the 15th of February, March and April.
"""

from datetime import date

from money.book import Fact, FactKind
from tests.money.loans_of import LENT_ON, terms, with_numbers

LOAN = terms(100_000, "0.12", 3)
LENT = Fact(1, FactKind.ADVANCE, LENT_ON, 100_000)
FEBRUARY, MARCH, APRIL = LOAN.dues
ENDS = date(2027, 12, 31)


def told(*happenings):
    """Facts after the advance: (kind, day, cents, detail…)."""
    return [LENT, *with_numbers([Fact(0, *each) for each in happenings], first=2)]


def paid(on, cents, **detail):
    """A payment, to be told."""
    return FactKind.PAYMENT, on, cents, detail


def standing(found, number):
    """How an instalment stands."""
    return found.standings[number - 1]


def lines(found, fact):
    """The lines that a fact brought about."""
    return [(e.on, e.debit, e.credit, e.cents) for e in found.entries if e.fact == fact]
