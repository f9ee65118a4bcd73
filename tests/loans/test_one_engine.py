"""What the calculator said is what is recommended, offered, signed and planned: to the cent, and to the rate."""

import json
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config import clock
from loans.lifecycle.contracts.contract import contract_facts
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import planning
from loans.lifecycle.refusal import Refused
from money.interest import DayCount
from money.quote import quote
from money.schedule import FeePaid
from tests.cases import again
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
EXAMPLES = settings().max_examples // 3  # each is a case on its road, through three pages
RATES = st.decimals("0", "0.36", places=4)
PRODUCTS = st.fixed_dictionaries(
    {
        "annual_rate": RATES,
        "rate_index": st.sampled_from(["", "", "prime"]),
        "day_count": st.sampled_from([each.value for each in DayCount]),
        "fee_rate": st.decimals("0", "0.06", places=4),
        "fee_cap_cents": st.none() | st.integers(0, 40_000),
        "fee_paid": st.sampled_from([each.value for each in FeePaid]),
    }
)
TERMS = st.fixed_dictionaries(
    {
        "principal_cents": st.integers(100_000, 1_500_000),
        "study_months": st.integers(0, 24),
        "repayment_months": st.integers(12, 36),
    }
)


def calculated(product, terms):
    """The calculator's page, asked by a stranger."""
    dollars, cents = divmod(terms["principal_cents"], 100)
    query = {"amount": f"{dollars}.{cents:02}", "study": terms["study_months"], "repayment": terms["repayment_months"]}
    return Client().get(reverse("calculator"), {"product": product.code, **query})


def page_of(user, name, reference):
    browser = Client()
    browser.force_login(user)
    return browser.get(reverse(name, args=[reference])).context


def quoted(terms):
    """What `manage.py quote` says of these terms."""
    return quote(
        json.dumps(
            {
                "advances": [{"on": each.on.isoformat(), "cents": each.cents} for each in terms.advances],
                "annual_rate": str(terms.annual_rate),
                "instalments": terms.instalments,
                "first_due": terms.first_due.isoformat(),
                "interest_only": terms.interest_only,
                "day_count": terms.day_count,
                "fees": [{"cents": each.cents, "paid": each.paid} for each in terms.fees],
            }
        )
    )


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(row=PRODUCTS, terms=TERMS, later=st.integers(0, 400))
def test_calculator_recommendation_offer_contract_and_plan_are_one(in_review, omar, mariam, row, terms, later):
    with clock.at(days_ahead(later)), transaction.atomic():
        product = in_review.product
        for name, value in {**row, "one_decides_up_to_cents": None}.items():
            setattr(product, name, value)
        product.save()
        told = calculated(product, terms)
        recommend = {"by": omar, "reasons": ["affordable"], "note": "Sound.", **terms}
        if told.status_code == 422:
            with pytest.raises(Refused, match="criminal_rate"):
                decision.recommend(again(in_review), **recommend)
        else:
            case = decision.recommend(again(in_review), **recommend)
            holds_all_the_way(told.context["figures"], told.context["rows"], case, omar, mariam)
        transaction.set_rollback(True)


def holds_all_the_way(figures, rows, case, omar, mariam):
    assert page_of(omar, "case", case.reference)["estimate"].figures == figures
    loan = again(decision.approve(again(case), by=mariam))
    assert loan.terms == figures.terms
    offer, contract = page_of(case.applicant.user, "offer", case.reference), contract_facts(loan)
    for facts in (offer, contract):
        assert facts["figures"] == figures
        assert facts["cost"].apr == figures.cost.apr
        assert [row.as_instalment() for row in facts["rows"]] == list(figures.plan.instalments)
        assert [row.payable_by for row in facts["rows"]] == [row.payable_by for row in rows]
    assert planning.plan_in_force(loan).payment_cents == figures.plan.payment_cents
    line = quoted(loan.terms)
    assert [each["total_cents"] for each in line["instalments"]] == [row.total_cents for row in rows]
    assert line["cost_of_borrowing_cents"] == figures.cost.cost_of_borrowing_cents
    assert abs(Decimal(line["apr"]) - figures.cost.apr) <= Decimal("0.0000005")
