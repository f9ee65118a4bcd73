"""A portfolio made in bulk at one noon, and the office in which one is made."""

import pytest

from config import clock
from loans import demonstration
from loans.demonstration.bulk.office import office_of_today
from loans.furnishing.office import furnish
from tests.loans.demonstration.bulk.large_office import NOON, office


@pytest.fixture(autouse=True)
def noon():
    """The same day whenever the tests run: what is made depends on it."""
    with clock.at(NOON):
        yield


@pytest.fixture
def portfolio(db):
    office()


@pytest.fixture
def furnished(db):
    furnish()
    demonstration.build(0)
    return office_of_today(1)
