"""The chain of a loan's facts: each holds the hash of the one before it, and none is ever changed."""

import hashlib
import json
from datetime import UTC, datetime

from loans.models import Fact, Loan
from money import book as engine
from money.amounts import Cents
from money.book import FactKind

HASH_VERSION = 1
START = "0" * 64  # what the first fact of a loan has before it


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
    return [as_engine(row, numbers[row.reverses_id] if row.reverses_id else None) for row in rows]


def as_engine(row: Fact, reverses: int | None) -> engine.Fact:
    return engine.Fact(row.number, FactKind(row.kind), row.on, Cents(row.cents), row.detail, reverses)
