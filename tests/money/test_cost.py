"""The cost of borrowing, held against DOMAIN 1.2 (cases A to I) and against the law's own formula."""

from datetime import date
from decimal import Decimal

import pytest

from money.calendar import Frequency
from money.cost import (
    Cost,
    cost,
    is_criminal,
    is_criminal_if_strict,
    nears_criminal,
    prepayment_refund,
    triggering_rate,
)
from money.schedule import Advance, Fee, FeePaid, plan
from tests.money.loans_of import LENT_ON, terms


def with_fee(cents, rate, instalments, study=0, fee=0, paid=FeePaid.DEDUCTED):
    return terms(cents, rate, instalments, interest_only=study, fees=(Fee(fee, paid),) if fee else ())


CASES = {
    "A": (with_fee(1_000_000, "0.07", 36), 30_877, 30_881, 1_111_576, 111_576, 1_000_000, "7.0000"),
    "B": (with_fee(1_000_000, "0.07", 36, 0, 25_000), 30_877, 30_881, 1_111_576, 136_576, 975_000, "8.7184"),
    "C": (
        with_fee(1_000_000, "0.07", 36, 0, 25_000, FeePaid.ADDED),
        *(31_649, 31_648, 1_139_363, 139_363, 1_000_000, "8.6756"),
    ),
    "D": (with_fee(500_000, "0.0645", 48, 12, 15_000), 15_313, 15_320, 583_531, 98_531, 485_000, "7.7459"),
    "E": (with_fee(1_500_000, "0.0645", 60, 24), 45_939, 45_956, 1_847_333, 347_333, 1_500_000, "6.4503"),
    "F": (
        with_fee(500_000, "0.0570", 36, 0, 25_000, FeePaid.ADDED),
        *(15_900, 15_911, 572_411, 72_411, 500_000, "9.0017"),
    ),
    "G": (with_fee(50_000, "0.07", 3, 0, 2_500), 16_862, 16_861, 50_585, 3_085, 47_500, "38.5623"),
    "H": (with_fee(50_000, "0.08", 6, 0, 4_000), 8_529, 8_528, 51_173, 5_173, 46_000, "37.5914"),
    "I": (with_fee(100_000, "0.10", 6, 0, 10_000), 17_156, 17_156, 102_936, 12_936, 90_000, "47.7301"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_cases_of_the_domain_are_met(case):
    loan, payment, last, total, borrowing, net, apr = CASES[case]
    schedule = plan(loan)
    found = cost(loan, schedule)
    assert (schedule.payment_cents, schedule.instalments[-1].total_cents) == (payment, last)
    assert (found.total_paid_cents, found.cost_of_borrowing_cents, found.net_advance_cents) == (total, borrowing, net)
    assert abs(found.apr * 100 - Decimal(apr)) <= Decimal("0.00005")
    assert is_criminal(found) == (case in "GHI")


@pytest.mark.parametrize("case", CASES)
def test_cost_over_time_and_principal_closes_on_balances_at_the_apr(case):
    """APR = C / (T × P), each payment put first to the cost accrued at the APR itself."""
    loan = CASES[case][0]
    schedule = plan(loan)
    found = cost(loan, schedule)
    owed, balances = Decimal(found.net_advance_cents), []
    for row in schedule.instalments:
        balances.append(owed)
        owed -= row.total_cents - found.apr / 12 * owed
    years, average = Decimal(loan.instalments) / 12, sum(balances) / len(balances)
    assert abs(owed) < Decimal("1e-9")
    assert abs(found.cost_of_borrowing_cents / (years * average) - found.apr) < Decimal("1e-12")


def test_a_fee_paid_beside_the_loan_costs_as_much_as_one_kept_back():
    beside = with_fee(1_000_000, "0.07", 36, 0, 25_000, FeePaid.SEPARATELY)
    kept_back = CASES["B"][0]
    assert cost(beside, plan(beside)) == cost(kept_back, plan(kept_back))


@pytest.mark.parametrize("paid", FeePaid)
def test_a_fee_that_is_no_cost_changes_neither_cost_nor_rate(paid):
    registration = terms(fees=(Fee(5_000, paid, cost_of_borrowing=False),))
    found = cost(registration, plan(registration))
    assert abs(found.apr - Decimal("0.07")) < Decimal("0.000005")
    assert found.cost_of_borrowing_cents == plan(registration).total_interest_cents


def test_the_effective_rate_compounds_the_nominal():
    loan = terms(100_000, "0.12", 1, fees=())
    found = cost(loan, plan(loan))
    assert abs(found.apr - Decimal("0.12")) < Decimal("1e-9")
    assert abs(found.effective_rate - (Decimal("1.01") ** 12 - 1)) < Decimal("1e-9")


def test_a_loan_without_interest_and_fees_costs_nothing():
    loan = terms(100_000, "0", 7)
    assert cost(loan, plan(loan)) == Cost(Decimal(0), Decimal(0), 0, 100_000, 100_000)


def test_a_later_tranche_counts_from_its_day_in_days_of_a_365th():
    """$950 in hand, $1,000 more after 73 days (a fifth of a year), $2,000 paid back after a quarter."""
    advances = (Advance(LENT_ON, 100_000), Advance(date(2027, 3, 29), 100_000))
    loan = terms(
        1, "0", 1, first_due=date(2027, 4, 15), frequency=Frequency.QUARTERLY, fees=(Fee(5_000, FeePaid.DEDUCTED),)
    )
    loan = type(loan)(**{**vars(loan), "advances": advances})
    found = cost(loan, plan(loan))
    growth = 1 + found.apr / 4
    assert abs(95_000 * growth + 100_000 * growth ** (1 - Decimal("0.8")) - 200_000) < Decimal("1e-6")


def test_a_first_period_of_another_length_counts_by_days():
    loan = terms(100_000, "0.10", 1, first_due=date(2027, 3, 29), day_count="actual/365")
    found = cost(loan, plan(loan))
    assert plan(loan).instalments[0].interest_cents == 2_000
    assert abs((1 + found.apr / 12) ** (Decimal(73) * 12 / 365) - Decimal("1.02")) < Decimal("1e-9")


def test_exactly_thirty_five_per_cent_is_lawful_and_a_warning_comes_before():
    def at(apr, effective="0"):
        return Cost(Decimal(apr), Decimal(effective), 0, 0, 1)

    assert not is_criminal(at("0.35"))
    assert is_criminal(at("0.3500001"))
    assert nears_criminal(at("0.30"))
    assert not nears_criminal(at("0.2999", "0.35"))
    assert nears_criminal(at("0.2999", "0.3501"))
    assert is_criminal_if_strict(at("0.2999", "0.3501"))
    assert not is_criminal_if_strict(at("0.2999", "0.35"))


def test_a_fee_of_nearly_the_whole_loan_still_has_a_rate():
    loan = with_fee(100_000, "0", 6, 0, 99_999)
    assert is_criminal(cost(loan, plan(loan)))


def test_part_of_a_charge_is_given_back_on_full_prepayment():
    assert prepayment_refund(25_000, 36, 12) == 16_667
    assert prepayment_refund(25_000, 36, 0) == 25_000
    assert prepayment_refund(25_000, 36, 40) == 0
    for n, m in [(0, 0), (36, -1)]:
        with pytest.raises(ValueError, match="n >= 1 and m >= 0"):
            prepayment_refund(25_000, n, m)


def test_the_triggering_rate_of_case_a():
    assert triggering_rate(30_877, 1_000_000) == Decimal("0.370524")
    with pytest.raises(ValueError, match="above 0"):
        triggering_rate(30_877, 0)
