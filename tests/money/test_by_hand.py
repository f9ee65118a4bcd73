"""The engine held against a second calculation that shares no line with it."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from money.quote import quote
from tests.money.by_hand import RefusedByHand, quote_by_hand

VECTORS = Path(__file__).with_name("vectors") / "our_own.jsonl"
CASES = [json.loads(line) for line in VECTORS.read_text().splitlines()]
SIX_PLACES = Decimal("0.000001")
TOTALS = ("payment_cents", "total_interest_cents", "total_paid_cents", "cost_of_borrowing_cents")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["quote"]["id"])
def test_the_engine_reproduces_our_own_figures(case):
    found = quote(json.dumps(case["quote"]))
    if "error" in case["expected"]:
        assert found == {"id": case["quote"]["id"], **case["expected"]}
        return
    assert {name: found[name] for name in case["expected"] if name != "rows"} == {
        name: value for name, value in case["expected"].items() if name != "rows"
    }
    assert [[row["due_on"], row["principal_cents"], row["interest_cents"]] for row in found["instalments"]] == (
        case["expected"]["rows"]
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["quote"]["id"])
def test_our_own_figures_are_those_of_the_second_calculation(case):
    if "error" not in case["expected"]:
        assert case["expected"] == as_told(quote_by_hand(case["quote"]))
    elif case["quote"].get("pauses") or case["quote"].get("on_rate_change"):
        assert field_refused_by_hand(case["quote"]) == case["expected"]["field"]


def as_told(found):
    """What a vector keeps of a quote."""
    rows = [[row["due_on"], row["principal_cents"], row["interest_cents"]] for row in found["instalments"]]
    rates = {name: str(Decimal(found[name]).quantize(SIX_PLACES)) for name in ("apr", "effective_rate")}
    return {"rows": rows, **{name: found[name] for name in TOTALS}, **rates}


days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
rates = st.integers(0, 35_000).map(lambda millionths: str(Decimal(millionths) / 100_000))


@st.composite
def terms(draw):
    """Terms of every kind a quote knows, within what a lender of small sums might agree."""
    start = draw(days)
    instalments = draw(st.integers(1, 60))
    grace = draw(st.integers(0, min(6, instalments - 1)))
    cents = draw(st.integers(50_000, 2_000_000))
    told = {
        "id": 1,
        "advances": [{"on": start.isoformat(), "cents": cents}],
        "annual_rate": draw(rates),
        "instalments": instalments,
        "frequency": draw(st.sampled_from(["monthly", "monthly", "biweekly", "weekly", "quarterly"])),
        "first_due": (start + timedelta(days=draw(st.integers(5, 75)))).isoformat(),
        "grace": grace,
        "interest_only": draw(st.integers(0, min(24, instalments - 1 - grace))),
        "day_count": draw(st.sampled_from(["30/360", "actual/365", "actual/actual", "actual/360"])),
        "rounding": draw(st.sampled_from(["half-up", "half-even"])),
        "amortisation": draw(st.sampled_from(["level_payment", "level_payment", "level_principal"])),
        "fees": draw(st.lists(fees, max_size=2)),
    }
    later = st.integers(1, 200).map(lambda count: (start + timedelta(days=count)).isoformat())
    if draw(st.booleans()):
        told["advances"].append({"on": draw(later), "cents": draw(st.integers(10_000, 1_000_000))})
    if draw(st.booleans()):
        told["rates"] = [{"from": draw(later), "annual_rate": draw(rates)} for _ in range(draw(st.integers(1, 2)))]
    told |= draw(unusual)
    told["pauses"] = [{"after": draw(later), "instalments": draw(st.integers(1, 5))} for _ in range(draw(few))]
    return told


few = st.sampled_from([0, 0, 1, 2, 3])
unusual = st.fixed_dictionaries(
    {
        "minimum_cents": st.one_of(st.just(0), st.integers(1, 60_000)),
        "grace_interest": st.sampled_from(["due", "added"]),
        "on_rate_change": st.sampled_from(["relevel", "keep"]),
    }
)


fees = st.fixed_dictionaries(
    {
        "cents": st.integers(0, 20_000),
        "paid": st.sampled_from(["deducted", "added", "separately"]),
        "cost_of_borrowing": st.booleans(),
    }
)


def field_refused_by_hand(told):
    """The field of terms that the second calculation refuses; the first period is an instalment to it."""
    with pytest.raises(RefusedByHand) as refused:
        quote_by_hand(told)
    return str(refused.value)


@given(terms())
def test_on_random_terms_both_calculations_agree(told):
    found = quote(json.dumps(told))
    if "error" in found:
        if found["field"] != "advances":
            assert field_refused_by_hand(told) == found["field"].replace("first_due", "instalments"), found
        return
    second = quote_by_hand(told)
    assert found["instalments"] == second["instalments"]
    assert {name: found[name] for name in TOTALS} == {name: second[name] for name in TOTALS}
    for name in ("apr", "effective_rate"):
        assert abs(Decimal(found[name]) - second[name]) <= SIX_PLACES, name
