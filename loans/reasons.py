"""The bank of reasons as it is used: why the office said yes or no, and what would change a no.

The words are rows (loans.models.ReasonWords); codes are kept. Pages read the rows at most once a minute, since every
case shows some; verbs read them afresh.
"""

from collections.abc import Callable
from time import monotonic

from loans.models import ReasonWords

SUPPORT, DECLINE = ReasonWords.Kind.SUPPORT, ReasonWords.Kind.DECLINE
Bank = dict[str, ReasonWords]
SECONDS = 60.0

_read: dict[str, tuple[float, list[ReasonWords]]] = {}


def forget_what_was_read() -> None:
    """After rows were added: the next page reads them anew."""
    _read.clear()


def bank_of(kind: str, purpose: str | None = None) -> Bank:
    """{code: its wording today} of a kind, for loans of `purpose` or for all; read afresh."""
    return _chosen(ReasonWords.in_force(), kind, purpose)


def bank_shown(kind: str, purpose: str | None = None) -> Bank:
    """`bank_of` for a page: as it was at most a minute ago."""
    return _chosen(_once_a_minute("in force", ReasonWords.in_force), kind, purpose)


def words_of(detail: dict) -> list[ReasonWords]:
    """The wordings that a decision names in its event's detail, in its order.

    One from before wordings were named (bare codes) gets the first wording of each code.
    """
    codes = detail.get("reasons", [])
    if not codes:
        return []
    rows = _once_a_minute("all", lambda: list(ReasonWords.objects.all()))
    by_key = {row.pk: row for row in rows}
    if any(key not in by_key for key in detail.get("words", [])):  # written within this minute
        forget_what_was_read()
        by_key |= {row.pk: row for row in ReasonWords.objects.all()}
    named = [by_key[key] for key in detail.get("words", []) if key in by_key]
    if named:
        return named
    first: Bank = {}
    for row in rows:
        first.setdefault(row.code, row)
    return [first[code] for code in codes if code in first]


def _chosen(rows: list[ReasonWords], kind: str, purpose: str | None) -> Bank:
    wanted = None if purpose is None else ("", purpose)
    return {row.code: row for row in rows if row.kind == kind and (wanted is None or row.purpose in wanted)}


def _once_a_minute(name: str, read: Callable[[], list[ReasonWords]]) -> list[ReasonWords]:
    at, rows = _read.get(name, (0.0, []))
    if not rows or monotonic() - at > SECONDS:
        rows = read()
        _read[name] = (monotonic(), rows)
    return rows
