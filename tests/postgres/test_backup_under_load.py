"""A backup while money comes in: only a database with several writers at once can show it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection

from config import clock
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import repayment
from loans.models import Entry, Fact, Receipt
from tests.vault.office import leave_nothing, run
from vault.backup import taking

PATIENCE_SECONDS = 30


class Payments(Thread):
    """Records a dollar after the other until told to stop."""

    def __init__(self, loan, by):
        super().__init__(daemon=True)
        self.loan, self.by, self.count, self.error = loan, by, 0, None
        self.one_more, self.enough = Signal(), Signal()

    def run(self):
        try:
            while not self.enough.is_set():
                repayment.record_payment(
                    self.loan, by=self.by, on=clock.today(), cents=100, method="transfer", payer="Amina"
                )
                self.count += 1
                self.one_more.set()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def wait_for_one_more(self):
        self.one_more.clear()
        assert self.one_more.wait(PATIENCE_SECONDS), self.error


@contextmanager
def coming_in(loan, by) -> Iterator[Payments]:
    payments = Payments(loan, by)
    payments.start()
    try:
        payments.wait_for_one_more()
        yield payments
    finally:
        payments.enough.set()
        payments.join(PATIENCE_SECONDS)
    assert payments.error is None


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
