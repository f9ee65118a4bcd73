"""The figures of a case as a record keeps them: each with where it comes from. Sums in cents, rates as text."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from config import clock
from loans.lifecycle.lending import planning
from loans.lifecycle.offering.terms import planned_options
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.household import Carried, Load, Month
from loans.lifecycle.reviewing.ladder import Standing
from loans.models import Application, Finding, Loan, Recommendation
from loans.models.ladder import Group, Line

Plain = Any  # what JSON can say: texts, whole numbers, lists, dictionaries


def day(moment: datetime) -> str:
    """The office's day of a moment, ISO."""
    on: date = clock.day_of(moment)
    return on.isoformat()


def verdict_in_words(case: Application, standing: Standing) -> Plain:
    """The target group: as worked out, as it counts, and who says so; None where it was never worked out."""
    line = standing.verdict
    if line is None:
        return None
    adjusted = line.adjusted and {"group": line.adjusted.group, **_found(line.adjusted)}
    return {"worked_out": line.said_as, "on": day(case.baseline.taken_at), "adjusted": adjusted}


def case_in_figures(standing: Standing) -> Plain:
    """Every figure that counts, in its group: said, on paper, adjusted, counting."""
    return [_group(group) for group in standing.groups]


def _group(group: Group) -> dict[str, Any]:
    return {
        "code": group.code,
        "lines": [_line(line) for line in group.lines if not line.is_gone],
        "said_cents": group.said_cents,
        "counting_cents": group.counting_cents,
    }


def _line(line: Line) -> dict[str, Any]:
    paper, adjusted = line.paper, line.adjusted
    return {
        "section": line.section,
        "field": line.field,
        "number": line.number,
        "kind": line.said_as,
        "detail": line.detail,
        "said_cents": line.said_cents,
        "paper": paper and {"cents": paper.cents, **_found(paper)},
        "adjusted": adjusted and {"cents": adjusted.cents, **_found(adjusted)},
        "counting_cents": line.counting_cents,
    }


def _found(found: Finding) -> dict[str, Any]:
    """By whom, when, why, and on which paper."""
    why = found.event.note.text if hasattr(found.event, "note") else ""
    told = {"key": found.pk, "by": str(found.event.by), "on": day(found.event.at), "why": why}
    if found.document is None:
        return told
    return {
        **told,
        "paper": found.document_id,
        "paper_kind": found.document.kind,
        "paper_on": day(found.document.added_at),
    }


def month_in_figures(standing: Standing) -> Plain:
    """A usual month as said and as it counts, and what the loan asked for and the one recommended do to it."""
    return {
        "said": _month(standing.said),
        "counting": _month(standing.counting),
        "requested": _load(standing.requested),
        "recommended": _load(standing.recommended),
    }


def _month(month: Month) -> dict[str, Any]:
    return {
        "income_cents": month.income_cents,
        "costs_cents": month.costs_cents,
        "left_cents": month.left_cents,
        "fits_cents": month.fits_cents,
        "debt_share": _rate(month.debt_share),
    }


def _load(load: Load | None) -> dict[str, Any] | None:
    if load is None:
        return None
    return {
        "principal_cents": load.terms.principal_cents,
        "study_months": load.terms.study_months,
        "repayment_months": load.terms.repayment_months,
        "payment_cents": load.payment_cents,
        "said": _carried(load.said),
        "counting": _carried(load.counting),
    }


def _carried(carried: Carried) -> dict[str, Any]:
    return {
        "left_cents": carried.household.left_cents,
        "stressed_cents": carried.household.stressed_cents,
        "debt_share": _rate(carried.debt_share),
    }


TERMS = ("principal_cents", "study_months", "repayment_months")


def recommended_figures(case: Application, terms: Recommendation) -> dict[str, Any]:
    """The terms, and what the engine makes of them today: `plan` is None when no plan can be made.

    `further` holds the same of each option among which the applicant would choose besides.
    """
    told = [
        {name: getattr(terms, name) for name in TERMS},
        *({name: each[name] for name in TERMS} for each in terms.further),
    ]
    try:
        plans = [_plan_in_figures(loan) for loan in planned_options(case, terms)]
    except Refused:
        plans = [None] * len(told)
    first, *further = [{**terms, "plan": plan} for terms, plan in zip(told, plans, strict=True)]
    return {**first, "further": further}


def _plan_in_figures(planned: Loan) -> dict[str, Any] | None:
    try:
        estimate = planning.estimate_of(planned)
    except Refused:
        return None
    figures, loan = estimate.figures, estimate.loan
    payments = [row for row in figures.plan.instalments if row.total_cents]  # without interest, study asks for nothing
    return {
        "annual_rate": _rate(loan.annual_rate),
        "fee_cents": loan.fee_cents,
        "payment_cents": figures.plan.payment_cents,
        "payments": len(payments),
        "first_on": payments[0].due_on.isoformat(),
        "last_on": payments[-1].due_on.isoformat(),
        "total_cents": figures.cost.total_paid_cents,
        "cost_cents": figures.cost.cost_of_borrowing_cents,
        "apr": _rate(figures.apr),
    }


def _rate(rate: Decimal | None) -> str | None:
    return None if rate is None else str(rate.quantize(Decimal("0.000000001")))
