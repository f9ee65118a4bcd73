"""Keeping the books: a fact goes in, and what follows from all facts is written beside it.

Facts are chained per loan; entries are the engine's replay. A backdated fact or a reversal changes what follows from
the past: the difference is appended, nothing written is touched.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date
from typing import Any

from config import clock
from loans.lifecycle.planning import plan_in_force
from loans.models import Entry, Event, Fact, Loan, Position
from money.amounts import Cents
from money.book import Book, FactKind, replay
from money.book import Fact as BookFact

HASH_VERSION = 1
START = "0" * 64  # what the first fact of a loan has before it
Line = tuple[date, str, str]


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
    """Add one fact to the loan's chain, post what follows from it, and move the position. The loan must be locked."""
    last = loan.facts.order_by("-number").first()
    fact = Fact(
        loan=loan,
        number=last.number + 1 if last else 1,
        kind=kind,
        on=on,
        recorded_at=clock.now(),
        cents=cents,
        detail=detail or {},
        event=event,
        reverses=reverses,
        previous_hash=last.hash if last else START,
        hash_version=HASH_VERSION,
    )
    fact.hash = chained_hash(fact)
    fact.save(force_insert=True)
    book = book_of(loan)
    _append_difference(loan, fact, book)
    _move_position(loan, fact, book)
    return fact


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


def facts_of(loan: Loan) -> list[BookFact]:
    """The loan's facts as the engine takes them, in their order of recording."""
    rows = list(loan.facts.all())
    numbers = {row.pk: row.number for row in rows}
    return [
        BookFact(
            number=row.number,
            kind=FactKind(row.kind),
            on=row.on,
            cents=Cents(row.cents),
            detail=row.detail,
            reverses=numbers[row.reverses_id] if row.reverses_id else None,
        )
        for row in rows
    ]


def book_of(loan: Loan, until: date | None = None) -> Book:
    """The loan's book on the day `until`; without it, on the value date of its latest fact."""
    facts = facts_of(loan)
    until = until or max((fact.on for fact in facts), default=loan.advance_on)
    return replay(loan.terms, plan_in_force(loan).instalments, facts, until)


def missing_lines(loan: Loan, book: Book) -> list[tuple[date, str, str, int]]:
    """What the entries lack against the replay, as (day, debit, credit, cents): empty when they agree."""
    return difference(book, loan.entries.values_list("on", "debit", "credit", "cents"))


def difference(book: Book, written: Iterable[tuple[date, str, str, int]]) -> list[tuple[date, str, str, int]]:
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


def _append_difference(loan: Loan, fact: Fact, book: Book) -> None:
    """Post what the replay holds and the entries do not; what they hold too much is taken back by a mirrored row."""
    Entry.objects.bulk_create(
        Entry(
            loan=loan,
            fact=fact,
            on=on,
            booked_on=on,
            recorded_at=fact.recorded_at,
            debit=debit,
            credit=credit,
            cents=cents,
            fund_id=loan.fund_id,
        )
        for on, debit, credit, cents in missing_lines(loan, book)
    )


def position_values(loan: Loan, book: Book, last_fact: int) -> dict[str, Any]:
    """The columns of a Position, folded from the book."""
    following = next((row for row in book.standings if row.lacking_cents), None)
    payable_by = (
        next(row.payable_by for row in plan_in_force(loan).rows.all() if row.number == following.number)
        if following
        else None
    )
    return {
        "last_fact": last_fact,
        "at": book.until,
        "principal_cents": book.principal_cents,
        "interest_exact": book.interest_exact,
        "fees_cents": book.fees_cents,
        "credit_cents": book.credit_cents,
        "lent_cents": book.lent_cents,
        "paid_cents": book.paid_cents,
        "next_unpaid_on": payable_by,
        "next_unpaid_cents": following.lacking_cents if following else 0,
    }


def _move_position(loan: Loan, fact: Fact, book: Book) -> None:
    Position.objects.update_or_create(loan=loan, defaults=position_values(loan, book, fact.number))
