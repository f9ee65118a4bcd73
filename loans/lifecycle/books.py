"""Keeping the books: a fact goes in, and what follows from all facts is written beside it.

Facts are chained per loan. A fact that follows the others in their written order is folded on from the position's
checkpoint; a backdated fact or a reversal has all of them replayed, and the difference is appended: nothing written is
touched.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from config import clock
from loans.lifecycle.closing import first_open_day
from loans.lifecycle.planning import new_version, payable_by
from loans.models import Entry, Event, Fact, Loan, Position
from money import book as engine
from money.amounts import Cents
from money.book import Balance, Book, FactKind
from money.checkpoint import FORMAT, checkpoint, resumed
from money.facts import CHANGES
from money.fold import Fold, OutOfTurn

HASH_VERSION = 1
START = "0" * 64  # what the first fact of a loan has before it
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


def write(
    loan: Loan,
    kind: FactKind,
    *,
    on: date,
    cents: int,
    event: Event,
    detail: dict[str, Any] | None = None,
    reverses: Fact | None = None,
) -> Fact:
    """Add one fact to the loan's chain, post what follows from it, and move the position. The loan must be locked.

    A change of the plan, or its reversal, makes a new version. Raises BookError for one that leaves no plan.
    """
    posting = drafted(loan, kind, on=on, cents=cents, event=event, detail=detail, reverses=reverses)
    if kind in CHANGES or (reverses and reverses.kind in CHANGES):
        new_version(loan, reason=kind.value, version=posting.balance.version)
    posting.fact.save(force_insert=True)
    Entry.objects.bulk_create(_entries_of([posting]))
    _moved_position(posting).save()
    return posting.fact


def write_all(postings: Sequence[Posting]) -> None:
    """Save what was drafted for many loans, each locked and not among the others, in one query a table."""
    Fact.objects.bulk_create([posting.fact for posting in postings])
    Entry.objects.bulk_create(_entries_of(postings))
    moved = [_moved_position(posting) for posting in postings]
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
    last_number, last_hash = _tip(loan)
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


def _tip(loan: Loan) -> tuple[int, str]:
    """Number and hash of the newest fact of the loan's chain, as the position knows them."""
    position = _position_of(loan)
    if position is None:
        return loan.facts.order_by("-number").values_list("number", "hash").first() or (0, START)
    return position.last_fact, position.last_hash


def _position_of(loan: Loan) -> Position | None:
    """The position read with the loan, or now; a loan on which nothing happened has none."""
    return getattr(loan, "position", None)


def _followed(loan: Loan, fact: Fact) -> Posting | None:
    """The fact folded on from the checkpoint; None when that cannot be."""
    fold = _fold_of(loan)
    if fold is None or fold.ledger.day > fact.on:
        return None
    try:
        entries = fold.take(_as_engine(fact, None))
    except OutOfTurn:
        return None
    lines = [(entry.on, str(entry.debit), str(entry.credit), int(entry.cents)) for entry in entries]
    return Posting(fact, lines, engine.balance_of(fold, fact.on), fold)


def _replayed(loan: Loan, fact: Fact) -> Posting:
    """All facts taken anew; the lines are what the books lack, and the mirrors of what they hold too much."""
    target = fact.reverses.number if fact.reverses else None
    facts = [*facts_of(loan), _as_engine(fact, target)]
    until = max(each.on for each in facts)
    fold, entries = engine.replayed(loan.terms, facts, until)
    book = engine.book_of(fold, until, entries)
    return Posting(fact, missing_lines(loan, book), book, fold)


def _fold_of(loan: Loan) -> Fold | None:
    """The fold that the position remembers; a new one for a loan on which nothing happened; None for other terms."""
    position = _position_of(loan)
    if position is None:
        return None if loan.facts.exists() else Fold(loan.terms)
    if not is_readable(position) or position.checkpoint["terms"] != _fingerprint(loan):
        return None
    return resumed(loan.terms, position.checkpoint)


def is_readable(position: Position) -> bool:
    """Whether the position's checkpoint, if it has one, was written as checkpoints are today."""
    return bool(position.checkpoint.get("format") == FORMAT)


def _fingerprint(loan: Loan) -> str:
    """Other terms, another fingerprint: a checkpoint holds for those it was taken on."""
    return hashlib.sha256(repr(loan.terms).encode()).hexdigest()[:16]


def chained_hash(fact: Fact) -> str:
    """SHA-256 over the fact's own columns and the hash before it (version 1: canonical JSON)."""
    body = [
        fact.hash_version,
        fact.previous_hash,
        fact.loan_id,
        fact.number,
        fact.kind,
        fact.on.isoformat(),
        fact.recorded_at.astimezone(UTC).isoformat(),
        fact.cents,
        fact.detail,
        fact.event_id,
        fact.reverses.number if fact.reverses else None,
    ]
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def facts_of(loan: Loan, known_at: datetime | None = None) -> list[engine.Fact]:
    """The loan's facts as the engine takes them, in their order of recording; those recorded by a moment, if told."""
    rows = [row for row in loan.facts.all() if known_at is None or row.recorded_at <= known_at]
    numbers = {row.pk: row.number for row in rows}
    return [_as_engine(row, numbers[row.reverses_id] if row.reverses_id else None) for row in rows]


def _as_engine(row: Fact, reverses: int | None) -> engine.Fact:
    return engine.Fact(row.number, FactKind(row.kind), row.on, Cents(row.cents), row.detail, reverses)


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
    fold = _fold_of(loan)
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


def position_values(loan: Loan, balance: Balance, fold: Fold, last: Fact) -> dict[str, Any]:
    """The columns of a Position, folded from the facts up to `last`, the newest."""
    following = balance.next_unpaid
    return {
        "last_fact": last.number,
        "last_hash": last.hash,
        "at": balance.until,
        "principal_cents": balance.principal_cents,
        "interest_exact": balance.interest_exact,
        "fees_cents": balance.fees_cents,
        "credit_cents": balance.credit_cents,
        "lent_cents": balance.lent_cents,
        "paid_cents": balance.paid_cents,
        "next_unpaid_on": payable_by(loan, following.number) if following else None,
        "next_unpaid_cents": following.lacking_cents if following else 0,
        "checkpoint": {"terms": _fingerprint(loan), **checkpoint(fold)},
    }


def _moved_position(posting: Posting) -> Position:
    """The loan's position after the posting, not saved."""
    loan = posting.fact.loan
    position = _position_of(loan) or Position(loan=loan)
    for name, value in position_values(loan, posting.balance, posting.fold, posting.fact).items():
        setattr(position, name, value)
    return position
