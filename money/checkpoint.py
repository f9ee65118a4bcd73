"""A checkpoint: all that a fold knows, as JSON can say it, so that a payment today does not fold years again."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from money.amounts import Cents
from money.facts import Fact, FactKind, Part
from money.fold import USUAL_ORDER, Fold
from money.interest import period
from money.ledger import Ledger
from money.rows import Row
from money.terms import Terms
from money.version import Version

COUNTS = ("booked", "planned", "principal", "on_balance", "lent", "credit", "written_off", "paid", "oldest")
PARTS = (Part.FEES, Part.INTEREST, Part.PRINCIPAL)


def checkpoint(fold: Fold) -> dict[str, Any]:
    """What `resumed` needs to carry on behind the facts that the fold took."""
    ledger = fold.ledger
    on, *place = fold.last
    return {
        "last": [on.isoformat(), *place, fold.last_number],
        "changes": [_said(fact) for fact in fold.changes],
        "days": [day.isoformat() for day in (ledger.starts, ledger.day, ledger.accrued_to)],
        "period": [ledger.period.number, ledger.period.starts.isoformat(), ledger.period.ends.isoformat()],
        "exact": str(ledger.exact),
        "counts": [getattr(ledger, name) for name in COUNTS],
        "owing": [ledger.owing[Part.FEES], ledger.owing[Part.INTEREST]],
        "rows": [_said_row(row) for row in ledger.rows],
    }


def resumed(terms: Terms, said: Mapping[str, Any], order: Sequence[Part] = USUAL_ORDER) -> Fold:
    """The fold of which a checkpoint, on these terms and in this order, was taken."""
    changes = [_fact(each) for each in said["changes"]]
    version = Version(terms)
    for change in changes:
        version = version.changed_by(change)
    ledger = Ledger(version, order, [_row(number, each) for number, each in enumerate(said["rows"], start=1)])
    ledger.starts, ledger.day, ledger.accrued_to = (date.fromisoformat(day) for day in said["days"])
    number, starts, ends = said["period"]
    days = date.fromisoformat(starts), date.fromisoformat(ends)
    ledger.period = period(number, *days, ledger.terms.frequency, ledger.terms.day_count)
    ledger.exact = Fraction(said["exact"])
    for name, count in zip(COUNTS, said["counts"], strict=True):
        setattr(ledger, name, count)
    ledger.owing = dict(zip((Part.FEES, Part.INTEREST), said["owing"], strict=True))
    fold = Fold(terms, order, ledger)
    on, kind, cents, fold.last_number = said["last"]
    fold.last, fold.changes = (date.fromisoformat(on), kind, Cents(cents)), changes
    return fold


def _said(fact: Fact) -> dict[str, Any]:
    return {
        "number": fact.number,
        "kind": fact.kind.value,
        "on": fact.on.isoformat(),
        "cents": fact.cents,
        "detail": dict(fact.detail),
    }


def _fact(said: Mapping[str, Any]) -> Fact:
    on, kind = date.fromisoformat(said["on"]), FactKind(said["kind"])
    return Fact(said["number"], kind, on, Cents(said["cents"]), said["detail"])


def _said_row(row: Row) -> list[Any]:
    last = row.last_paid_on.isoformat() if row.last_paid_on else None
    amounts = [row.asked[part] for part in PARTS] + [row.paid[part] for part in PARTS]
    return [row.due_on.isoformat(), row.planned, row.is_silent, *amounts, last]


def _row(number: int, said: Sequence[Any]) -> Row:
    due_on, planned, is_silent, *amounts, last = said
    asked, paid = dict(zip(PARTS, amounts[:3], strict=True)), dict(zip(PARTS, amounts[3:], strict=True))
    last_paid_on = date.fromisoformat(last) if last else None
    return Row(number, date.fromisoformat(due_on), planned, is_silent, asked, paid, last_paid_on)
