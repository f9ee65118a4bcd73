"""A demo in bulk on PostgreSQL: COPY, by two processes side by side, with keys that nobody gets twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from applicants.models import Applicant
from config import clock
from loans import demonstration
from loans.demonstration.bulk import chunks
from loans.demonstration.bulk.keys import AT_ONCE, Keys
from loans.furnishing.office import furnish
from loans.lifecycle.ledger import roots
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import repayment
from loans.models import Entry, Fact, Loan, PlanRow, Position, Submission
from tests.postgres.test_roots_at_once import Doing
from tests.vault.office import leave_nothing


@pytest.fixture
def furnished(committed, monkeypatch):
    """An office with its staff and no case, and chunks so small that there are several."""
    monkeypatch.setattr(chunks, "CASES_A_CHUNK", 8)
    furnish()
    demonstration.build(0)


def told():
    """The facts and where they lead, without keys."""
    facts = ("loan__number", "number", "kind", "on", "cents", "recorded_at")
    positions = ("loan__number", "at", "principal_cents", "next_unpaid_on")
    return [
        *Fact.objects.order_by("loan__number", "number").values_list(*facts),
        *Position.objects.order_by("loan__number").values_list(*positions),
    ]


def test_two_processes_make_what_one_makes(furnished):
    found = []
    with clock.at(clock.now()):
        for processes in (2, 1):
            chunks.build(0, 32, 2, processes=processes)
            assert Loan.objects.count() == 32
            assert list(audit()) == []
            applicant = Applicant.objects.select_related("user").first()
            said = Submission.objects.get(application__applicant=applicant).answers
            assert said["about-me"][0]["full_name"]["value"] == applicant.user.name
            found.append(told())
            leave_nothing()
            furnish()
            demonstration.build(0)
    assert found[0] == found[1]


def test_what_comes_after_the_bulk_gets_keys_of_its_own(furnished):
    chunks.build(0, 16, 2, processes=2)
    loan, felix = Loan.objects.filter(state="active").first(), User.objects.get(email="finance@tremplin.example")
    fact = repayment.record_payment(loan, by=felix, on=clock.today(), cents=100, method="transfer", payer="Amina")
    assert fact.pk > Fact.objects.exclude(pk=fact.pk).latest("pk").pk
    roots.make_root(clock.today())
    assert list(audit()) == []


def test_rows_go_in_by_copy_a_table_at_a_time(furnished):
    with CaptureQueriesContext(connection) as asked:
        chunks.build(0, 8, 2, processes=1)
    assert PlanRow.objects.count() > 90
    written = [query["sql"] for query in asked if query["sql"].startswith("INSERT")]
    assert all("loans_series" in sql for sql in written)


def test_the_database_knows_how_much_it_holds(furnished):
    chunks.build(0, 8, 2, processes=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'loans_fact'")
        assert cursor.fetchone() == (Fact.objects.count(),)


def test_two_who_draw_keys_at_once_never_get_the_same(furnished):
    drawn = [[], []]

    def draw(into):
        keys = Keys()
        into += [keys.next(Entry) for _ in range(3 * AT_ONCE)]

    for thread in [Doing(lambda into=into: draw(into)) for into in drawn]:
        thread.join()
    assert len({*drawn[0], *drawn[1]}) == 6 * AT_ONCE
    assert all(each == sorted(each) for each in drawn)
