"""The offer: read it, read the agreement, sign with a fresh code, or say no."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.codes import CodeError
from loans import rules
from loans.fields import Field
from loans.lifecycle import signing
from loans.lifecycle.contract import contract_facts
from loans.models import Loan
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.mine import WHY, mine_or_404, owned_or_404
from loans.views.papers import file_response
from loans.views.sheets import Sheet

SIGNING = (
    Field("agreed", "checkbox", gettext_lazy("I have read the agreement and I agree to it.")),
    Field("typed_name", "text", gettext_lazy("Type your full name"), max_length=150, autocomplete="name"),
    Field(
        "code",
        "code",
        gettext_lazy("The six digits we sent you by e-mail"),
        max_length=12,
        autocomplete="one-time-code",
    ),
)
CODE_ERRORS = {
    "wrong": gettext_lazy("These are not the digits we sent. Please look again."),
    "expired": gettext_lazy("This code is older than 15 minutes. Please ask for a new one."),
    "too_many": gettext_lazy("Too many tries. Please wait an hour, then ask for a new code."),
    "none_sent": gettext_lazy("Please ask for a code first."),
}


def _offered(request, reference):
    """The case and its living loan, or None with the place to go instead."""
    case = mine_or_404(request, reference)
    loan = case.loans.exclude(state__in=[Loan.State.LAPSED, Loan.State.REFUSED, Loan.State.CANCELLED]).last()
    return case, loan


def _gone(request, case):
    messages.info(request, _("There is no open offer any more. Here is how your case stands now."))
    return HttpResponseRedirect(reverse("my_case", args=[case.reference]))


@require_safe
def offer(request, reference):
    """What we offer, what it costs, and what happens when."""
    case, loan = _offered(request, reference)
    if loan is None:
        return _gone(request, case)
    return _show(request, case, loan, Sheet(SIGNING))


def _show(request, case, loan, sheet):
    signed = loan.signatures.filter(party__user=request.user).exists()
    context = {
        **contract_facts(loan),
        "sheet": sheet,
        "once_key": new_once_key(),
        "may_sign": loan.state == Loan.State.OFFERED and not signed,
        "has_signed": signed,
        "waiting_for": signing.waiting_for(loan),
        "code_sent": bool(request.session.get(f"code-sent-{loan.pk}")),
        "is_owner": rules.is_owner(case, request.user),
    }
    return render(request, "loans/offer.html", context)


@require_safe
def agreement(request, reference):
    """The agreement as a PDF, in the language of the page: the very bytes that will be signed."""
    case, loan = _offered(request, reference)
    if loan is None:
        return _gone(request, case)
    return file_response(signing.agreement_for(loan, get_language()).file)


@require_POST
def code(request, reference):
    """Send the signer a fresh code."""
    case, loan = _offered(request, reference)
    if loan is None or loan.state != Loan.State.OFFERED:
        return _gone(request, case)
    signing.agreement_for(loan, get_language())
    try:
        signing.send_code(loan, by=request.user)
        request.session[f"code-sent-{loan.pk}"] = True
        messages.success(request, _("We sent you a code. It is good for 15 minutes."))
    except CodeError as error:
        messages.error(request, CODE_ERRORS[error.reason])
    return HttpResponseRedirect(reverse("offer", args=[case.reference]) + "#sign")


@require_http_methods(["GET", "POST"])
def signature(request, reference):
    """Sign."""
    case, loan = _offered(request, reference)
    if request.method == "GET" or loan is None:
        return redirect("offer", case.reference)
    sheet = Sheet(SIGNING, request.POST)

    def sign():
        return signing.sign(
            loan,
            by=request.user,
            language=get_language(),
            typed_name=sheet.values["typed_name"],
            code=sheet.values["code"],
            agreed=bool(sheet.values["agreed"]),
            once_key=once_key_of(request),
        )

    def show():
        return _show(request, case, loan, sheet)

    try:
        return attempt(
            request,
            sign,
            sheet=sheet,
            then=reverse("my_case", args=[case.reference]),
            done=_("You have signed. A copy is on its way to you."),
            show=show,
        )
    except CodeError as error:
        sheet.errors["code"] = CODE_ERRORS[error.reason]
        response = show()
        response.status_code = 422
        return response


@require_http_methods(["GET", "POST"])
def refusal(request, reference):
    """Say no to the offer, after a page that says what this means."""
    case = owned_or_404(request, reference)
    loan = case.loans.order_by("-pk").first()
    if loan is None or (request.method == "GET" and loan.state != Loan.State.OFFERED):
        return _gone(request, case)
    sheet = Sheet(WHY, request.POST if request.method == "POST" else None)

    def show():
        return render(request, "loans/offer_refusal.html", {"case": case, "sheet": sheet, "once_key": new_once_key()})

    if request.method == "GET":
        return show()
    return attempt(
        request,
        lambda: signing.refuse(loan, by=request.user, note=sheet.values["note"] or "", once_key=once_key_of(request)),
        sheet=sheet,
        then=reverse("my_case", args=[case.reference]),
        done=_("You said no to this offer. Your loan officer will see it."),
        show=show,
    )
