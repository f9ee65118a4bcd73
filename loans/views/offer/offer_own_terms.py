"""What if: another sum, another time or another pay-day, inside what was approved; and taking it."""

from decimal import Decimal

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from letters.wording import money, number
from loans.fields import Field
from loans.lifecycle.lending import planning
from loans.lifecycle.offering import own_terms
from loans.lifecycle.refusal import Refused
from loans.views.applicant.mine import owned_or_404
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.offer.offer import gone, offered, plan_shown
from loans.views.sheets import Sheet

NAMES = ("principal_cents", "repayment_months", "pay_day")


@require_http_methods(["GET", "HEAD", "POST"])
def offer_own_terms(request, reference):
    """The form asks by GET, so that nothing is changed by looking; the button beside the figures takes them."""
    case, loan = owned_or_404(request, reference), offered(request, reference)[1]
    if loan is None:
        return gone(request, case)
    if not own_terms.may_take(loan):
        return redirect("offer", case.reference)
    sent = request.POST if request.method == "POST" else request.GET
    tries = request.method == "POST" or any(name in sent for name in NAMES)
    sheet = Sheet(_fields(loan), sent if tries else None, _as_offered(loan))

    def show():
        return _show(request, case, loan, sheet, tries)

    if request.method != "POST":
        return show()
    values = {name: sheet.values.get(name) for name in NAMES}
    return attempt(
        request,
        lambda: own_terms.take(
            loan,
            by=request.user,
            **{**values, "pay_day": int(values["pay_day"])},
            shown=plan_shown(request),
            once_key=once_key_of(request),
        ),
        sheet=sheet,
        then=reverse("offer", args=[case.reference]),
        done=_("These are the terms of your offer now. You may change them until somebody signs."),
        show=show,
    )


def _fields(loan):
    bounds = own_terms.bounds_of(loan)
    return (
        Field(
            "principal_cents",
            "money",
            _("How much you borrow"),
            _("From %(least)s to %(most)s.") % {"least": money(bounds.least_cents), "most": money(bounds.most_cents)},
            least=bounds.least_cents,
            most=bounds.most_cents,
        ),
        Field(
            "repayment_months",
            "integer",
            _("How long you pay back"),
            _("From %(least)s to %(most)s months.") % {"least": bounds.least_months, "most": bounds.most_months},
            least=bounds.least_months,
            most=bounds.most_months,
            suffix=_("months"),
        ),
        Field(
            "pay_day",
            "select",
            _("The day of the month on which you pay"),
            _("For example a few days after your wage comes."),
            choices=tuple((str(day), str(day)) for day in bounds.pay_days),
        ),
    )


def _as_offered(loan):
    sum_ = number(Decimal(loan.principal_cents) / 100)
    return {
        "principal_cents": sum_,
        "repayment_months": str(loan.repayment_months),
        "pay_day": str(loan.first_due.day),
    }


def _show(request, case, loan, sheet, tries):
    tried = _tried(loan, sheet) if tries and sheet.is_answered else None
    plan = planning.agreed_plan(loan)
    context = {
        "case": case,
        "loan": loan,
        "plan": plan,
        "sheet": sheet,
        "errors": sheet.summary,
        "once_key": new_once_key(),
        **(tried or {}),
    }
    if tried:
        more = tried["tried"].figures.plan.payment_cents - plan.payment_cents
        context |= {"more_cents": max(0, more), "tried_as": [(name, sheet.raws[name]) for name in NAMES]}
    return render(request, "loans/offer_own_terms.html", context, status=422 if sheet.errors and tries else 200)


def _tried(loan, sheet):
    """The figures of what was typed, or None with what is in the way beside its box."""
    values = {**{name: sheet.values[name] for name in NAMES}, "pay_day": int(sheet.values["pay_day"])}
    try:
        tried = own_terms.estimate(loan, **values)
    except Refused as refused:
        sheet.refuse(refused)
        return None
    rows = planning.rows_of(tried.figures.plan.instalments)
    first = next(row for row in rows if row.total_cents)
    return {"tried": tried, "first_row": first, "last_row": rows[-1]}
