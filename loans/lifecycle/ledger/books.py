"""Keeping the books: a fact goes in, and what follows from all facts is written beside it.

Facts are chained per loan. A fact that follows the others in their written order is folded on from the position's
checkpoint; a backdated fact or a reversal has all of them replayed, and the difference is appended: nothing written is
touched.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Required, TypedDict, Unpack

from config import clock
from loans.lifecycle.ledger.chain import HASH_VERSION, as_engine, chained_hash, facts_of
from loans.lifecycle.ledger.closing import first_open_day
from loans.lifecycle.ledger.positions import fold_of, moved_position, tip_of
from loans.lifecycle.lending.planning import new_version
from loans.models import Entry, Event, Fact, Loan, Position
from money import book as engine
from money.book import Balance, Book, FactKind
from money.facts import CHANGES
from money.fold import Fold, OutOfTurn

Line = tuple[date, str, str]
Written = tuple[date, str, str, int]  # day, debit, credit, cents


@dataclass
class Posting:
    """A fact, the lines that it adds to the books, and where the loan stands then; nothing of it is saved yet."""

    fact: Fact
    lines: Sequence[Written]
    balance: Balance
    fold: Fold

    def entries(self, opens: date = date.min) -> list[Entry]:
        """The lines as rows of the books, none booked before they open on `opens`; the fact must be saved."""
        return [
            Entry(
                loan_id=self.fact.loan_id,
                fact=self.fact,
                on=on,
                booked_on=max(on, opens),
                recorded_at=self.fact.recorded_at,
                debit=debit,
                credit=credit,
                cents=cents,
                fund_id=self.fact.loan.fund_id,
            )
            for on, debit, credit, cents in self.lines
        ]

    def position(self) -> Position:
        """The loan's position behind the fact, not saved."""
        return moved_position(self.fact.loan, self.balance, self.fold, self.fact)


class Told(TypedDict, total=False):
    """What is told of a fact, as `drafted` takes it."""

    on: Required[date]
    cents: Required[int]
    event: Required[Event]
    detail: dict[str, Any] | None
    reverses: Fact | None


def write(loan: Loan, kind: FactKind, **told: Unpack[Told]) -> Fact:
    """The fact that `posted` adds."""
    return posted(loan, kind, **told).fact


def posted(loan: Loan, kind: FactKind, **told: Unpack[Told]) -> Posting:
    """Add one fact to the loan's chain, told as `drafted` takes it, post what follows from it, and move the position.

    The loan must be locked. A change of the plan, or its reversal, makes a new version. Raises BookError for one that
    leaves no plan.
    """
    posting = drafted(loan, kind, **told)
    reverses = posting.fact.reverses
    if kind in CHANGES or (reverses and reverses.kind in CHANGES):
        new_version(loan, reason=kind.value, version=posting.balance.version)
    posting.fact.save(force_insert=True)
    Entry.objects.bulk_create(_entries_of([posting]))
    posting.position().save()
    return posting


def write_all(postings: Sequence[Posting]) -> None:
    """Save what was drafted for many loans, each locked and not among the others, in one query a table."""
    Fact.objects.bulk_create([posting.fact for posting in postings])
    Entry.objects.bulk_create(_entries_of(postings))
    moved = [posting.position() for posting in postings]
    columns = [column.name for column in Position._meta.concrete_fields if not column.primary_key]
    Position.objects.bulk_create(moved, update_conflicts=True, unique_fields=["id"], update_fields=columns)


def _entries_of(postings: Sequence[Posting]) -> list[Entry]:
    """The rows of the books, booked behind what is closed: read after the facts, for which a closing waits."""
    days = [on for posting in postings for on, *_ in posting.lines]
    opens = first_open_day(min(days)) if days else date.min
    return [entry for posting in postings for entry in posting.entries(opens)]


def drafted(
    loan: Loan,
    kind: FactKind,
    *,
    on: date,
    cents: int,
    event: Event,
    detail: dict[str, Any] | None = None,
    reverses: Fact | None = None,
) -> Posting:
    """The fact that comes next in the loan's chain, and what follows from it, unsaved. Raises as `write`."""
    last_number, last_hash = tip_of(loan)
    fact = Fact(
        loan=loan,
        number=last_number + 1,
        kind=kind,
        on=on,
        recorded_at=clock.now(),
        cents=cents,
        detail=detail or {},
        event=event,
        reverses=reverses,
        previous_hash=last_hash,
        hash_version=HASH_VERSION,
    )
    fact.hash = chained_hash(fact)
    return _followed(loan, fact) or _replayed(loan, fact)


