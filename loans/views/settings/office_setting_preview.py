"""What a proposed setting would do to a loan: the same example by the engine, before and after."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from letters.wording import money, percent
from loans.fields import Field
from loans.lifecycle.lending import planning
from loans.lifecycle.offering import product_costs
from loans.lifecycle.refusal import Refused
from loans.settings import PRODUCTS, RATES

TERMS = {"example_cents": "principal_cents", "example_study": "study_months", "example_months": "repayment_months"}
EXAMPLE = (
    Field("example_cents", "money", _("Amount"), required=False, least=100, most=100_000_000),
    Field("example_study", "integer", _("Months of study"), required=False, least=0, most=60),
    Field("example_months", "integer", _("Months of repayment"), required=False, least=1, most=120),
)


def previews(kind, made, before, example):
    """One preview for each product that would be another: `made` is the row that would be, `before` the one it follows.

    `example`: {field of EXAMPLE: answer}; what is not said there is as the product is first shown.
    """
    if kind is PRODUCTS:
        return [_preview(before, made, example)]
    if kind is RATES:
        rate = Decimal(made.annual_rate)
        products = product_costs.made_of(made.index)
        return [_preview(each, product_costs.at_another_rate(each, rate), example) for each in products]
    return []


def _preview(before, after, example):
    terms = _terms(after, example)
    old, new = _estimate(before, terms), _estimate(after, terms)
    return {
        "product": after,
        "terms": terms,
        "lines": [(label, of(old) if old else "", of(new) if new else "") for label, of in LINES],
        "example": _estimate(after, planning.opening_terms(after)),
        "dearest": product_costs.dearest(after),
    }


def _terms(product, example):
    typed = {TERMS[name]: answer for name, answer in example.items() if name in TERMS and answer is not None}
    return {**planning.opening_terms(product), **typed}


def _estimate(product, terms):
    """What the example comes to, or None where no such loan can be made."""
    if product is None:
        return None
    try:
        return planning.estimate_of(planning.planned_loan(product, **terms))
    except Refused:
        return None


def _while_studying(estimate):
    phase = estimate.figures.interest_only
    return money(phase.most_cents) if phase else money(0)


LINES = (
    (_("Interest rate"), lambda each: percent(each.loan.annual_rate)),
    (_("Fee"), lambda each: money(each.loan.fee_cents)),
    (_("A month while studying"), _while_studying),
    (_("A month of repayment"), lambda each: money(each.figures.plan.payment_cents)),
    (_("Cost of borrowing"), lambda each: money(each.figures.cost.cost_of_borrowing_cents)),
    (_("Total of all payments"), lambda each: money(each.figures.cost.total_paid_cents)),
    (_("Yearly cost of borrowing (APR)"), lambda each: percent(each.figures.apr)),
)
