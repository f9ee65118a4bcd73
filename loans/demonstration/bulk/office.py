"""The office as the bulk finds it: its products, its staff, its definitions, read once."""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone

from accounts.models import Role, RoleGrant
from applicants.models import TargetDefinition
from applicants.target_group import Definition
from config import clock
from loans.demonstration.bulk.seasons import LONGEST_ROAD, MOST_YEARS
from loans.holidays import closed_days
from loans.models import IndexRate, Product
from money.calendar import next_business_day

LONGEST_LOAN_YEARS = 12
OPEN, EVENING = range(9, 17), range(18, 22)  # hours of the day


@dataclass(frozen=True)
class Office:
    """What every case takes from the office; `until` is the last day that is lived: yesterday."""

    seed: int
    until: date
    products: tuple[Product, ...]
    definition: Definition
    staff: dict[str, tuple[int, ...]]  # role → keys of users
    closed: frozenset[date]  # weekdays on which nothing is worked or paid

    def chance(self, number: int, what: str) -> random.Random:
        """Chance that repeats itself: of one case and one thing."""
        return random.Random(f"{self.seed}/{number}/{what}")

    def working_day(self, day: date, later: int = 0) -> date:
        """The first working day that is `later` or more days after `day`."""
        return next_business_day(day + timedelta(days=later), self.closed)

    @property
    def first_day(self) -> date:
        """The first day on which a case may begin: each product is on offer, and its rate known, when it is decided."""
        days = [product.effective_from for product in self.products]
        indices = {product.rate_index for product in self.products if product.rate_index}
        days += [IndexRate.objects.filter(index=index).order_by("starts")[0].starts for index in indices]
        return max(*days, self.until - timedelta(days=365 * MOST_YEARS))

    @property
    def last_day(self) -> date:
        """The last day on which a case may begin to have its money by now."""
        return self.until - timedelta(days=LONGEST_ROAD)


def office_of_today(seed: int) -> Office:
    """The office as it stands, for a demo of this seed."""
    staff: dict[str, list[int]] = defaultdict(list)
    for grant in RoleGrant.objects.in_force().order_by("pk"):
        staff[grant.role].append(grant.user_id)
    products: Any = Product.objects.on_offer().prefetch_related("eligibility").select_related("fund")
    people = {role: tuple(staff[role]) for role in Role.values}
    until = clock.today() - timedelta(days=1)
    closed = closed_days(until.year - MOST_YEARS - 1, until.year + LONGEST_LOAN_YEARS)
    return Office(seed, until, tuple(products), TargetDefinition.in_force(), people, closed)


@lru_cache(maxsize=4000)
def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time())).astimezone(UTC)


class Moments:
    """The moments of one case, each after the one before."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._last = chance, datetime(1970, 1, 1, tzinfo=UTC)

    def on(self, day: date, *, at_home: bool = False) -> datetime:
        """A moment of `day`: in office hours, or when people are at home."""
        hours = EVENING if at_home else OPEN
        moment = _midnight(day) + timedelta(seconds=self._chance.randrange(hours.start * 3600, hours.stop * 3600))
        self._last = max(moment, self._last + timedelta(seconds=self._chance.randint(20, 90)))
        return self._last
