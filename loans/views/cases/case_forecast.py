"""The two years of a business, as the case page shows them: worked out from the form as it was sent."""

from decimal import Decimal

from django.utils.dates import MONTHS

from config import clock
from loans.lifecycle.refusal import Refused
from loans.models import Recommendation
from loans.views.cases.case_terms import estimate_of
from money.forecast import Plan, TypicalMonth, forecast

COSTS = ("rent", "wages", "other")


def forecast_of(submission, recommendation, case):
    """The forecast with what stands out in it; None for other purposes, and where the figures are on paper."""
    said = _said(submission.answers, "month")
    if said.get("how") != "here":
        return None
    terms = recommendation or Recommendation(
        principal_cents=submission.requested_cents, study_months=0, repayment_months=submission.repayment_months
    )
    found = forecast(_plan(said, submission, terms, case))
    rows = [{"month": month, "name": MONTHS[month.calendar_month]} for month in found.months]
    return {"rows": rows, "lowest": found.lowest, "carries_itself_from": found.carries_itself_from}


def _plan(said, submission, terms, case):
    return Plan(
        month=TypicalMonth(
            sales_cents=said["sales"],
            goods_share=Decimal(said["goods"]) / 100,
            costs_cents=sum(said[name] for name in COSTS),
            drawings_cents=said["drawings"],
        ),
        first_month=clock.day_of(submission.sent_at).month % 12 + 1,
        ramp_months=said["ramp"],
        seasons={
            int(line["month"]): Decimal(line["difference"]) / 100 for line in _lines(submission.answers, "seasons")
        },
        own_money_cents=said["own_money"],
        start_up_cents=submission.costs_cents,
        loan_cents=terms.principal_cents,
        loan_payments_cents=_payments(case, terms),
    )


def _payments(case, terms):
    try:
        payment = estimate_of(case, terms).figures.plan.payment_cents
    except Refused:
        return ()
    return (payment,) * terms.repayment_months


def _lines(answers, section):
    return [{name: answer["value"] for name, answer in line.items()} for line in answers.get(section, [])]


def _said(answers, section):
    return next(iter(_lines(answers, section)), {})
