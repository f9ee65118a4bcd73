"""The highest yearly cost of credit that the law allows, each from its day; and the numbers that stay within one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Limit:
    """What a loan may cost a year, from a day on. Fractions a year: 0.35 is 35 %.

    `most_apr`: above it credit is a crime, at it lawful. `warning_apr`: from it on whoever sets terms is warned.
    """

    starts: date
    most_apr: Decimal
    warning_apr: Decimal


# Criminal Code s. 347, as amended by S.C. 2023, c. 26, s. 610; the oldest first. Another limit is another line.
LIMITS = (Limit(date(2025, 1, 1), Decimal("0.35"), Decimal("0.30")),)


def limit_on(day: date) -> Limit:
    """The limit that holds on `day`; the oldest we know for a day before it."""
    return next((limit for limit in reversed(LIMITS) if limit.starts <= day), LIMITS[0])


Fits = Callable[[int], bool]


def largest_that(fits: Fits, least: int, most: int) -> int | None:
    """The largest whole number from `least` to `most` that fits, where smaller ones do too; None when `least` does not.

    Found by halving: whatever `fits` is, the answer fits, and the number above it, if it is no more than `most`, not.
    """
    if least > most or not fits(least):
        return None
    if fits(most):
        return most
    good, bad = least, most
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if fits(middle) else (good, middle)
    return good


def least_that(fits: Fits, least: int, most: int) -> int | None:
    """The least whole number from `least` to `most` that fits, where larger ones do too; None when `most` does not."""
    found = largest_that(lambda number: fits(-number), -most, -least)
    return None if found is None else -found
