from datetime import timedelta

import pytest

from config import clock
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import repayment
from reports.base import Period, Share, Sum, in_words
from reports.portfolio import Portfolio
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


def figures(days_back=400):
    today = clock.today()
    rows = Portfolio().rows(Period(today - timedelta(days=days_back), today))
    return {in_words(row["figure"]): row["value"] for row in rows}


def test_an_empty_book_shows_nothing_and_no_risk():
    found = figures()
    assert found["Running loans"] == 0
    assert found["Principal outstanding"] == Sum(0)
    assert found["Applications received"] == 0


def test_a_running_loan_counts_with_what_it_owes(active):
    found = figures()
    assert found["Running loans"] == 1
    assert found["Principal outstanding"] == Sum(active.position.principal_cents)
    assert found["Lent"] == Sum(active.principal_cents)
    assert found["Loans that are late"] == 0


def test_a_late_loan_is_at_risk_with_its_whole_principal(active):
    due = active.position.next_unpaid_on
    with clock.at(clock.now() + (due - clock.today()) + timedelta(days=31)):
        found = figures()
    assert found["Loans that are late"] == 1
    assert found["Portfolio at risk, more than 30 days late"] == Share(1)
    assert found["Portfolio at risk, more than 60 days late"] == Share(0)


def test_a_reversed_payment_does_not_count(active, felix):
    words = {"by": felix, "on": clock.today(), "method": "cash", "payer": "Amina"}
    repayment.record_payment(active, cents=5_000, **words)
    wrong = repayment.record_payment(active, cents=7_000, **words)
    repayment.reverse_payment(active, by=felix, fact=wrong, note="wrong loan")
    assert figures()["Paid by borrowers"] == Sum(5_000)


def test_decisions_are_counted_in_their_period(recommended, mariam):
    decision.decline(recommended, by=mariam, reasons=["plan_unclear"])
    found = figures()
    assert (found["Approved"], found["Declined"]) == (0, 1)
    assert found["Of these, now declined"] == 1


def test_applicants_are_counted_by_target_group(submitted):
    groups = {name: value for name, value in figures().items() if name.startswith("Applicants: ")}
    assert sum(groups.values()) == 1


def test_what_was_sent_before_the_period_does_not_count(submitted):
    with clock.at(days_ahead(30)):
        assert figures(days_back=10)["Applications received"] == 0
