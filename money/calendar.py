"""Days on which something is due."""

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta
from enum import StrEnum


class Frequency(StrEnum):
    """How often an instalment is due."""

    MONTHLY = "monthly"
    BIWEEKLY = "biweekly"
    WEEKLY = "weekly"
    QUARTERLY = "quarterly"

    @property
    def a_year(self) -> int:
        """Instalments in a year."""
        return {"monthly": 12, "biweekly": 26, "weekly": 52, "quarterly": 4}[self.value]


def add_months(anchor: date, months: int) -> date:
    """The same day of a later (or earlier) month, or that month's last day. Count from one anchor: chaining drifts."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    day = anchor.day if anchor.day <= 28 else min(anchor.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def shift(anchor: date, frequency: Frequency, periods: int) -> date:
    """`periods` periods after (or before) the anchor."""
    match frequency:
        case Frequency.MONTHLY:
            return add_months(anchor, periods)
        case Frequency.QUARTERLY:
            return add_months(anchor, 3 * periods)
        case Frequency.WEEKLY:
            return anchor + timedelta(days=7 * periods)
        case Frequency.BIWEEKLY:
            return anchor + timedelta(days=14 * periods)


def due_dates(first_due: date, frequency: Frequency, count: int) -> tuple[date, ...]:
    """`count` due days, each counted from the first, so that a month-end never drifts."""
    return tuple(shift(first_due, frequency, number) for number in range(count))


def next_business_day(day: date, closed: Container[date]) -> date:
    """`day` itself, or the first day after it that is neither weekend nor `closed`."""
    while day.weekday() >= 5 or day in closed:
        day += timedelta(days=1)
    return day
