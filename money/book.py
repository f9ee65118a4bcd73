"""The book of a loan: what follows from its terms, its plan and all that happened, on any day.

`replay` is a pure function of its arguments. Two rules carry it: facts are taken in their written order whatever the
order of recording, and a fact that was reversed is left out of every balance while its lines and their mirror stay.
Paid exactly as planned, the book equals the plan row for row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from money.accounts import Account, Entry, balances
from money.amounts import Cents, round_cent
from money.facts import Ahead, BookError, Fact, FactKind, Part, in_written_order
from money.fold import USUAL_ORDER, Fold
from money.ledger import Ledger
from money.standing import Standing, standings
from money.terms import LAST_DAY, Terms
from money.version import Version

__all__ = [
    "USUAL_ORDER", "Account", "Ahead", "Balance", "Book", "BookError", "Entry", "Fact", "FactKind", "Part", "Standing",
    "balance_of", "book_of", "replay", "replayed",
]  # fmt: skip

PLACES = 10**10  # of a cent, to which exact interest is told


@dataclass(frozen=True)
class Balance:
    """Where a loan stands at the end of the day `until`. Amounts are in cents.

    `interest_exact`: accrued and unpaid, to ten places of a cent. `credit_cents`: paid ahead. `lent_cents`: advances.
    `paid_cents`: payments and recoveries. `written_off_cents`: given up and not recovered. `owed_cents`: what closes
    the loan on this day. `next_unpaid`: the first instalment that lacks something. `version`: the plan in force.
    """

    until: date
    principal_cents: Cents
    interest_exact: Decimal
    fees_cents: Cents
    credit_cents: Cents
    lent_cents: Cents
    paid_cents: Cents
    written_off_cents: Cents
    owed_cents: Cents
    next_unpaid: Standing | None
    version: Version

    @property
    def owes_nothing(self) -> bool:
        """Whether the borrower owes nothing more, on the books or written off."""
        return not self.owed_cents and not self.written_off_cents

    def owed_of(self, part: Part) -> Cents:
        """What is owed of one part on this day; of interest whole cents only."""
        return {
            Part.FEES: self.fees_cents,
            Part.INTEREST: Cents(int(self.interest_exact)),
            Part.PRINCIPAL: self.principal_cents,
        }[part]

    @property
    def next_unpaid_on(self) -> date | None:
        """The contractual due day, past or future, of the first instalment that lacks something."""
        return self.next_unpaid.due_on if self.next_unpaid else None


@dataclass(frozen=True)
class Book(Balance):
    """A balance with all that led to it: the lines, debits less credits by account, and how each instalment stands."""

    entries: tuple[Entry, ...]
    balances: Mapping[Account, Cents]
    standings: tuple[Standing, ...]


def replay(terms: Terms, facts: Iterable[Fact], until: date, order: Sequence[Part] = USUAL_ORDER) -> Book:
    """The book at the end of the day `until`; facts after it are left out.

    `order`: how a payment is shared in an instalment. The lines that time brought about carry the number of the fact
    that took the book past that day. Raises BookError, and TermsError for terms of which no plan can be made.
    """
    fold, entries = replayed(terms, facts, until, order)
    return book_of(fold, until, entries)


def replayed(
    terms: Terms, facts: Iterable[Fact], until: date, order: Sequence[Part] = USUAL_ORDER
) -> tuple[Fold, list[Entry]]:
    """The fold of the facts up to a day, which further facts may follow, and the lines so far. Raises as `replay`."""
    if until > LAST_DAY:
        raise BookError("out_of_calendar")
    fold, entries = Fold(terms, order), []
    for happening in in_written_order(facts, until):
        entries += fold.follow(happening)
    return fold, entries


def book_of(fold: Fold, until: date, entries: Sequence[Entry]) -> Book:
    """The book of a fold at the end of the day `until`, to which it is moved (not before its last fact).

    `entries`: the lines so far; what time brings about from there is added to them.
    """
    lines = sorted([*entries, *fold.run_to(until)], key=lambda entry: entry.on)
    found = tuple(standings(fold.ledger, until))
    return Book(**_balance(fold.ledger, until, found), entries=tuple(lines), balances=balances(lines), standings=found)


def balance_of(fold: Fold, until: date) -> Balance:
    """What `book_of` says without the lines: quick, for it looks no further than the next instalment unpaid."""
    fold.run_to(until)
    return Balance(**_balance(fold.ledger, until, standings(fold.ledger, until, fold.ledger.oldest)))


def _balance(ledger: Ledger, until: date, standings: Iterable[Standing]) -> dict[str, Any]:
    unbooked = ledger.exact - ledger.booked if ledger.principal else Fraction(ledger.accrued_cents)
    interest = round_cent((ledger.owing[Part.INTEREST] + unbooked) * PLACES)
    return {
        "until": until,
        "principal_cents": Cents(ledger.principal),
        "interest_exact": Decimal(interest) / PLACES,
        "fees_cents": Cents(ledger.owing[Part.FEES]),
        "credit_cents": Cents(ledger.credit),
        "lent_cents": Cents(ledger.lent),
        "paid_cents": Cents(ledger.paid),
        "written_off_cents": Cents(ledger.written_off),
        "owed_cents": Cents(max(0, ledger.closing_cents - ledger.credit)),
        "next_unpaid": next((standing for standing in standings if standing.lacking_cents), None),
        "version": ledger.version,
    }
