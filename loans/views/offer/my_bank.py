"""Where we send the money: my bank details, never shown in full, and entering them or others."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import proof
from loans.lifecycle.lending import bank_accounts
from loans.lifecycle.writing.messages import Attached
from loans.models import Application, BankAccount, Party
from loans.views.applicant.mine import owned_or_404
from loans.views.applicant.papers import ACCEPT
from loans.views.bank_words import (
    COMING,
    TO_AGREE,
    VERIFIED,
    WAITING,
    accounts_of,
    number_fields,
    numbers_of,
    numbers_typed,
)
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.sheets import Sheet
from vault.cleaning import MOST_PHOTO_BYTES

STANDING = (WAITING, TO_AGREE, VERIFIED, COMING)


def _mine_or_404(request, reference):
    """(my case, what I entered, whether I may enter something): once a loan was offered, not before."""
    case = owned_or_404(request, reference)
    entered = accounts_of(BankAccount.objects.filter(party__application=case, party__kind=Party.Kind.BORROWER))
    may_enter = case.state == Application.State.APPROVED and bank_accounts.money_moves(case)
    if not entered and not may_enter:
        raise Http404
    return case, entered, may_enter


@require_safe
def my_bank(request, reference):
    """What stands now, how far it is, and what stood before."""
    case, entered, may_enter = _mine_or_404(request, reference)
    context = {
        "case": case,
        "standing": [each for each in entered if each["state"] in STANDING],
        "earlier": [each for each in entered if each["state"] not in STANDING],
        "newest": entered[0] if entered else None,
        "may_enter": may_enter,
    }
    return render(request, "loans/my_bank.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_bank_new(request, reference):
    """The three numbers; only for whoever showed their address or a passkey a little while ago."""
    case, entered, may_enter = _mine_or_404(request, reference)
    here = reverse("my_bank", args=[case.reference])
    if not may_enter:
        return HttpResponseRedirect(here)
    if not proof.is_fresh(request):
        return proof.ask(request, request.path)
    sent = request.POST if request.method == "POST" else request.typed
    sheet = Sheet(number_fields(), numbers_typed(sent) if sent else None, judged=not request.typed)
    had_file = "file" in request.FILES

    def show():
        wrong = sheet.errors.get("file", "")
        context = {
            "case": case,
            "sheet": sheet,
            "file": {**_FILE, "error": wrong, "again": had_file and not wrong},
            "errors": [("#id-file" if name == "file" else link, text) for name, (link, text) in _wrong(sheet)],
            "is_change": any(each["state"] in (TO_AGREE, VERIFIED, COMING) for each in entered),
            "change_days": settings.BANK_CHANGE_DAYS,
            "newest": entered[0]["account"].pk if entered else 0,
            "once_key": new_once_key(),
        }
        return render(request, "loans/my_bank_new.html", context)

    if request.method != "POST":
        return show()
    return attempt(
        request,
        lambda: _enter(request, case, sheet),
        sheet=sheet,
        then=here,
        done=_("Thank you. Somebody here compares the numbers with a paper, then we can use them."),
        show=show,
    )


_FILE = {
    "label": gettext_lazy("Photo of a void cheque, or of the page in your bank’s app"),
    "help": gettext_lazy("It must show your name and the three numbers. A photo up to 25 MB, or a PDF up to 10 MB."),
    "accept": ACCEPT,
    "is_optional": True,
}


def _wrong(sheet):
    return zip(sheet.errors, sheet.summary, strict=True)


def _enter(request, case, sheet):
    upload = request.FILES.get("file")
    return bank_accounts.enter(
        case,
        by=request.user,
        **numbers_of(sheet),
        file=Attached(upload.name or "", upload.read(MOST_PHOTO_BYTES + 1)) if upload else None,
        is_fresh=proof.is_fresh(request),
        seen=seen_entry(request),
        once_key=once_key_of(request),
    )


def seen_entry(request):
    """The newest entry on the page from which a form was sent; None when the form does not say."""
    said = request.POST.get("newest", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else None
