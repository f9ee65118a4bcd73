"""How interest runs: what part of a year a stretch of days is, and at what rate.

30/360 counts a regular period as its share of the year (1/12, 1/4, 14/360, 7/360) and any other stretch by 30E/360
(ISDA 2006, section 4.16(g)); inside a period it runs evenly by actual days. The other day counts know actual days only.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from money.calendar import Frequency, shift


class DayCount(StrEnum):
    """The conventions a product may choose."""

    THIRTY_360 = "30/360"
    ACTUAL_365 = "actual/365"
    ACTUAL_ACTUAL = "actual/actual"  # split at 1 January
    ACTUAL_360 = "actual/360"


REGULAR_SHARE = {
    Frequency.MONTHLY: Fraction(1, 12),
    Frequency.QUARTERLY: Fraction(1, 4),
    Frequency.BIWEEKLY: Fraction(14, 360),
    Frequency.WEEKLY: Fraction(7, 360),
}

MOST_PLACES = 20  # of a rate


def days_30e360(start: date, end: date) -> int:
    """Days from start to end when every month has thirty: a 31st counts as the 30th."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months * 30 + min(end.day, 30) - min(start.day, 30)


def share_of_year(day_count: DayCount, start: date, end: date) -> Fraction:
    """The stretch from start to end (not before start) as a share of a year."""
    days = (end - start).days
    match day_count:
        case DayCount.ACTUAL_365:
            return Fraction(days, 365)
        case DayCount.ACTUAL_360:
            return Fraction(days, 360)
        case DayCount.THIRTY_360:
            return Fraction(days_30e360(start, end), 360)
        case DayCount.ACTUAL_ACTUAL:
            return _by_calendar_years(start, end)


def _by_calendar_years(start: date, end: date) -> Fraction:
    share, day = Fraction(0), start
    while day < end:
        new_year = date(day.year + 1, 1, 1)
        until = min(new_year, end)
        share += Fraction((until - day).days, (new_year - date(day.year, 1, 1)).days)
        day = until
    return share


def is_regular(start: date, end: date, frequency: Frequency) -> bool:
    """Whether start to end is one whole period, month-ends allowed for (31 January to 28 February and back)."""
    return shift(start, frequency, 1) == end or shift(end, frequency, -1) == start


@dataclass(frozen=True)
class Period:
    """The stretch between two due days; `share` of a year, spread evenly over its days, or None: by actual days."""

    number: int
    starts: date
    ends: date
    day_count: DayCount
    share: Fraction | None

    @property
    def days(self) -> int:
        """Actual days in the period."""
        return (self.ends - self.starts).days

    def share_of(self, start: date, end: date) -> Fraction:
        """The part of a year from start to end, both inside the period."""
        if self.share is None:
            return share_of_year(self.day_count, start, end)
        if start == self.starts and end == self.ends:
            return self.share
        return self.share * (end - start).days / self.days


def period(number: int, start: date, end: date, frequency: Frequency, day_count: DayCount) -> Period:
    """The contractual period from start to end (after start)."""
    if day_count is not DayCount.THIRTY_360:
        return Period(number, start, end, day_count, None)
    share = REGULAR_SHARE[frequency] if is_regular(start, end, frequency) else share_of_year(day_count, start, end)
    return Period(number, start, end, day_count, share)


def periods(start: date, dues: Sequence[date], frequency: Frequency, day_count: DayCount) -> list[Period]:
    """The contractual periods from `start` to the last of the due days."""
    edges = pairwise((start, *dues))
    return [period(number, *edge, frequency, day_count) for number, edge in enumerate(edges, start=1)]


def is_rate(rate: Decimal) -> bool:
    """Whether this may be a yearly rate: a fraction from 0 to 1 with at most twenty places."""
    places = rate.as_tuple().exponent
    return isinstance(places, int) and places >= -MOST_PLACES and 0 <= rate <= 1


class Rates:
    """The yearly rate from the first day on and its dated changes; of two on one day the later listed holds."""

    def __init__(self, annual_rate: Decimal, changes: Iterable[tuple[date, Decimal]] = ()) -> None:
        self._first = Fraction(annual_rate)
        self._changes = sorted(dict(changes).items())
        self._days = [day for day, _ in self._changes]
        self._rates = [Fraction(rate) for _, rate in self._changes]
        self._known: dict[tuple[int, int], Fraction] = {}  # the first rate × a share: most periods are alike

    def on(self, day: date) -> Fraction:
        """The yearly rate in force on a day."""
        known = bisect_right(self._days, day)
        return self._rates[known - 1] if known else self._first

    def changes_within(self, start: date, end: date) -> list[date]:
        """The days from start (included) to end (not included) on which the rate changes."""
        return [day for day in self._days if start <= day < end]

    def interest_share(self, within: Period, start: date, end: date) -> Fraction:
        """Interest per cent of principal from start to end inside a period."""
        if not self._days:
            share = within.share_of(start, end)
            ratio = share.as_integer_ratio()
            if ratio not in self._known:
                self._known[ratio] = self._first * share
            return self._known[ratio]
        cuts = [start, *(day for day in self._days if start < day < end), end]
        return sum((self.on(a) * within.share_of(a, b) for a, b in pairwise(cuts)), Fraction(0))
