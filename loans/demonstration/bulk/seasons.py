"""When a case begins and how fast it moves: an office that grows, with a rush before each term of study."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

MOST_YEARS = 5
DAYS_TO_MONEY = 29  # from the first saved page to the money, about
LONGEST_ROAD = 75  # days: nobody is on the road longer
GROWTH = 3  # so many times as many cases begin on the last day as on the first

# How much more, or less, is lent in a month: training before September and January, business before the summer.
TRAINING = (9, 7, 7, 7, 9, 9, 12, 18, 11, 7, 11, 15)
BUSINESS = (8, 9, 13, 14, 13, 10, 8, 8, 10, 10, 8, 6)
SEASONS = {"training": TRAINING, "business": BUSINESS}
SHARES = {"credential": 40, "professional-development": 22, "business": 28, "interest-free": 12}
USUAL_SHARE = 10  # of a product that is not named here


@dataclass(frozen=True)
class Road:
    """The days of one case, from the first page to the money."""

    started: date
    submitted: date
    taken: date
    seen: date
    recommended: date
    decided: date
    signed: date
    sent: date


def leaning(product, day):
    """How likely somebody who begins on `day` asks for this product, against the others."""
    month = (day + timedelta(days=DAYS_TO_MONEY)).month
    return SHARES.get(product.code, USUAL_SHARE) * SEASONS[product.purpose][month - 1]


class Beginnings:
    """The days on which so many cases begin, between two days: more each year, and with the seasons."""

    def __init__(self, count, first, last, products):
        self.count, self.first = count, first
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        self._sums = list(accumulate(self._weight(day, len(days), products) for day in days))

    def day_of(self, number):
        """The day on which case `number` (from 0) begins; a later number never begins earlier."""
        reached = (2 * number + 1) * self._sums[-1] / (2 * self.count)
        return self.first + timedelta(days=bisect_right(self._sums, reached))

    def _weight(self, day, days, products):
        grown = 1 + (GROWTH - 1) * (day - self.first).days / days
        quiet = 0.5 if day.weekday() >= 5 else 1
        return grown * quiet * sum(leaning(product, day) for product in products)


def road_from(started, chance, working_day):
    """A road that begins on `started`. The office works on working days; people apply and sign on any day."""
    submitted = started + timedelta(days=chance.choice((0, 0, 1, 2, 3, 5, 9)))
    taken = working_day(submitted, chance.randint(1, 4))
    seen = working_day(taken, chance.randint(0, 4))
    recommended = working_day(seen, chance.randint(1, 10))
    decided = working_day(recommended, chance.randint(1, 5))
    signed = decided + timedelta(days=chance.choice((0, 1, 1, 2, 3, 4, 6, 9)))
    # The plan of an offer counts on seven days to the money; most are kept.
    sent = max(decided + timedelta(days=7 if chance.random() < 0.5 else chance.randint(5, 12)), signed)
    return Road(started, submitted, taken, seen, recommended, decided, signed, working_day(sent))
