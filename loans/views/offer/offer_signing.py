"""Signing an offer: a fresh code by mail or a passkey, then the name and the ticks."""

from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.codes import CodeError
from accounts.limits import client
from loans.lifecycle.contracts import signing
from loans.models import Loan
from loans.views.deeds import again, attempt, once_key_of
from loans.views.offer import my_contract
from loans.views.offer.my_signature import CODE_ERRORS, ask_passkey, send_code, shown_passkey
from loans.views.offer.offer import (
    agreement_language,
    gone,
    offered,
    plan_shown,
    show_offer,
    signing_fields,
)
from loans.views.sheets import Sheet


@require_POST
def code(request, reference):
    """Send the signer a fresh code."""
    case, loan = offered(request, reference)
    if loan is None or loan.state != Loan.State.OFFERED:
        return gone(request, case)
    if loan.waits_for_choice:
        return redirect("offer", case.reference)
    party = case.parties.get(user=request.user)
    if not my_contract.prepared(loan, party, agreement_language(request)).is_whole:
        return my_contract.preparing(request, case)
    send_code(request, loan, loan.pk)
    return HttpResponseRedirect(_signature_of(case))


@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request, reference):
    """A passkey instead of a code: shown now, for this signature."""
    case, loan = offered(request, reference)
    if loan is None:
        return gone(request, case)
    if loan.state != Loan.State.OFFERED or loan.waits_for_choice:
        return redirect("offer", case.reference)
    return ask_passkey(request, loan.pk, back=_signature_of(case), back_name=_("Our offer"))


def _signature_of(case):
    return reverse("offer", args=[case.reference]) + "#sign"


@require_http_methods(["GET", "POST"])
def signature(request, reference):
    """Sign."""
    case, loan = offered(request, reference)
    if loan is None or (request.method == "GET" and not request.typed):
        return redirect("offer", case.reference)
    sheet = Sheet.of(request, signing_fields(request, loan))
    if request.method == "GET":
        return show_offer(request, case, loan, sheet)

    def sign():
        return signing.sign(
            loan,
            by=request.user,
            language=agreement_language(request),
            typed_name=sheet.values["typed_name"],
            code=sheet.values.get("code", ""),
            passkey=shown_passkey(request, loan.pk),
            agreed=bool(sheet.values["agreed"]),
            debit=bool(sheet.values.get("debit")),
            shown=plan_shown(request),
            read=request.POST.get("read"),
            came_from=client(request),
            helper=sheet.values["helper"] or "",
            helped_in=sheet.values["helped_in"] or "",
            once_key=once_key_of(request),
        )

    def show():
        return show_offer(request, case, loan, sheet)

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
        return again(show)
