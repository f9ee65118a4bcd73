"""Quotes: the same figures as the engine, and for a bad line an error that names the field."""

import io
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from money.cost import cost
from money.quote import LONGEST_LINE, MOST_RATE, quote
from money.schedule import plan
from money.terms import MOST_ROWS
from tests.money.loans_of import any_terms

VECTORS = [json.loads(line) for line in Path(__file__).with_name("vectors").joinpath("schedules.jsonl").open()]
AMINA = {
    "id": "amina",
    "advances": [{"on": "2027-01-15", "cents": 500_000}],
    "annual_rate": "0.0645",
    "instalments": 48,
    "frequency": "monthly",
    "first_due": "2027-02-15",
    "interest_only": 12,
    "fees": [{"cents": 15_000, "paid": "deducted", "cost_of_borrowing": True}],
}
NAMES = ("due_on", "principal_cents", "interest_cents", "total_cents")


def ask(**changed):
    return quote(json.dumps({**AMINA, **changed}))


def as_json(terms):
    return {
        "id": 7,
        "advances": [{"on": each.on.isoformat(), "cents": each.cents} for each in terms.advances],
        "annual_rate": str(terms.annual_rate),
        "instalments": terms.instalments,
        "frequency": terms.frequency,
        "first_due": terms.first_due.isoformat(),
        "interest_only": terms.interest_only,
        "grace": terms.grace,
        "day_count": terms.day_count,
        "rounding": terms.rounding,
        "amortisation": terms.amortisation,
        "fees": [
            {"cents": each.cents, "paid": each.paid, "cost_of_borrowing": each.cost_of_borrowing} for each in terms.fees
        ],
        "rates": [{"from": each.starts.isoformat(), "annual_rate": str(each.annual_rate)} for each in terms.rates],
        "minimum_cents": terms.minimum_cents,
        "grace_interest": terms.grace_interest,
        "on_rate_change": terms.on_rate_change,
        "pauses": [{"after": each.after.isoformat(), "instalments": each.instalments} for each in terms.pauses],
    }


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["quote"]["id"])
def test_published_figures_are_quoted_to_the_cent(vector):
    answer = quote(json.dumps(vector["quote"]))
    assert answer["id"] == vector["quote"]["id"]
    assert [{name: row[name] for name in NAMES} for row in answer["instalments"]] == vector["expected"]


def test_a_quote_tells_payment_totals_cost_and_rates():
    answer = ask()
    rows = answer.pop("instalments")
    assert answer == {
        "id": "amina",
        "payment_cents": 15_313,
        "total_interest_cents": 83_531,
        "total_paid_cents": 583_531,
        "cost_of_borrowing_cents": 98_531,
        "apr": "0.077459",
        "effective_rate": "0.080269",
    }
    assert rows[-1] == {
        "number": 48,
        "due_on": "2031-01-15",
        "days": 31,
        "principal_cents": 15_238,
        "interest_cents": 82,
        "fees_cents": 0,
        "balance_cents": 0,
        "total_cents": 15_320,
    }


def test_what_is_left_out_has_its_usual_value():
    usual = {"day_count": "30/360", "rounding": "half-up", "amortisation": "level_payment", "grace": 0, "rates": []}
    assert ask(**usual) == ask()
    assert ask(fees=[{"cents": 15_000, "paid": "deducted"}]) == ask()
    assert ask(grace=None) == ask()


def test_a_rate_may_be_a_number_and_is_not_bent_by_it():
    line = json.dumps(AMINA).replace('"0.0645"', "0.0645")
    assert quote(line) == ask()


@given(any_terms())
def test_a_quote_is_what_the_engine_says(terms):
    answer, schedule = quote(json.dumps(as_json(terms))), plan(terms)
    assert [row["total_cents"] for row in answer["instalments"]] == [row.total_cents for row in schedule.instalments]
    assert answer["payment_cents"] == schedule.payment_cents
    assert abs(Decimal(answer["apr"]) - cost(terms, schedule).apr) <= Decimal("0.0000005")


def test_a_kept_payment_tells_the_rate_at_which_it_no_longer_covers_the_interest():
    """DOMAIN 1.4: 308.77 × 12 ÷ 10,000 = 37.05 %."""
    told = {
        "advances": [{"on": "2026-01-15", "cents": 1_000_000}], "annual_rate": "0.07", "instalments": 36,
        "first_due": "2026-02-15", "on_rate_change": "keep",
    }  # fmt: skip
    assert quote(json.dumps(told))["triggering_rate"] == "0.370524"
    assert "triggering_rate" not in quote(json.dumps(told | {"on_rate_change": "relevel"}))


