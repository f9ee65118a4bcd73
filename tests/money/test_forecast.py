"""Twenty-four months from one typical month."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from money.forecast import ForecastError, Plan, TypicalMonth, forecast

BAKERY = TypicalMonth(sales_cents=600_000, goods_share=Decimal("0.40"), costs_cents=180_000, drawings_cents=120_000)


def test_a_plain_month_is_the_same_every_month():
    months = forecast(Plan(BAKERY, first_month=3)).months
    assert len(months) == 24
    # By hand: 6,000 sales, 2,400 goods, 1,800 costs, 1,200 drawings leave 600.
    assert {month.net_cents for month in months} == {60_000}
    assert (months[0].closing_cents, months[23].closing_cents) == (60_000, 24 * 60_000)
    assert [months[n].calendar_month for n in (0, 9, 10, 23)] == [3, 12, 1, 2]


def test_sales_grow_evenly_up_to_the_usual_ones():
    months = forecast(Plan(BAKERY, first_month=1, ramp_months=3)).months
    assert [month.sales_cents for month in months[:5]] == [150_000, 300_000, 450_000, 600_000, 600_000]


def test_seasons_come_each_year():
    months = forecast(Plan(BAKERY, first_month=11, seasons={12: Decimal("0.50"), 1: Decimal("-0.25")})).months
    assert [month.sales_cents for month in months[:4]] == [600_000, 900_000, 450_000, 600_000]
    assert (months[13].sales_cents, months[13].goods_cents) == (900_000, 360_000)


def test_the_loan_and_own_money_come_first_and_payments_the_month_after():
    plan = Plan(
        BAKERY,
        first_month=1,
        own_money_cents=100_000,
        start_up_cents=700_000,
        loan_cents=500_000,
        loan_payments_cents=(20_000, 20_000),
    )
    months = forecast(plan).months
    assert [month.loan_payment_cents for month in months[:4]] == [0, 20_000, 20_000, 0]
    # 1,000 + 5,000 - 7,000 + 600 = -400; then 600 less 200.
    assert [month.closing_cents for month in months[:2]] == [-40_000, 0]
    assert forecast(plan).lowest.number == 1


def test_the_month_from_which_it_carries_itself():
    assert forecast(Plan(BAKERY, first_month=1)).carries_itself_from == 1
    assert forecast(Plan(BAKERY, first_month=1, ramp_months=11)).carries_itself_from == 10
    never = TypicalMonth(100_000, Decimal("0.5"), 60_000, 0)
    assert forecast(Plan(never, first_month=1)).carries_itself_from is None


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        (Plan(TypicalMonth(-1, Decimal(0), 0, 0), 1), "sales_cents"),
        (Plan(TypicalMonth(1, Decimal("1.01"), 0, 0), 1), "goods_share"),
        (Plan(BAKERY, 13), "first_month"),
        (Plan(BAKERY, 1, ramp_months=25), "ramp_months"),
        (Plan(BAKERY, 1, seasons={0: Decimal(0)}), "seasons"),
        (Plan(BAKERY, 1, seasons={1: Decimal(-2)}), "seasons"),
        (Plan(BAKERY, 1, loan_payments_cents=(1, -1)), "loan_payments_cents"),
    ],
)
def test_impossible_figures_are_named(plan, name):
    with pytest.raises(ForecastError) as error:
        forecast(plan)
    assert error.value.field == name


cents = st.integers(0, 10_000_000)


@given(cents, st.integers(0, 100), cents, cents, st.integers(1, 12), st.integers(0, 24), cents, cents, cents)
def test_every_month_ends_where_the_next_begins(sales, goods, costs, drawings, first, ramp, own, start_up, loan):
    month = TypicalMonth(sales, Decimal(goods) / 100, costs, drawings)
    found = forecast(Plan(month, first, ramp, {7: Decimal("0.5")}, own, start_up, loan, (loan // 12,) * 12)).months
    opening = 0
    for each in found:
        assert each.closing_cents == opening + each.net_cents + each.money_in_cents - each.start_up_cents
        assert 0 <= each.goods_cents <= each.sales_cents
        opening = each.closing_cents
