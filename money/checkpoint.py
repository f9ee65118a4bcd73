"""A checkpoint: all that a fold knows, as JSON can say it, so that a payment today does not fold years again.

It is written and read with every payment, so it is kept plain: days are said by their ordinal, and the rows of the
instalments one after the other in a single list of numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
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

FORMAT = 2  # of what is written here: whoever finds another one replays the facts
COUNTS = ("booked", "planned", "principal", "on_balance", "lent", "credit", "written_off", "paid", "oldest")
NUMBERS = 10  # that say a row
FEES, INTEREST, PRINCIPAL = Part.FEES, Part.INTEREST, Part.PRINCIPAL


def checkpoint(fold: Fold) -> dict[str, Any]:
    """What `resumed` needs to carry on behind the facts that the fold took."""
    ledger = fold.ledger
    on, *place = fold.last
    return {
        "format": FORMAT,
        "last": [on.toordinal(), *place, fold.last_number, fold.last_is_void],
        "changes": [_said(fact) for fact in fold.changes],
        "days": [day.toordinal() for day in (ledger.starts, ledger.day, ledger.accrued_to)],
        "period": [ledger.period.number, ledger.period.starts.toordinal(), ledger.period.ends.toordinal()],
        "exact": str(ledger.exact),
        "counts": [getattr(ledger, name) for name in COUNTS],
        "owing": [ledger.owing[FEES], ledger.owing[INTEREST]],
        "rows": [number for row in ledger.rows for number in _said_row(row)],
    }


def resumed(terms: Terms, said: Mapping[str, Any], order: Sequence[Part] = USUAL_ORDER) -> Fold:
    """The fold of which a checkpoint of this FORMAT, on these terms and in this order, was taken."""
    changes = [_fact(each) for each in said["changes"]]
    version = Version(terms)
    for change in changes:
        version = version.changed_by(change)
    ledger = Ledger(version, order, list(_rows(said["rows"])))
    ledger.starts, ledger.day, ledger.accrued_to = map(date.fromordinal, said["days"])
    number, starts, ends = said["period"]
    days = date.fromordinal(starts), date.fromordinal(ends)
    ledger.period = period(number, *days, ledger.terms.frequency, ledger.terms.day_count)
    ledger.exact = Fraction(said["exact"])
    for name, count in zip(COUNTS, said["counts"], strict=True):
        setattr(ledger, name, count)
    ledger.owing = dict(zip((FEES, INTEREST), said["owing"], strict=True))
    fold = Fold(terms, order, ledger)
    on, kind, cents, read, fold.last_number, fold.last_is_void = said["last"]
    fold.last, fold.changes = (date.fromordinal(on), kind, Cents(cents), read), changes
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


def _said_row(row: Row) -> tuple[int, ...]:
    asked, paid, last = row.asked, row.paid, row.last_paid_on
    return (
        row.due_on.toordinal(),
        row.planned,
        int(row.is_silent),
        asked[FEES],
        asked[INTEREST],
        asked[PRINCIPAL],
        paid[FEES],
        paid[INTEREST],
        paid[PRINCIPAL],
        last.toordinal() if last else 0,
    )


def _rows(said: Sequence[int]) -> Iterator[Row]:
    for number, row in enumerate(zip(*[iter(said)] * NUMBERS, strict=True), start=1):
        due_on, planned, is_silent, fees, interest, principal, paid_fees, paid_interest, paid_principal, last = row
        yield Row(
            number,
            date.fromordinal(due_on),
            planned,
            bool(is_silent),
            {FEES: fees, INTEREST: interest, PRINCIPAL: principal},
            {FEES: paid_fees, INTEREST: paid_interest, PRINCIPAL: paid_principal},
            date.fromordinal(last) if last else None,
        )
