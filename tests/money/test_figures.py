"""What terms come to, phase by phase."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from money.cost import cost
from money.figures import figures
from money.interest import DayCount
from money.schedule import Fee, FeePaid, RateChange, TermsError, plan
from tests.money.loans_of import any_terms, terms


def test_a_loan_with_study_has_two_phases():
    found = figures(terms(500_000, "0.0645", 36, interest_only=12))
    study, repayment = found.interest_only, found.repayment
    assert found.grace is None
    assert (study.count, study.most_cents, study.least_cents, study.last_cents) == (12, 2_688, 2_688, 2_688)
    assert (study.first_on, study.last_on) == (date(2027, 2, 15), date(2028, 1, 15))
    assert (repayment.count, repayment.first_on, repayment.last_on) == (24, date(2028, 2, 15), date(2030, 1, 15))
    assert repayment.most_cents == repayment.least_cents == found.plan.payment_cents
    assert repayment.last_cents == found.plan.instalments[-1].total_cents


def test_where_days_are_counted_the_months_of_study_differ():
    study = figures(terms(instalments=24, interest_only=12, day_count=DayCount.ACTUAL_365)).interest_only
    assert (study.least_cents, study.most_cents) == (5_370, 5_945)  # 28 and 31 days at 7 % of $10,000


def test_grace_is_a_phase_in_which_nothing_is_due():
    found = figures(terms(instalments=12, grace=3))
    assert (found.grace.count, found.grace.most_cents, found.interest_only) == (3, 0, None)
    assert found.repayment.count == 9


def test_a_single_instalment_is_a_phase_too():
    repayment = figures(terms(instalments=1)).repayment
    assert repayment.least_cents == repayment.most_cents == repayment.last_cents == 1_005_833


@pytest.mark.parametrize(
    ("paid", "received"), [(FeePaid.DEDUCTED, 975_000), (FeePaid.ADDED, 1_000_000), (FeePaid.SEPARATELY, 1_000_000)]
)
def test_only_a_fee_kept_back_lowers_what_is_received(paid, received):
    assert figures(terms(fees=(Fee(25_000, paid),))).received_cents == received


@pytest.mark.parametrize("day_count", [DayCount.THIRTY_360, DayCount.ACTUAL_365, DayCount.ACTUAL_ACTUAL])
def test_where_interest_is_the_only_cost_the_yearly_cost_is_the_annual_rate(day_count):
    """DOMAIN 1.2, rule 8: 6.45 %, where the cents of case E alone would say 6.4503, and those of $200 6.4638."""
    for cents, instalments, study in [(1_500_000, 60, 24), (20_000, 12, 0)]:
        found = figures(terms(cents, "0.0645", instalments, interest_only=study, day_count=day_count))
        assert found.cost.apr != found.apr == Decimal("0.0645")


@pytest.mark.parametrize(
    "other",
    [
        {"fees": (Fee(100, FeePaid.DEDUCTED),)},
        {"day_count": DayCount.ACTUAL_360},
        {"rates": (RateChange(date(2027, 6, 1), Decimal("0.09")),)},
    ],
)
def test_any_other_cost_shows_in_the_yearly_cost(other):
    found = figures(terms(500_000, "0.0645", 24, **other))
    assert found.apr == found.cost.apr > Decimal("0.0645")


def test_a_fee_that_is_no_cost_leaves_the_annual_rate():
    registration = (Fee(5_000, FeePaid.DEDUCTED, cost_of_borrowing=False),)
    assert figures(terms(500_000, "0.0645", 24, fees=registration)).apr == Decimal("0.0645")


def test_terms_without_a_plan_have_no_figures():
    with pytest.raises(TermsError):
        figures(terms(fees=(Fee(1_000_000, FeePaid.DEDUCTED),)))


@given(any_terms())
def test_the_phases_are_the_plan_and_the_cost_is_that_of_the_plan(terms):
    found = figures(terms)
    phases = [phase.instalments for phase in (found.grace, found.interest_only, found.repayment) if phase]
    assert sum(phases, ()) == found.plan.instalments == plan(terms).instalments
    assert found.cost == cost(terms, found.plan)
