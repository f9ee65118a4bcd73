"""Where a loan stands, kept in one row: the fold of its facts, and the tip of their chain."""

import hashlib
from typing import Any

from loans.lifecycle.ledger.chain import START
from loans.lifecycle.lending.held import unpaid_from
from loans.models import Fact, Loan, Position
from money.book import Balance
from money.checkpoint import FORMAT, checkpoint, resumed
from money.fold import Fold


def position_of(loan: Loan) -> Position | None:
    """The position read with the loan, or now; a loan on which nothing happened has none."""
    return getattr(loan, "position", None)


def tip_of(loan: Loan) -> tuple[int, str]:
    """Number and hash of the newest fact of the loan's chain, as the position knows them."""
    position = position_of(loan)
    if position is None:
        return loan.facts.order_by("-number").values_list("number", "hash").first() or (0, START)
    return position.last_fact, position.last_hash


def fold_of(loan: Loan) -> Fold | None:
    """The fold that the position remembers; a new one for a loan on which nothing happened; None for other terms."""
    position = position_of(loan)
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
        "next_unpaid_on": unpaid_from(loan, following) if following else None,
        "next_unpaid_cents": following.lacking_cents if following else 0,
        "checkpoint": {"terms": _fingerprint(loan), **checkpoint(fold)},
    }


def moved_position(loan: Loan, balance: Balance, fold: Fold, last: Fact) -> Position:
    """The loan's position as `position_values`, not saved."""
    position = position_of(loan) or Position(loan=loan)
    for name, value in position_values(loan, balance, fold, last).items():
        setattr(position, name, value)
    return position
