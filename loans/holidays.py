"""Which days are off: Ontario's holidays and the banks' own two, and over them what the office says (CalendarDay).

Three values a place: open, closed, or ask, where banks differ (DOMAIN section 8). A day that one must ask about counts
as not open until the office has answered: a payment due on it is on time on the next business day, and nothing is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays
from django.utils.translation import gettext_lazy as _

from loans.fields import Text
from loans.models import CalendarDay
from money.calendar import Banking, not_open

BANK_PAYMENTS = "aft"  # automated funds transfer: deposits and debits through the banks
LAST_YEAR = holidays.CA.end_year  # beyond it the library knows of no holiday
NAMES: dict[str, Text] = {
    "New Year's Day": _("New Year’s Day"),
    "Family Day": _("Family Day"),
    "Good Friday": _("Good Friday"),
    "Easter Monday": _("Easter Monday"),
    "Victoria Day": _("Victoria Day"),
    "Canada Day": _("Canada Day"),
    "Civic Holiday": _("Civic Holiday"),
    "Labour Day": _("Labour Day"),
    "National Day for Truth and Reconciliation": _("National Day for Truth and Reconciliation"),
    "Thanksgiving Day": _("Thanksgiving Day"),
    "Remembrance Day": _("Remembrance Day"),
    "Christmas Day": _("Christmas Day"),
    "Boxing Day": _("Boxing Day"),
}
MOVED = " (observed)"  # how the library marks the weekday that stands for a holiday on a weekend


@dataclass(frozen=True)
class Place:
    """Where a day can be off: its name and the holidays it keeps. One asks about every other holiday, and about those
    in `unsure_when_moved` once a weekend moved them to a weekday.
    """

    name: Text
    keeps: frozenset[str]
    unsure_when_moved: frozenset[str]


KEPT_BY_ALL = frozenset(NAMES) - {
    "Family Day",
    "Easter Monday",
    "Civic Holiday",
    "National Day for Truth and Reconciliation",
    "Remembrance Day",
}
PLACES = {
    # Payments Canada's days: Family Day, Easter Monday, the Civic Holiday and a moved Boxing Day differ between banks.
    BANK_PAYMENTS: Place(
        _("Bank payments"),
        KEPT_BY_ALL | {"National Day for Truth and Reconciliation", "Remembrance Day"},
        frozenset({"Boxing Day"}),
    ),
    # The nine public holidays of the Employment Standards Act, 2000; each office says how it keeps a moved one.
    "office": Place(_("The office"), KEPT_BY_ALL | {"Family Day"}, frozenset(NAMES)),
}


@dataclass(frozen=True)
class Holiday:
    """A holiday that falls on a weekday, or was moved to one from a weekend; `names` in the library's English."""

    day: date
    names: tuple[str, ...]
    is_moved: bool

    def banking(self, place: str) -> Banking:
        """What this day usually is there: closed, or ask. A place that nobody listed keeps the banks' days."""
        known = PLACES.get(place, PLACES[BANK_PAYMENTS])
        sure = known.keeps - known.unsure_when_moved if self.is_moved else known.keeps
        return Banking.CLOSED if sure & set(self.names) else Banking.ASK


@lru_cache(maxsize=64)
def usual(first_year: int, last_year: int) -> tuple[Holiday, ...]:
    """Every holiday of these years that takes a weekday, in order. Weekends are closed anyway.

    A holiday on a weekend is kept on the next weekday. Source of the dates: the `holidays` library, to `LAST_YEAR`.
    """
    found = holidays.country_holidays(
        "CA",
        subdiv="ON",
        years=range(first_year, last_year + 1),
        categories=("public", "government", "optional"),
        observed=True,
        language="en_CA",
    )
    return tuple(
        Holiday(day, tuple(name.removesuffix(MOVED) for name in names.split("; ")), names.endswith(MOVED))
        for day, names in sorted(found.items())
        if day.weekday() < 5
    )


def banking_days(first_year: int, last_year: int, place: str = BANK_PAYMENTS) -> Mapping[date, Banking]:
    """Every weekday of these years that is not plainly open, or of which the office said that it is. One query.

    The office's last confirmed word about the place, or about every place, goes before what is usual.
    """
    told = {holiday.day: holiday.banking(place) for holiday in usual(first_year, last_year)}
    rows = CalendarDay.objects.in_force().filter(
        place__in=("", place), day__range=(date(first_year, 1, 1), date(last_year, 12, 31))
    )
    return told | {day: Banking(said) for day, said in rows.values_list("day", "banking")}


def closed_days(first_year: int, last_year: int, place: str = BANK_PAYMENTS) -> frozenset[date]:
    """Every weekday of these years on which payments may not clear: closed, or ask and not answered yet. One query."""
    return not_open(banking_days(first_year, last_year, place))
