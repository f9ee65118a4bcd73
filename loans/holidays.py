"""The days on which payments do not clear in Ontario: the province's holidays and the banks' own two."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def closed_days(first_year: int, last_year: int) -> frozenset[date]:
    """Every closed weekday of these years. Weekends are closed anyway.

    Ontario's public holidays and, for banks, 30 September and 11 November; a holiday on a weekend is kept on the
    next weekday (Payments Canada's practice). Source of the dates: the `holidays` library.
    """
    calendar = holidays.country_holidays(
        "CA", subdiv="ON", years=range(first_year, last_year + 1), categories=("public", "government"), observed=True
    )
    return frozenset(calendar)
