"""The debit agreement of another account: to read, and to agree to, for whoever told the account after they signed."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.codes import CodeError
from accounts.limits import client
from loans import rules
from loans.fields import Field
from loans.lifecycle.contracts import debit_signing, paper_making, paper_set
from loans.models import BankAccount
from loans.offer_words import NEW_DEBITS, TICKS
from loans.views.applicant.mine import mine_or_404
from loans.views.deeds import again, attempt, new_once_key, once_key_of
from loans.views.offer.my_signature import CODE_ERRORS, ask_passkey, name_fields, proofs, send_code, shown_passkey
from loans.views.offer.offer import key_told
from loans.views.sheets import Sheet


def _mine_or_404(request, reference):
    """(my case, its newest loan, the account whose debit agreement waits for me or None), for somebody who borrows."""
    case = mine_or_404(request, reference)
    loan = case.loans.first()
    if loan is None or not rules.is_borrower(case, request.user):
        raise Http404
    waiting = BankAccount.objects.to_agree().select_related("party__user")
    return case, loan, waiting.filter(party__application=case, party__user=request.user).first()


def _what(loan):
    """What is signed, as the session knows it."""
    return f"debit-{loan.pk}"


def _sheet(request, loan):
    return Sheet.of(request, (Field("agreed", "checkbox", TICKS[NEW_DEBITS]), *name_fields(request, _what(loan))))


@require_safe
def my_debit(request, reference):
    """What waits, where to read it, and how to agree."""
    case, loan, account = _mine_or_404(request, reference)
    return _show(request, case, loan, account, _sheet(request, loan))


def _show(request, case, loan, account, sheet):
    context = {"case": case, "loan": loan, "account": account, "sheet": sheet, "errors": sheet.summary}
    if account is not None:
        context |= {"paper": _paper(loan, account), "once_key": new_once_key(), **proofs(request, _what(loan))}
    return render(request, "loans/my_debit.html", context)


def _paper(loan, account):
    """The debit agreement; where it is missing, a worker is rung first."""
    paper = debit_signing.paper_of(loan, account)
    if paper is None:
        paper_making.ask(loan, paper_set.language_of(loan, account.party))
        paper = debit_signing.paper_of(loan, account)
    return paper


@require_POST
def my_debit_code(request, reference):
    """Send the signer a fresh code."""
    case, loan, account = _mine_or_404(request, reference)
    if account is not None:
        send_code(request, loan, _what(loan))
    return HttpResponseRedirect(_signature_of(case))


@require_http_methods(["GET", "HEAD", "POST"])
def my_debit_passkey(request, reference):
    """A passkey instead of a code: shown now, for this signature."""
    case, loan, account = _mine_or_404(request, reference)
    if account is None:
        return redirect("my_debit", case.reference)
    return ask_passkey(request, _what(loan), back=_signature_of(case), back_name=_("My debit agreement"))


def _signature_of(case):
    return reverse("my_debit", args=[case.reference]) + "#sign"


@require_http_methods(["GET", "POST"])
def my_debit_signature(request, reference):
    """Agree to it."""
    case, loan, account = _mine_or_404(request, reference)
    if request.method == "GET" and not request.typed:
        return redirect("my_debit", case.reference)
    sheet = _sheet(request, loan)
    if request.method == "GET":
        return _show(request, case, loan, account, sheet)

    def agree():
        return debit_signing.agree(
            loan,
            by=request.user,
            typed_name=sheet.values["typed_name"],
            code=sheet.values.get("code", ""),
            passkey=shown_passkey(request, _what(loan)),
            agreed=bool(sheet.values["agreed"]),
            read=key_told(request, "read"),
            came_from=client(request),
            helper=sheet.values["helper"] or "",
            helped_in=sheet.values["helped_in"] or "",
            once_key=once_key_of(request),
        )

    def show():
        return _show(request, case, loan, account, sheet)

    try:
        return attempt(
            request,
            agree,
            sheet=sheet,
            then=reverse("my_case", args=[case.reference]),
            done=_("Thank you: you have agreed to the debit agreement. A copy is on its way to you."),
            show=show,
        )
    except CodeError as error:
        sheet.errors["code"] = CODE_ERRORS[error.reason]
        return again(show)
