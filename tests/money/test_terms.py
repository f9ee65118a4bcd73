"""Terms of which no plan can be made say which field is wrong, and by which bound."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from money.amounts import MOST_CENTS
from money.calendar import Frequency
from money.schedule import Advance, Fee, FeePaid, RateChange, TermsError, plan
from tests.money.loans_of import LENT_ON, terms

FAIR = terms()


@pytest.mark.parametrize(
    ("changed", "field", "code", "bound"),
    [
        ({"advances": ()}, "advances", "missing", None),
        ({"advances": (Advance(LENT_ON, 0),)}, "advances", "out_of_bounds", 1),
        ({"advances": (Advance(LENT_ON, -5),)}, "advances", "out_of_bounds", 1),
        ({"advances": (Advance(LENT_ON, MOST_CENTS + 1),)}, "advances", "out_of_bounds", MOST_CENTS),
        ({"advances": (Advance(LENT_ON, MOST_CENTS),) * 2}, "advances", "out_of_bounds", MOST_CENTS),
        ({"advances": (Advance(date(1899, 12, 31), 5),)}, "advances", "out_of_calendar", date(1900, 1, 1)),
        ({"instalments": 0}, "instalments", "out_of_bounds", 1),
        ({"instalments": 1201}, "instalments", "out_of_bounds", 1200),
        ({"instalments": 10**30}, "instalments", "out_of_bounds", 1200),
        ({"grace": -1}, "grace", "negative", 0),
        ({"interest_only": -1}, "interest_only", "negative", 0),
        ({"grace": 36}, "grace", "leaves_nothing_to_repay", 35),
        ({"grace": 6, "interest_only": 30}, "interest_only", "leaves_nothing_to_repay", 29),
        ({"annual_rate": Decimal("-0.01")}, "annual_rate", "out_of_bounds", 0),
        ({"annual_rate": Decimal("1.01")}, "annual_rate", "out_of_bounds", 1),
        ({"annual_rate": Decimal("NaN")}, "annual_rate", "out_of_bounds", 1),
        ({"annual_rate": Decimal("1E-999999999")}, "annual_rate", "out_of_bounds", 1),
        ({"rates": (RateChange(LENT_ON, Decimal(2)),)}, "rates", "out_of_bounds", 1),
        ({"rates": (RateChange(date(2201, 1, 1), Decimal(0)),)}, "rates", "out_of_calendar", date(2200, 12, 31)),
        ({"first_due": date(3027, 1, 1)}, "first_due", "out_of_calendar", date(2200, 12, 31)),
        ({"first_due": LENT_ON}, "first_due", "before_the_advance", LENT_ON),
        ({"first_due": date(2027, 1, 14)}, "first_due", "before_the_advance", LENT_ON),
        (
            {"instalments": 1200, "frequency": Frequency.QUARTERLY},
            "instalments",
            "out_of_calendar",
            date(2200, 12, 31),
        ),
        (
            {"advances": (*FAIR.advances, Advance(date(2030, 1, 15), 5))},
            "advances",
            "after_the_last_instalment",
            date(2030, 1, 15),
        ),
        ({"fees": (Fee(-1, FeePaid.ADDED),)}, "fees", "negative", 0),
        ({"fees": (Fee(1_000_000, FeePaid.DEDUCTED),)}, "fees", "eat_the_loan", 999_999),
        ({"fees": (Fee(MOST_CENTS, FeePaid.ADDED),)}, "fees", "out_of_bounds", MOST_CENTS - 1_000_000),
    ],
)
def test_a_broken_bound_is_named(changed, field, code, bound):
    with pytest.raises(TermsError) as caught:
        plan(replace(FAIR, **changed))
    assert (caught.value.field, caught.value.code, caught.value.bound) == (field, code, bound)


def test_an_instalment_that_cannot_cover_its_interest_is_refused():
    long_first = terms(100_000, "0.35", 60, first_due=date(2030, 1, 15))
    with pytest.raises(TermsError, match="first_due: interest_not_covered"):
        plan(long_first)
    a_century = terms(100_000, "0.35", 1200, day_count="actual/365")
    with pytest.raises(TermsError, match="instalments: interest_not_covered"):
        plan(a_century)


def test_the_furthest_bounds_still_make_a_plan():
    widest = plan(terms(MOST_CENTS, "1", 1200))
    assert widest.instalments[-1].balance_cents == 0
    assert sum(row.principal_cents for row in widest.instalments) == MOST_CENTS
    assert plan(terms(1, "0", 1)).total_paid_cents == 1
