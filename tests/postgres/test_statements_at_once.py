"""Two nights at the same moment: each paper and its letter are there once."""

from decimal import Decimal

from config import clock
from letters.models import Letter
from loans.lifecycle.contracts import statements
from loans.lifecycle.lending import changes, debits
from loans.models import LoanPaper
from tests.postgres.test_at_once import both


def test_two_workers_announce_a_changed_debit_once(committed, active, mariam):
    changes.lower_rate(active, by=mariam, annual_rate=Decimal("0.02"), note="Hardship.")
    results = both(lambda: debits.announce(active))
    assert results == [None, None]
    assert LoanPaper.objects.filter(kind="changed_debit").count() == 1
    assert Letter.objects.filter(kind="debit_changed").count() == 1
    assert not active.debit_changes.filter(told_at=None).exists()


def test_two_nights_send_a_new_plan_once(committed, active):
    results = both(lambda: statements.send_new_plans(clock.today()))
    assert sum(tally.passed_over for tally in results) == 0
    assert LoanPaper.objects.filter(kind="amended_disclosure").count() == 1
    assert Letter.objects.filter(kind="new_plan").count() == 1