@pytest.mark.parametrize(
    ("changed", "field", "error"),
    [
        ({"advances": None}, "advances", "missing"),
        ({"advances": []}, "advances", "missing"),
        ({"advances": {}}, "advances", "not_a_list_of_objects"),
        ({"advances": [{"on": "2027-01-15"}]}, "advances", "missing (cents)"),
        ({"advances": [{"on": "2027-01-15", "cents": -1}]}, "advances", "out_of_bounds (1)"),
        ({"advances": [{"on": "2027-01-15", "cents": 1.5}]}, "advances", "not_a_whole_number"),
        ({"advances": [{"on": "2027-01-15", "cents": True}]}, "advances", "not_a_whole_number"),
        ({"advances": [{"on": "2027-02-29", "cents": 100}]}, "advances", "not_a_day"),
        ({"advances": [{"on": "20270115", "cents": 100}]}, "advances", "not_a_day"),
        ({"advances": AMINA["advances"] * (MOST_ROWS + 1)}, "advances", f"too_many ({MOST_ROWS})"),
        ({"annual_rate": "NaN"}, "annual_rate", "not_a_rate"),
        ({"annual_rate": "-0.01"}, "annual_rate", "out_of_bounds (0)"),
        ({"annual_rate": "1.01"}, "annual_rate", "out_of_bounds (1)"),
        ({"annual_rate": []}, "annual_rate", "not_a_rate"),
        ({"annual_rate": float("nan")}, "annual_rate", "not_a_rate"),
        ({"annual_rate": float("inf")}, "annual_rate", "not_a_rate"),
        ({"instalments": float("nan")}, "instalments", "not_a_whole_number"),
        ({"instalments": 0}, "instalments", "out_of_bounds (1)"),
        ({"instalments": 1200, "frequency": "quarterly"}, "instalments", "out_of_calendar (2200-12-31)"),
        ({"frequency": "daily"}, "frequency", "not_one_of (monthly, biweekly, weekly, quarterly)"),
        ({"frequency": {}}, "frequency", "not_one_of (monthly, biweekly, weekly, quarterly)"),
        ({"first_due": "2027-01-15"}, "first_due", "before_the_advance (2027-01-15)"),
        ({"first_due": "3027-02-15"}, "first_due", "out_of_calendar (2200-12-31)"),
        ({"interest_only": 48}, "interest_only", "leaves_nothing_to_repay (47)"),
        ({"fees": [{"cents": 1, "paid": "later"}]}, "fees", "not_one_of (deducted, added, separately)"),
        ({"fees": [{"cents": 1, "paid": "added", "cost_of_borrowing": 1}]}, "fees", "not_true_or_false"),
        ({"fees": [{"cents": 500_000, "paid": "deducted"}]}, "fees", "eat_the_loan (499999)"),
        ({"rates": [{"from": "2028-01-01", "annual_rate": "2"}]}, "rates", "out_of_bounds (1)"),
        ({"rates": [{"starts": "2028-01-01", "annual_rate": "0.07"}]}, "rates", "unknown_field (starts)"),
        ({"interest_onyl": 12}, "interest_onyl", "unknown_field"),
        ({"day_count": "30/365"}, "day_count", "not_one_of (30/360, actual/365, actual/actual, actual/360)"),
    ],
)
def test_a_bad_line_names_its_field_and_bound(changed, field, error):
    assert ask(**changed) == {"id": "amina", "error": error, "field": field}


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        (b'{"id": "\xe9"}', "not_json"),
        ('{"instalments": ' + "9" * 5000 + "}", "not_json"),
        ("[]", "not_an_object"),
        (" " * (LONGEST_LINE + 1), f"too_long ({LONGEST_LINE})"),
    ],
)
def test_what_is_no_line_of_terms_is_told_too(line, error):
    assert quote(line) == {"id": None, "error": error, "field": None}


@pytest.mark.parametrize("first_due", ["2026-01-16", "2026-01-25", "2026-02-15"])
def test_fees_that_all_but_eat_the_loan_make_it_cost_more_than_can_be_told(first_due):
    """A cent in the hand, $10,000 to pay back: the yearly rate has more digits than any reader."""
    eaten = {
        "id": "eaten", "advances": [{"on": "2026-01-15", "cents": 1_000_000}], "annual_rate": "0.07", "instalments": 1,
        "first_due": first_due, "fees": [{"cents": 999_999, "paid": "deducted"}],
    }  # fmt: skip
    assert quote(json.dumps(eaten)) == {"id": "eaten", "error": f"rate_out_of_bounds ({MOST_RATE})", "field": "fees"}


def test_a_field_said_twice_is_not_guessed_at():
    line = json.dumps(AMINA)[:-1] + ', "instalments": 12}'
    assert quote(line) == {"id": None, "error": "said_twice", "field": "instalments"}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*AMINA, "grace", "rates", "rounding", "amortisation", "day_count"]), ANYTHING))
def test_no_line_raises(changed):
    answer = quote(json.dumps({**AMINA, **changed}))
    assert "instalments" in answer or {"id", "error", "field"} == set(answer)


def test_the_command_goes_on_after_a_bad_line(monkeypatch, tmp_path):
    lines = b'{"id": 1}\n\n\xff\n' + json.dumps(AMINA).encode() + b"\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    out = io.StringIO()
    call_command("quote", stdout=out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [answer.get("error", "") for answer in answers] == ["missing", "not_json", ""]
    (tmp_path / "terms.jsonl").write_bytes(lines)
    again = io.StringIO()
    call_command("quote", str(tmp_path / "terms.jsonl"), stdout=again)
    assert again.getvalue() == out.getvalue()
