"""Lifting the guards for tests that must empty their tables: the only code that can, and it is not in the product."""

import pytest
from django.db import connection

from loans.models import guards


def lift_guards():
    with connection.cursor() as cursor:
        for table in guards.GUARDED:
            for name in guards.trigger_names(connection.vendor, table):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@pytest.fixture(autouse=True)
def guards_lifted_for_the_flush(request):
    """After a test whose transactions really commit the tables are emptied; the flush puts the guards back."""
    mark = request.node.get_closest_marker("django_db")
    if not ((mark and mark.kwargs.get("transaction")) or "transactional_db" in request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    guards.install()
    yield
    lift_guards()


@pytest.fixture
def committed(transactional_db):
    """For tests of what two people do at once: their transactions really commit."""
