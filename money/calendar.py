"""Days on which something is due, and days on which payments clear."""

from calendar import monthrange
from collections.abc import Container, Mapping
from datetime import date, timedelta
from enum import StrEnum

MOST_CLOSED_IN_A_ROW = 60  # days without a business day; no calendar that is meant closes for longer
MOST_BUSINESS_DAYS = 1000  # that one call counts: about four years


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


class Banking(StrEnum):
    """Whether payments clear on a day: they do, they do not, or banks differ and the office must ask its own."""

    OPEN = "open"
    CLOSED = "closed"
    ASK = "ask"


class CalendarError(ValueError):
    """A business day that cannot be found: the field, a code, and the bound it broke (None when there is no number).

    Codes: all_closed (no business day within `MOST_CLOSED_IN_A_ROW` days), out_of_calendar, out_of_bounds.
    """

    def __init__(self, field: str, code: str, bound: int | None = None) -> None:
        super().__init__(f"{field}: {code}" + ("" if bound is None else f" ({bound})"))
        self.field, self.code, self.bound = field, code, bound


def not_open(told: Mapping[date, Banking]) -> frozenset[date]:
    """The days on which nobody may count: those that are closed, and those about which the bank was not asked yet.

    One reading serves both sides: a payment made on the business day after such a day is on time, and nothing is sent
    on it (DOMAIN section 8: banks process regional holidays differently).
    """
    return frozenset(day for day, banking in told.items() if banking != Banking.OPEN)


def next_business_day(day: date, closed: Container[date]) -> date:
    """`day` itself, or the first day after it that is neither weekend nor `closed`.

    Raises CalendarError: all_closed, out_of_calendar.
    """
    return _nearest(day, closed, onward=1)


def previous_business_day(day: date, closed: Container[date]) -> date:
    """`day` itself, or the last day before it that is neither weekend nor `closed`. Raises as `next_business_day`."""
    return _nearest(day, closed, onward=-1)


def add_business_days(day: date, count: int, closed: Container[date]) -> date:
    """The `count`-th business day after `day`, or before it when `count` is below 0; `day` itself is not counted.

    Mail counts as received on the 5th business day after it was sent, a business may claim a debit back within 10
    (DOMAIN section 8; Payments Canada Rule H1). Raises CalendarError: out_of_bounds for a count of 0 or beyond
    `MOST_BUSINESS_DAYS`, and as `next_business_day`.
    """
    if not 1 <= abs(count) <= MOST_BUSINESS_DAYS:
        raise CalendarError("count", "out_of_bounds", MOST_BUSINESS_DAYS)
    onward = 1 if count > 0 else -1
    for _ in range(abs(count)):
        day = _nearest(_after(day, onward), closed, onward=onward)
    return day


def _nearest(day: date, closed: Container[date], *, onward: int) -> date:
    for _ in range(MOST_CLOSED_IN_A_ROW + 1):
        if day.weekday() < 5 and day not in closed:
            return day
        day = _after(day, onward)
    raise CalendarError("closed", "all_closed", MOST_CLOSED_IN_A_ROW)


def _after(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise CalendarError("day", "out_of_calendar") from error
