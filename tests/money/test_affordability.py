from decimal import Decimal

import pytest

from money.affordability import (
    Affordability,
    affordability,
    debt_share,
    largest_instalment,
    surplus,
    surplus_after,
    surplus_under_stress,
)

INCOME, COSTS = 280_000, 231_550


def test_the_surplus_may_be_below_zero():
    assert surplus(INCOME, COSTS) == 48_450
    assert surplus_after(INCOME, COSTS, 30_877) == 17_573
    assert surplus_after(INCOME, COSTS, 50_000) == -1_550


def test_the_largest_instalment_takes_its_share_and_no_cent_more():
    assert largest_instalment(INCOME, COSTS) == 48_450
    assert largest_instalment(INCOME, COSTS, Decimal("0.333")) == 16_133
    assert largest_instalment(COSTS, INCOME) == 0


def test_income_falls_and_costs_stay():
    assert surplus_under_stress(INCOME, COSTS, 30_877, Decimal("0.10")) == -10_427


def test_an_officer_reads_three_lines_beside_an_instalment():
    assert affordability(INCOME, COSTS, 30_877) == Affordability(17_573, 24_225, -10_427)


@pytest.mark.parametrize("share", [Decimal("-0.1"), Decimal("1.1")])
def test_a_share_is_from_0_to_1(share):
    with pytest.raises(ValueError, match="from 0 to 1"):
        largest_instalment(INCOME, COSTS, share)
    with pytest.raises(ValueError, match="from 0 to 1"):
        surplus_under_stress(INCOME, COSTS, 0, share)


def test_the_part_that_debts_take_is_exact_and_unknown_without_income():
    assert debt_share(200_000, 50_000) == Decimal("0.25")
    assert debt_share(300_000, 100_000) * 3 == Decimal("0.9999999999999999999999999999")
    assert debt_share(0, 50_000) is None
