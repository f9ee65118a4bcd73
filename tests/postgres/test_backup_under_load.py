"""A backup while money comes in: only a database with several writers at once can show it."""

import pytest

from loans.lifecycle.audit import audit
from loans.models import Entry, Fact, Receipt
from tests.postgres.payments import coming_in
from tests.vault.office import leave_nothing, run
from vault.backup import taking


@pytest.fixture
def shelf(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_a_backup_is_of_one_moment_while_payments_come_in(committed, active, felix, shelf, monkeypatch):
    pour, between_tables = taking._pour_table, []

    def pour_after_a_payment(out, model):
        payments.wait_for_one_more()
        between_tables.append(payments.count)
        return pour(out, model)

    monkeypatch.setattr(taking, "_pour_table", pour_after_a_payment)
    with coming_in(active, felix) as payments:
        run("backup", shelf / "night")
    assert between_tables == sorted(set(between_tables))  # one payment at least before each table
    leave_nothing()
    run("restore", shelf / "night")
    assert list(audit()) == []
    restored = Fact.objects.filter(kind="payment").count()
    assert 1 <= restored <= between_tables[0]
    assert Receipt.objects.count() == restored
    assert Entry.objects.filter(fact__kind="payment").values("fact").distinct().count() == restored
    assert payments.count > restored + len(between_tables) / 2