def _followed(loan: Loan, fact: Fact) -> Posting | None:
    """The fact folded on from the checkpoint; None when that cannot be."""
    fold = fold_of(loan)
    if fold is None or fold.ledger.day > fact.on:
        return None
    try:
        entries = fold.take(as_engine(fact, None))
    except OutOfTurn:
        return None
    lines = [(entry.on, str(entry.debit), str(entry.credit), int(entry.cents)) for entry in entries]
    return Posting(fact, lines, engine.balance_of(fold, fact.on), fold)


def _replayed(loan: Loan, fact: Fact) -> Posting:
    """All facts taken anew; the lines are what the books lack, and the mirrors of what they hold too much."""
    target = fact.reverses.number if fact.reverses else None
    facts = [*facts_of(loan), as_engine(fact, target)]
    until = max(each.on for each in facts)
    fold, entries = engine.replayed(loan.terms, facts, until)
    book = engine.book_of(fold, until, entries)
    return Posting(fact, missing_lines(loan, book), book, fold)


def book_of(loan: Loan, until: date | None = None, known_at: datetime | None = None) -> Book:
    """The loan's book, with its lines, on the day `until`; without it, on the value date of its latest fact.

    With `known_at`: as it was known at that moment, from the facts recorded by then. The entries recorded by then are,
    net by day and pair of accounts, the lines of this book without `until`: entries exist up to the value date of the
    latest fact known, and time that passed since has written none. The terms are today's: they stand still from the
    first advance on, and every later change of them is a fact.
    """
    return folded(loan, until, known_at)[1]


def folded(loan: Loan, until: date | None = None, known_at: datetime | None = None) -> tuple[Fold, Book]:
    """The fold of the loan's facts on the day `until`, replayed from nothing, and its book as `book_of`."""
    facts = facts_of(loan, known_at)
    until = until or max((fact.on for fact in facts), default=loan.advance_on)
    fold, entries = engine.replayed(loan.terms, facts, until)
    return fold, engine.book_of(fold, until, entries)


def balance_then(posting: Posting, on: date) -> Balance:
    """Where the loan stands on a day not before the drafted fact, once the position was moved."""
    return posting.balance if posting.balance.until >= on else engine.balance_of(posting.fold, on)


def foretold(posting: Posting) -> Book:
    """The book as it would be on the drafted fact's day, its lines left out; nothing was saved."""
    return engine.book_of(posting.fold, posting.balance.until, ())


def stands(loan: Loan, on: date) -> Balance:
    """Where the loan stands on a day: folded on from the checkpoint, unless the day is before it."""
    fold = fold_of(loan)
    if fold is None or fold.ledger.day > on:
        return book_of(loan, until=on)
    return engine.balance_of(fold, on)


def missing_lines(loan: Loan, book: Book) -> list[Written]:
    """What the entries lack against the replay, as (day, debit, credit, cents): empty when they agree."""
    return difference(book, loan.entries.values_list("on", "debit", "credit", "cents"))


def difference(book: Book, written: Iterable[Written]) -> list[Written]:
    """What the lines that are written lack against the book, as `missing_lines`."""
    lacking: Counter[Line] = Counter()
    for entry in book.entries:
        _count(lacking, entry.on, entry.debit, entry.credit, entry.cents)
    for on, debit, credit, cents in written:
        _count(lacking, on, debit, credit, -cents)
    return [
        (on, first, second, cents) if cents > 0 else (on, second, first, -cents)
        for (on, first, second), cents in sorted(lacking.items())
        if cents
    ]


def _count(lines: Counter[Line], on: date, debit: str, credit: str, cents: int) -> None:
    """A row and its mirror are one line with opposite signs."""
    if debit < credit:
        lines[on, str(debit), str(credit)] += cents
    else:
        lines[on, str(credit), str(debit)] -= cents
