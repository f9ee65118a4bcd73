"""How late a loan is, and how much of the portfolio stands at risk.

Sources: CGAP/SEEP Consensus Guidelines (2003); CGAP Technical Guide (Rosenberg, 2009).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Bucket:
    """A span of days late, both ends included; `last` is None when it has no end."""

    first: int
    last: int | None


BUCKETS = (
    Bucket(0, 0),
    Bucket(1, 30),
    Bucket(31, 60),
    Bucket(61, 90),
    Bucket(91, 180),
    Bucket(181, 365),
    Bucket(366, None),
)


def days_late(next_unpaid_on: date | None, today: date) -> int:
    """Calendar days since the oldest day on which something was due and is not fully paid; 0 when nothing is."""
    return max(0, (today - next_unpaid_on).days) if next_unpaid_on else 0


def bucket(days: int) -> Bucket:
    """The bucket of a loan that is `days` (>= 0) late."""
    return next(each for each in BUCKETS if each.last is None or days <= each.last)


def portfolio_at_risk(loans: Iterable[tuple[int, int]], beyond: int) -> Decimal:
    """The share of all principal that stands in loans more than `beyond` days late, 0 to 1; 0 for no principal.

    `loans`: (principal in cents, days late) each. A late loan counts with its whole principal, not with the part due.
    """
    total = at_risk = 0
    for principal_cents, late in loans:
        total += principal_cents
        at_risk += principal_cents if late > beyond else 0
    return Decimal(at_risk) / total if total else Decimal(0)
