"""What a change of the plan costs, before anybody agrees to it: the plan as it is and as it would become, by the same
engine that keeps the books.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from loans.holidays import closed_days
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import planning
from loans.lifecycle.offering import limits
from loans.lifecycle.refusal import Refused
from loans.models import Event, Loan
from money.book import Book, BookError, FactKind
from money.calendar import next_business_day

MOST_MONTHS = 120  # of a new spread


@dataclass(frozen=True)
class Change:
    """A change of the plan that somebody thinks of, as its fact would be written: nothing of it is saved."""

    kind: FactKind
    on: date
    detail: dict[str, Any]
    cents: int = 0

    @property
    def most_months(self) -> int | None:
        """Over how many months it may spread what is owed; None for a change that spreads nothing."""
        return MOST_MONTHS if self.kind is FactKind.RESCHEDULE else None


@dataclass(frozen=True)
class Due:
    """What is still to be paid of one instalment, and the last day to pay it in time."""

    payable_by: date
    cents: int


@dataclass(frozen=True)
class Outlook:
    """A plan seen from one day, in cents. `late_cents`: fallen due and not paid. `dues`: the instalments to come.

    `interest_cents` and `total_cents` add up all payments, those made and those to come, when what is late is paid on
    that day and the rest on its due days.
    """

    annual_rate: Decimal
    payment_cents: int
    late_cents: int
    interest_cents: int
    total_cents: int
    dues: tuple[Due, ...]

    @property
    def count(self) -> int:
        """How many payments are to come."""
        return sum(1 for due in self.dues if due.cents)

    @property
    def following(self) -> Due | None:
        """The next payment that is not late."""
        return next((due for due in self.dues if due.cents), None)

    @property
    def last_on(self) -> date | None:
        """The day of the last payment to come."""
        return next((due.payable_by for due in reversed(self.dues) if due.cents), None)


@dataclass(frozen=True)
class Comparison:
    """A plan before and after a change."""

    before: Outlook
    after: Outlook
    change: Change | None = field(default=None, repr=False)
    near: limits.Near | None = None  # what to warn of, where the cost comes near what the law allows

    @property
    def dearer_cents(self) -> int:
        """By how much the cost of borrowing rises; negative when it falls."""
        return self.after.interest_cents - self.before.interest_cents

    @property
    def cheaper_cents(self) -> int:
        """By how much the cost of borrowing falls; negative when it rises."""
        return -self.dearer_cents

    @property
    def lines(self) -> Iterator[tuple[Due | None, Due | None]]:
        """(before, after) of each instalment to come, the first beside the first; None where a plan has no more."""
        return zip_longest(self.before.dues, self.after.dues)


def seen_from(book: Book) -> Outlook:
    """The plan in force as it is seen from the day of its book."""
    closed = closed_days(book.standings[0].due_on.year, book.standings[-1].due_on.year + 1)
    dues = [Due(next_business_day(row.due_on, closed), row.lacking_cents) for row in book.standings]
    coming = tuple(due for due in dues if due.payable_by >= book.until)
    level_cents = planning.level_payment(book.version, book.until)
    return Outlook(
        annual_rate=book.version.rate_on(book.until),
        # What is waived or paid ahead is not in the version: a payment that never comes is not regular.
        payment_cents=min(level_cents, max((due.cents for due in coming), default=level_cents)),
        late_cents=sum(due.cents for due in dues if due.payable_by < book.until),
        interest_cents=sum(row.interest_due_cents for row in book.standings),
        total_cents=sum(row.due_cents for row in book.standings),
        dues=coming,
    )


def foreseen(loan: Loan, change: Change) -> Comparison:
    """What the change would do to the plan. Nothing is written. Raises Refused: no_plan_left, criminal_rate."""
    try:
        posting = books.drafted(
            loan, change.kind, on=change.on, cents=change.cents, event=Event(), detail=change.detail
        )
    except BookError as error:
        raise Refused("no_plan_left") from error
    after = books.foretold(posting)
    figures = limits.refuse_criminal_version(loan, after.version, change.most_months)
    near = limits.warning_of(figures.cost)
    return Comparison(seen_from(books.book_of(loan, after.until)), seen_from(after), change, near)
