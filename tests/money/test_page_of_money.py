"""The figures in docs/money.md are the engine's."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from money.affordability import surplus_after, surplus_under_stress
from money.amounts import Cents, Rounding, round_cent
from money.arrears import portfolio_at_risk
from money.book import Fact, FactKind, replay
from money.calendar import Frequency, add_business_days, due_dates, next_business_day
from money.cost import cost, prepayment_refund, triggering_rate
from money.figures import figures
from money.interest import DayCount, days_30e360, period, share_of_year
from money.schedule import (
    Advance,
    Fee,
    FeePaid,
    GraceInterest,
    OnRateChange,
    Pause,
    RateChange,
    Terms,
    plan,
)

PAGE = (Path(__file__).parents[2] / "docs" / "money.md").read_text()
START = date(2026, 1, 15)


def terms(cents=500_000, months=12, rate="0.0645", later=(), **others):
    advances = (Advance(START, Cents(cents)), *later)
    first = date(2026, 2, 15)
    return Terms(advances=advances, annual_rate=Decimal(rate), instalments=months, first_due=first, **others)


def rows(told):
    return plan(told).instalments


def percent(fraction):
    return f"{(fraction * 100).quantize(Decimal('0.0001'))} %"


CASE_A = terms(1_000_000, 36, "0.07")
CASE_B = terms(1_000_000, 36, "0.07", fees=(Fee(Cents(25_000), FeePaid.DEDUCTED),))
CASE_E = figures(terms(1_500_000, 60, interest_only=24))
COST_B = cost(CASE_B, plan(CASE_B))
GRACE = rows(terms(months=18, grace=3, interest_only=3))
TRANCHE = rows(terms(300_000, later=(Advance(date(2026, 4, 25), Cents(200_000)),)))
CHANGED = rows(terms(rates=(RateChange(date(2026, 5, 2), Decimal("0.0795")),)))
ADDED = plan(terms(months=18, grace=3, interest_only=3, grace_interest=GraceInterest.ADDED))
MINIMUM = rows(terms(100_000, 12, "0.06", interest_only=3, minimum_cents=Cents(1_000)))
PAUSED = rows(terms(pauses=(Pause(date(2026, 2, 20), 1),)))
KEPT = rows(terms(rates=(RateChange(date(2026, 5, 2), Decimal("0.0795")),), on_rate_change=OnRateChange.KEEP))
HALF_MONTH = replay(
    CASE_A, [Fact(1, FactKind.ADVANCE, START, Cents(1_000_000))], until=date(2026, 1, 30)
).interest_exact
FIGURES = {
    "half up": f"{round_cent(Decimal(100_050) / 100)} cents",
    "half even": f"{round_cent(Decimal(100_050) / 100, Rounding.HALF_EVEN)} cents",
    **{f"due {n}": f"{day}" for n, day in enumerate(due_dates(date(2028, 1, 31), Frequency.MONTHLY, 4)) if n},
    "after Christmas": f"{next_business_day(date(2027, 12, 25), {date(2027, 12, 27), date(2027, 12, 28)})}",
    "by mail": f"{add_business_days(date(2026, 3, 31), 5, {date(2026, 4, 3)})}",
    "a month": f"{period(1, START, date(2026, 2, 15), Frequency.MONTHLY, DayCount.THIRTY_360).share}",
    "a stub": f"{days_30e360(START, date(2026, 3, 10))}",
    "by 365": f"{share_of_year(DayCount.ACTUAL_365, START, date(2026, 2, 15))}",
    "by 360": f"{share_of_year(DayCount.ACTUAL_360, START, date(2026, 2, 15))}",
    "by years": f"{share_of_year(DayCount.ACTUAL_ACTUAL, date(2027, 12, 1), date(2028, 2, 1))}",
    "first interest": f"{rows(CASE_A)[0].interest_cents}",
    "level payment": f"{plan(CASE_A).payment_cents}",
    "last instalment": f"{rows(CASE_A)[-1].total_cents}",
    "in all": f"{plan(CASE_A).total_paid_cents}",
    "after grace": f"{GRACE[3].interest_cents}",
    "then": f"{GRACE[4].interest_cents}",
    "grace added": f"{ADDED.interest_added_cents}",
    "minimum": f"{MINIMUM[0].principal_cents}",
    "second month": f"{MINIMUM[1].interest_cents}",
    "after a pause": f"{PAUSED[2].interest_cents}",
    "due days with a pause": f"{len(PAUSED)}",
    "kept": f"{KEPT[-1].total_cents}",
    "two advances": f"{TRANCHE[3].interest_cents}",
    "two rates": f"{CHANGED[3].interest_cents}",
    "before the change": f"{CHANGED[2].total_cents}",
    "after the change": f"{CHANGED[3].total_cents}",
    "received": f"{COST_B.net_advance_cents}",
    "cost": f"{COST_B.cost_of_borrowing_cents}",
    "apr": percent(COST_B.apr),
    "effective": percent(COST_B.effective_rate),
    "told": f"{(CASE_E.apr * 100).normalize()} %",
    "case E": percent(CASE_E.cost.apr),
    "refund": f"{prepayment_refund(Cents(25_000), 36, 12)}",
    "triggering": percent(triggering_rate(Cents(30_877), Cents(1_000_000))),
    "half a month": f"{HALF_MONTH.quantize(Decimal('0.01'))}",
    "par": f"{portfolio_at_risk([(600_000, 40), (2_400_000, 0)], 30) * 100:.0f} %",
    "left": f"{surplus_after(Cents(320_000), Cents(270_000), Cents(30_000))}",
    "under stress": f"{surplus_under_stress(Cents(320_000), Cents(270_000), Cents(30_000), Decimal('0.1'))}",
}


def test_the_figures_of_the_page_are_those_of_the_engine():
    assert set(PAGE.split("**")[1::2]) == set(FIGURES.values())
