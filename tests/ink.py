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


@pytest.fixture
def committed(transactional_db):
    """A test whose transactions really commit; the flush behind it finds the guards lifted and puts them back."""
    guards.install()
    yield
    lift_guards()
