"""Roots made while money comes in: no fact commits behind a root."""

from datetime import timedelta

from config import clock
from loans.lifecycle import roots
from loans.lifecycle.audit import audit
from loans.models import Fact, Root
from tests.postgres.payments import coming_in


def test_no_fact_slips_in_behind_a_root(committed, active, felix):
    with coming_in(active, felix) as payments:
        for night in range(12):
            payments.wait_for_one_more()
            with clock.at(clock.now() + timedelta(days=night)):
                roots.make_root(clock.today())
    covered = list(Root.objects.values_list("through", flat=True))
    assert covered == sorted(set(covered))
    assert Fact.objects.count() >= len(covered)
    assert list(audit()) == []
