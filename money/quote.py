"""A quote: terms as a line of JSON in, what they come to as a dictionary out. Nothing is guessed or passed over."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, TypeVar

from money.amounts import Cents, Rounding
from money.calendar import Frequency
from money.figures import Figures, figures
from money.interest import DayCount
from money.terms import (
    Advance,
    Amortisation,
    Fee,
    FeePaid,
    GraceInterest,
    OnRateChange,
    Pause,
    RateChange,
    Terms,
    TermsError,
)

SIX_PLACES = Decimal("0.000001")
LONGEST_LINE = 1_000_000  # bytes, or characters of a text
MOST_RATE = 10**12  # a year; fees that all but eat a loan make it cost more than can be told
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
RATE = re.compile(r"-?\d{1,40}(\.\d{1,40})?", re.ASCII)
Choice = TypeVar("Choice", bound=StrEnum)
Reader = Callable[[str, Any], Any]


def quote(line: str | bytes) -> dict[str, Any]:
    """What the terms in a line of JSON (bytes: UTF-8) come to, or {"id", "error", "field"}; never raises.

    In: id, advances [{on, cents}], annual_rate, instalments, frequency, first_due, interest_only, grace, day_count,
    rounding, amortisation, fees [{cents, paid, cost_of_borrowing}], rates [{from, annual_rate}], minimum_cents,
    grace_interest, on_rate_change, pauses [{after, instalments}] (as `money.terms` explains them). Days are YYYY-MM-DD,
    amounts whole cents, rates fractions a year, as text or number. Out: what `money.figures` says of the terms, as the
    pages show it, and the triggering rate of a payment that is kept; fractions as text with six places. An error is a
    code, with its bound where there is one.
    """
    known_as = None
    try:
        said = _read(line)
        known_as = _name(said.pop("id", None))
        return {"id": known_as, **_told(figures(_terms(said)))}
    except TermsError as error:
        bound = "" if error.bound is None else f" ({error.bound})"
        return {"id": known_as, "error": f"{error.code}{bound}", "field": error.field or None}


def _told(found: Figures) -> dict[str, Any]:
    schedule = found.plan
    if found.cost.effective_rate > MOST_RATE:
        raise TermsError("fees", "rate_out_of_bounds", MOST_RATE)
    rows = [
        {**asdict(row), "due_on": row.due_on.isoformat(), "total_cents": row.total_cents}
        for row in schedule.instalments
    ]
    kept = found.triggering_rate if found.terms.on_rate_change is OnRateChange.KEEP else None
    return {
        "instalments": rows,
        "payment_cents": schedule.payment_cents,
        "total_interest_cents": schedule.total_interest_cents,
        "total_paid_cents": schedule.total_paid_cents,
        "cost_of_borrowing_cents": found.cost.cost_of_borrowing_cents,
        "apr": _six_places(found.cost.apr),
        "effective_rate": _six_places(found.cost.effective_rate),
        **({"triggering_rate": _six_places(kept)} if kept is not None else {}),
    }


def _six_places(fraction: Decimal) -> str:
    return str(fraction.quantize(SIX_PLACES, ROUND_HALF_UP))


def _read(line: str | bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise TermsError("", "too_long", LONGEST_LINE)
    try:
        text = line.decode() if isinstance(line, bytes) else line
        # NaN and Infinity are read so that the field can be named that they stand in; no field takes them.
        said = json.loads(text, parse_float=Decimal, parse_constant=Decimal, object_pairs_hook=_without_twins)
    except (ValueError, RecursionError) as error:
        if isinstance(error, TermsError):
            raise
        raise TermsError("", "not_json") from None
    if not isinstance(said, dict):
        raise TermsError("", "not_an_object")
    return said


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        names = [name for name, _ in pairs]
        raise TermsError(next(name for name in names if names.count(name) > 1), "said_twice")
    return said


def _name(said: Any) -> str | int | None:
    if said is None or (isinstance(said, str | int) and not isinstance(said, bool)):
        return said
    raise TermsError("id", "not_a_text")


def _terms(said: dict[str, Any]) -> Terms:
    _only_known(said, FIELDS, "")
    for field in ("advances", "annual_rate", "instalments", "first_due"):
        if said.get(field) is None:
            raise TermsError(field, "missing")
    return Terms(**{field: FIELDS[field](field, value) for field, value in said.items() if value is not None})


def _only_known(said: dict[str, Any], known: Iterable[str], within: str) -> None:
    if strangers := [name for name in said if name not in known]:
        raise TermsError(within or strangers[0], "unknown_field", strangers[0] if within else None)


def _whole(field: str, said: Any) -> int:
    if isinstance(said, bool) or not isinstance(said, int):
        raise TermsError(field, "not_a_whole_number")
    return said


def _cents(field: str, said: Any) -> Cents:
    return Cents(_whole(field, said))


def _rate(field: str, said: Any) -> Decimal:
    if isinstance(said, bool) or not isinstance(said, str | int | Decimal):
        raise TermsError(field, "not_a_rate")
    if isinstance(said, str) and not RATE.fullmatch(said):
        raise TermsError(field, "not_a_rate")
    if isinstance(said, Decimal) and not said.is_finite():
        raise TermsError(field, "not_a_rate")
    return Decimal(said)


def _day(field: str, said: Any) -> date:
    if isinstance(said, str) and DAY.fullmatch(said):
        try:
            return date.fromisoformat(said)
        except ValueError:
            pass
    raise TermsError(field, "not_a_day")


def _yes_or_no(field: str, said: Any) -> bool:
    if not isinstance(said, bool):
        raise TermsError(field, "not_true_or_false")
    return said


def _one_of(choices: type[Choice]) -> Callable[[str, Any], Choice]:
    def read(field: str, said: Any) -> Choice:
        if said not in [choice.value for choice in choices]:
            raise TermsError(field, "not_one_of", ", ".join(choice.value for choice in choices))
        return choices(said)

    return read


def _rows(make: Callable[..., Any], readers: dict[str, Reader], optional: tuple[str, ...] = ()) -> Reader:
    """A list of objects, each with these keys; "from" is a word of Python, so `make` knows it as "starts"."""

    def read(field: str, said: Any) -> tuple[Any, ...]:
        if not isinstance(said, list) or not all(isinstance(row, dict) for row in said):
            raise TermsError(field, "not_a_list_of_objects")
        return tuple(_row(field, row) for row in said)

    def _row(field: str, row: dict[str, Any]) -> Any:
        _only_known(row, readers, field)
        if missing := [key for key in readers if row.get(key) is None and key not in optional]:
            raise TermsError(field, "missing", missing[0])
        values = {key: reader(field, row[key]) for key, reader in readers.items() if row.get(key) is not None}
        return make(**{"starts" if key == "from" else key: value for key, value in values.items()})

    return read


FIELDS: dict[str, Reader] = {
    "advances": _rows(Advance, {"on": _day, "cents": _cents}),
    "annual_rate": _rate,
    "instalments": _whole,
    "frequency": _one_of(Frequency),
    "first_due": _day,
    "interest_only": _whole,
    "grace": _whole,
    "day_count": _one_of(DayCount),
    "rounding": _one_of(Rounding),
    "amortisation": _one_of(Amortisation),
    "fees": _rows(
        Fee,
        {"cents": _cents, "paid": _one_of(FeePaid), "cost_of_borrowing": _yes_or_no},
        optional=("cost_of_borrowing",),
    ),
    "rates": _rows(RateChange, {"from": _day, "annual_rate": _rate}),
    "minimum_cents": _cents,
    "grace_interest": _one_of(GraceInterest),
    "on_rate_change": _one_of(OnRateChange),
    "pauses": _rows(Pause, {"after": _day, "instalments": _whole}),
}
