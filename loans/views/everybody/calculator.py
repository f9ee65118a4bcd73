"""The public calculator: what a loan would come to, by the very function that makes the offer and the contract.

It asks by GET, so that an answer can be kept as a bookmark; it writes nothing and knows nobody. A sum that one has to
type and may mistype comes back as it was typed, with what is wrong beside it.
"""

from decimal import Decimal

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config import clock
from letters.wording import day, money, number, percent, whole_dollars
from loans.fields import Field
from loans.lifecycle.lending import planning
from loans.lifecycle.refusal import Refused
from loans.models import Product
from loans.refusals import sentence
from loans.views.chart import bar_chart
from loans.views.deeds import UNPROCESSABLE
from loans.views.sheets import Sheet
from money.limits import limit_on

TERMS = {"amount": "principal_cents", "study": "study_months", "repayment": "repayment_months"}  # by what is asked
INDEXES = {"prime": gettext_lazy("the prime rate of the large banks")}
STUDY, REPAYMENT = 2, 1  # the tones of the chart


@login_not_required
@require_safe
def calculator(request):
    """A product, an amount and how long; and, at once, each payment, the cost and the plan."""
    products = list(Product.objects.on_offer().select_related("fund"))
    if not products:
        return render(request, "loans/calculator.html", {"products": products})
    code = request.GET.get("product", products[0].code)
    product = next((each for each in products if each.code == code), None)
    sheet = Sheet(questions(product or products[0]), _typed(product or products[0], request.GET))
    if product is None:
        sheet.errors[""] = _("We do not offer this loan now. Please choose one of these.")
    _tell_limits(sheet)
    estimate = _estimate(product, sheet) if sheet.is_answered else None
    context = {
        "products": products,
        "product": product or products[0],
        "sheet": sheet,
        "errors": sheet.summary,
        **(_told(product, estimate) if estimate else {}),
    }
    return render(request, "loans/calculator.html", context, status=None if estimate else UNPROCESSABLE)


def questions(product):
    """What is asked of somebody who wants to know, within the limits of the product; no study where it knows none."""
    asked = (
        Field(
            "amount",
            "money",
            _("How much you borrow"),
            _("From %(least)s to %(most)s.") % {"least": money(product.min_cents), "most": money(product.max_cents)},
            least=product.min_cents,
            most=product.max_cents,
        ),
        Field(
            "study",
            "integer",
            _("How long you study"),
            _while_studying(product) % {"most": product.max_study_months},
            least=0,
            most=product.max_study_months,
            suffix=_("months"),
        ),
        Field(
            "repayment",
            "integer",
            _("How long you pay back"),
            _("From %(least)s to %(most)s months.")
            % {"least": product.min_repayment_months, "most": product.max_repayment_months},
            least=product.min_repayment_months,
            most=product.max_repayment_months,
            suffix=_("months"),
        ),
    )
    return tuple(field for field in asked if field.most)


def _while_studying(product):
    if product.annual_rate or product.rate_index:
        return _("Up to %(most)s months. While you study, you pay only the interest.")
    return _("Up to %(most)s months. While you study, you pay nothing.")


def _typed(product, query):
    """What was typed, and for what the address does not speak of, what to begin with."""
    opening = planning.opening_terms(product)
    begun = {
        "amount": number(Decimal(opening["principal_cents"]) / 100),
        "study": str(opening["study_months"]),
        "repayment": str(opening["repayment_months"]),
    }
    return {**begun, **query.dict()}


def _tell_limits(sheet):
    """A number outside the product is told with the limits, not only that it is too large."""
    for field in sheet.asked:
        if sheet.errors.get(field.name) in ("too_small", "too_large"):
            limits = {"field": TERMS[field.name], "least": field.least, "most": field.most}
            if field.kind == "money":
                sheet.errors[field.name] = sentence(Refused("outside_product", **limits))
            else:
                sheet.errors[field.name] = _("For this loan it can be from %(least)s to %(most)s months.") % limits


def _estimate(product, sheet):
    """What the terms come to, or None with what is in the way. No figure is told of a loan that may not be made."""
    terms = {TERMS[name]: value for name, value in sheet.values.items()}
    try:
        return planning.lawful_estimate(product, **{"study_months": 0, **terms})
    except Refused as refused:
        sheet.errors[""] = _too_dear() if refused.code == "criminal_rate" else sentence(refused)
        return None


def _too_dear():
    return _(
        "This loan would cost more than the %(most)s a year that the law allows, so we cannot offer it. "
        "Try a larger amount or more months."
    ) % {"most": percent(limit_on(clock.today()).most_apr)}


def _told(product, estimate):
    """All that the result shows."""
    loan, figures = estimate.loan, estimate.figures
    rows = planning.rows_of(figures.plan.instalments)
    ends = {"sum": money(_owed(rows[0])), "day": day(rows[-1].payable_by)}
    return {
        "loan": loan,
        "figures": figures,
        "cost": figures.cost,
        "rows": rows,
        "study_days": _first_and_last(rows[: loan.study_months]),
        "repayment_days": _first_and_last(rows[loan.study_months :]),
        "index": INDEXES.get(loan.rate_index, loan.rate_index),
        "index_rate": loan.annual_rate - product.annual_rate,
        "chart": chart_of(figures),
        "chart_text": _("You begin with %(sum)s. After the payment of %(day)s you owe nothing.") % ends,
    }


def _first_and_last(rows):
    return [row.payable_by for row in (*rows[:1], *rows[-1:])]


def chart_of(figures):
    """What is owed in each month, before its payment: first the months of study, then the way down."""
    study = figures.interest_only.count if figures.interest_only else 0
    rows = figures.plan.instalments
    return bar_chart(
        [(_owed(row), STUDY if row.number <= study else REPAYMENT) for row in rows],
        say=whole_dollars,
        marks=[
            (months, ngettext("%(years)s year", "%(years)s years", months // 12) % {"years": months // 12})
            for months in range(12, len(rows) + 1, 12)
        ],
        leftwards=get_language_bidi(),
    )


def _owed(row):
    return row.balance_cents + row.principal_cents
