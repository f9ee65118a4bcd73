from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import recovery
from config import clock
from letters import returns
from letters.models import Letter
from loans.lifecycle.ledger import closing, roots
from loans.models import guards

pytestmark = pytest.mark.django_db

CHANGES = {
    "update": "UPDATE {table} SET id = id",
    "delete": "DELETE FROM {table}",
    "one row": "DELETE FROM {table} WHERE id = (SELECT min(id) FROM {table})",
}


@pytest.fixture
def written(active, felix):
    """An office with a row in every guarded table."""
    roots.make_root(clock.today())
    closing.close_through(clock.today().replace(day=1) - timedelta(days=1), by=felix)
    returns.handed_over(Letter.objects.get(kind="signed"))
    recovery.ask(old_address="amina@example.org", name="Amina", reach="613-555-0123", language="en")


def test_every_guard_stands_after_the_last_migration():
    assert guards.missing() == []


@pytest.mark.parametrize("table", guards.GUARDED)
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_in_ink_cannot_be_changed(written, table, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CHANGES[change].format(table=table))


@pytest.mark.parametrize("table", guards.GUARDED)
def test_what_is_in_ink_cannot_be_replaced_or_emptied(written, table):
    statement = f"TRUNCATE {table} CASCADE"
    if connection.vendor == "sqlite":
        statement = f"REPLACE INTO {table} SELECT * FROM {table}"
    connection.check_constraints()  # PostgreSQL empties no table while foreign keys wait to be checked
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
