"""Plans, held against figures worked by hand and against those of tests/money/vectors."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from money.amounts import Rounding, round_cent
from money.calendar import Frequency
from money.interest import DayCount
from money.schedule import Advance, Amortisation, Fee, FeePaid, RateChange, Terms, plan
from tests.money.loans_of import any_terms, shares, terms

VECTORS = [json.loads(line) for line in Path(__file__).with_name("vectors").joinpath("schedules.jsonl").open()]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["quote"]["id"])
def test_published_figures_are_met_to_the_cent(vector):
    quote = vector["quote"]
    schedule = plan(
        Terms(
            advances=tuple(Advance(date.fromisoformat(a["on"]), a["cents"]) for a in quote["advances"]),
            annual_rate=Decimal(quote["annual_rate"]),
            instalments=quote["instalments"],
            first_due=date.fromisoformat(quote["first_due"]),
            frequency=Frequency(quote["frequency"]),
            interest_only=quote["interest_only"],
            day_count=DayCount(quote["day_count"]),
            rounding=Rounding(quote["rounding"]),
        )
    )
    assert vector["expected"] == [
        {
            "due_on": row.due_on.isoformat(),
            "principal_cents": row.principal_cents,
            "interest_cents": row.interest_cents,
            "total_cents": row.total_cents,
        }
        for row in schedule.instalments
    ]


def test_half_a_cent_of_interest_goes_up_unless_told_otherwise():
    one_month = {"cents": 100, "rate": "0.06", "instalments": 1}
    assert shares(plan(terms(**one_month))) == [(100, 1)]
    assert shares(plan(terms(**one_month, rounding=Rounding.HALF_EVEN))) == [(100, 0)]


def test_while_she_studies_amina_pays_interest_only():
    schedule = plan(terms(500_000, "0.0645", 48, interest_only=12))
    assert shares(schedule)[:12] == [(0, 2688)] * 12
    assert (schedule.payment_cents, schedule.instalments[-1].total_cents) == (15_313, 15_320)


def test_interest_of_the_grace_phase_is_due_with_the_first_instalment_after_it():
    schedule = plan(terms(120_000, "0.12", 4, grace=2))
    assert shares(schedule) == [(0, 0), (0, 0), (59_702, 3_600), (60_298, 603)]
    assert schedule.payment_cents == 60_902


def test_grace_comes_before_interest_only():
    schedule = plan(terms(120_000, "0.12", 4, grace=1, interest_only=1))
    assert shares(schedule) == [(0, 0), (0, 2_400), (59_702, 1_200), (60_298, 603)]


def test_a_late_tranche_re_levels_the_instalments_to_come():
    advances = (Advance(date(2027, 1, 1), 100_000), Advance(date(2027, 3, 16), 50_000))
    schedule = plan(Terms(advances, Decimal("0.12"), 4, date(2027, 2, 1)))
    assert shares(schedule) == [(24_628, 1_000), (24_874, 754), (50_120, 763), (50_378, 504)]
    assert schedule.payment_cents == 50_883


def test_a_tranche_on_a_due_day_counts_from_the_next_period():
    advances = (Advance(date(2027, 1, 1), 100_000), Advance(date(2027, 2, 1), 50_000))
    schedule = plan(Terms(advances, Decimal("0.12"), 4, date(2027, 2, 1)))
    assert shares(schedule)[0] == (24_628, 1_000)
    assert schedule.instalments[1].interest_cents == 1_254


def test_a_longer_first_period_bears_its_30e360_days():
    schedule = plan(terms(100_000, "0.12", 2, lent_on=date(2027, 1, 10), first_due=date(2027, 3, 1)))
    assert shares(schedule) == [(49_403, 1_700), (50_597, 506)]
    assert schedule.instalments[0].days == 50


def test_a_changed_rate_re_levels_from_the_period_it_starts_in():
    change = RateChange(date(2027, 2, 16), Decimal("0.06"))
    loan = terms(100_000, "0.12", 3, lent_on=date(2027, 1, 1), first_due=date(2027, 2, 1), rates=(change,))
    assert shares(plan(loan)) == [(33_002, 1_000), (33_326, 514), (33_672, 168)]


@pytest.mark.parametrize(
    ("frequency", "first_due", "rate", "rows"),
    [
        (Frequency.QUARTERLY, date(2027, 4, 15), "0.08", [(49_505, 2_000), (50_495, 1_010)]),
        (Frequency.WEEKLY, date(2027, 1, 22), "0.36", [(49_826, 700), (50_174, 351)]),
        (Frequency.BIWEEKLY, date(2027, 1, 29), "0.36", [(49_653, 1_400), (50_347, 705)]),
    ],
)
def test_other_frequencies_bear_their_share_of_the_year(frequency, first_due, rate, rows):
    assert shares(plan(terms(100_000, rate, 2, first_due=first_due, frequency=frequency))) == rows


def test_without_interest_the_last_instalment_carries_the_odd_cent():
    assert shares(plan(terms(10_000, "0", 3))) == [(3_333, 0), (3_333, 0), (3_334, 0)]


def test_of_two_payments_as_close_the_larger_is_taken():
    assert plan(terms(3, "0", 2)).payment_cents == 2
    assert shares(plan(terms(3, "0", 2))) == [(2, 0), (1, 0)]


def test_a_loan_of_a_few_cents_never_asks_for_less_than_nothing():
    assert shares(plan(terms(5, "0", 12))) == [(1, 0)] * 5 + [(0, 0)] * 7


def test_level_principal_asks_for_falling_interest():
    schedule = plan(terms(100_000, "0.12", 3, amortisation=Amortisation.LEVEL_PRINCIPAL))
    assert shares(schedule) == [(33_333, 1_000), (33_333, 667), (33_334, 333)]
    assert schedule.payment_cents == 34_333


def test_only_an_added_fee_is_paid_back_with_the_loan():
    assert plan(terms(fees=(Fee(25_000, FeePaid.DEDUCTED),))) == plan(terms())
    assert plan(terms(fees=(Fee(25_000, FeePaid.SEPARATELY),))) == plan(terms())
    added = plan(terms(fees=(Fee(25_000, FeePaid.ADDED),)))
    assert (added.payment_cents, added.instalments[-1].total_cents) == (31_649, 31_648)
    assert added.total_paid_cents == 1_139_363


def test_a_loan_from_29_february_is_due_on_the_29th_where_there_is_one():
    schedule = plan(terms(instalments=13, lent_on=date(2028, 2, 29), first_due=date(2028, 3, 29)))
    assert [row.due_on for row in schedule.instalments][-3:] == [
        date(2029, 1, 29),
        date(2029, 2, 28),
        date(2029, 3, 29),
    ]


@given(any_terms())
def test_plans_add_up(loan):
    schedule = plan(loan)
    rows = schedule.instalments
    assert sum(row.principal_cents for row in rows) == (
        loan.advanced_cents + loan.fees_cents(FeePaid.ADDED) + schedule.interest_added_cents
    )
    assert rows[-1].balance_cents == 0
    assert all(row.principal_cents >= 0 and row.interest_cents >= 0 for row in rows)
    assert [row.due_on for row in rows] == list(loan.dues)
    interest = sum(row.interest_cents for row in rows)
    assert schedule.total_interest_cents == interest + schedule.interest_added_cents
    assert schedule.total_paid_cents == sum(row.total_cents for row in rows)


@given(any_terms())
def test_no_other_level_payment_would_end_closer(loan):
    """Told by walking the plan of each neighbouring payment with the plan's own interest rule."""
    bare = terms(loan.advances[0].cents, str(loan.annual_rate), loan.instalments, rounding=loan.rounding)
    schedule = plan(bare)
    ends = {
        payment: _last_total(bare, payment) for payment in range(schedule.payment_cents - 3, schedule.payment_cents + 4)
    }
    best = min(abs(last - payment) for payment, last in ends.items() if payment >= 0)
    assert schedule.payment_cents == max(p for p, last in ends.items() if p >= 0 and abs(last - p) == best)


def _last_total(loan, payment):
    balance = loan.advanced_cents
    for _ in range(loan.instalments - 1):
        interest = round_cent(balance * loan.annual_rate / 12, loan.rounding)
        balance -= min(balance, payment - interest)
    return balance + round_cent(balance * loan.annual_rate / 12, loan.rounding)
