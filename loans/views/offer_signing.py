"""Signing an offer: a fresh code by mail or a passkey, then the name and the ticks."""

import json

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts import passkeys
from accounts.codes import CodeError
from accounts.forms import PasskeyForm
from accounts.limits import client
from accounts.views.code_errors import PASSKEYS
from config import clock
from loans.lifecycle import signing
from loans.models import Loan
from loans.views import my_contract
from loans.views.deeds import UNPROCESSABLE, again, attempt, once_key_of
from loans.views.offer import (
    agreement_language,
    gone,
    offered,
    passkey_place,
    plan_shown,
    show_offer,
    shown_passkey,
    signing_fields,
)
from loans.views.sheets import Sheet

CODE_ERRORS = {
    "wrong": gettext_lazy("These are not the digits we sent. Please look again."),
    "expired": gettext_lazy("This code is older than 15 minutes. Please ask for a new one."),
    "too_many": gettext_lazy("That was too many tries with one code. Please ask for a new one."),
    "none_sent": gettext_lazy("Please ask for a code first."),
}
NO_MORE_CODES = gettext_lazy("We have sent you many codes. Please wait an hour, then ask for a new one.")


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
    try:
        signing.send_code(loan, by=request.user)
        request.session[f"code-sent-{loan.pk}"] = True
        messages.success(request, _("We sent you a code. It is good for 15 minutes."))
    except CodeError:
        messages.error(request, NO_MORE_CODES)
    return _to_the_signature(case)


@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request, reference):
    """A passkey instead of a code: shown now, for this signature."""
    case, loan = offered(request, reference)
    if loan is None:
        return gone(request, case)
    if loan.state != Loan.State.OFFERED or loan.waits_for_choice:
        return redirect("offer", case.reference)
    error = ""
    if request.method == "POST":
        try:
            found = _passkey_in(request)
        except passkeys.PasskeyError as refused:
            error = PASSKEYS[refused.reason]()
        else:
            signing.agreement_for(loan, agreement_language(request))
            place = {"key": found.pk, "user": found.user_id, "at": clock.now().isoformat()}
            request.session[passkey_place(loan)] = place
            return _to_the_signature(case)
    context = {
        "case": case,
        "options": json.dumps(passkeys.begin_showing(), cls=DjangoJSONEncoder),
        "errors": [("#use", error)] if error else [],
    }
    return render(request, "loans/offer_passkey.html", context, status=UNPROCESSABLE if error else 200)


def _passkey_in(request):
    """The passkey that was sent. Raises PasskeyError, also for one of somebody else."""
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        raise passkeys.PasskeyError("not_proven")
    found = passkeys.shown(form.cleaned_data["credential"])
    if found.user_id != request.user.pk:
        raise passkeys.PasskeyError("not_proven")
    return found


def _to_the_signature(case):
    return HttpResponseRedirect(reverse("offer", args=[case.reference]) + "#sign")


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
            passkey=shown_passkey(request, loan),
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
