"""A portfolio made in bulk, small enough for a test."""

import random
from datetime import UTC, datetime

from loans import demonstration
from loans.furnishing.office import furnish

COUNT = 60
SEED = 5  # of this seed sixty loans know all that can happen
NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)


def office(count=COUNT, seed=SEED):
    furnish()
    return demonstration.build(count, seed, walked=0)


def chances(count, seed=1):
    return [random.Random(f"{seed}/{number}") for number in range(count)]
