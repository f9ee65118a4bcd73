"""“Is this agreement genuine?”: a page for everybody who holds one, with its code or its file. Nothing is kept."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config.languages import NAMES
from loans.lifecycle.contracts.verifying import NOTHING, Verdict, told_by_code, told_by_file
from loans.models import LoanPaper
from loans.views.deeds import UNPROCESSABLE

LONGEST = 40  # signs of what was typed that are shown again
MOST_BYTES = 5_000_000  # of a file; our own have a hundredth
GENUINE = gettext_lazy("Genuine: this agreement is ours, and it is signed")
SUPERSEDED = gettext_lazy("This agreement is ours, but it is not the one in force")
ALTERED = gettext_lazy("Altered: this file is not as we made it")
UNKNOWN = gettext_lazy("We know no such agreement")
GENUINE_PAPER = gettext_lazy("Genuine: this paper is ours")
SUPERSEDED_PAPER = gettext_lazy("This paper is ours, but it is not the one in force")
HEADINGS = {Verdict.GENUINE: GENUINE, Verdict.ALTERED: ALTERED, Verdict.UNKNOWN: UNKNOWN}
WHY = {
    Verdict.ALTERED: gettext_lazy("It carries a code of ours, but its content was changed. Do not rely on it."),
    Verdict.NOT_SIGNED: gettext_lazy("Not everybody has signed it yet."),
    Verdict.OTHER_LANGUAGE: gettext_lazy("It was signed in the other language. That copy counts."),
    Verdict.MADE_ANEW: gettext_lazy("Before anybody signed, it was made anew."),
    Verdict.CHOSEN_OTHERWISE: gettext_lazy("Before anybody signed, another option was chosen, and it was made anew."),
    Verdict.OWN_TERMS: gettext_lazy(
        "Before anybody signed, the borrower took other terms within the offer, and it was made anew."
    ),
    Verdict.OTHER_ACCOUNT: gettext_lazy("Before anybody signed, the bank details changed, and it was made anew."),
    Verdict.LATER_ONE: gettext_lazy("A later one was made, with other bank details."),
    Verdict.NOT_USED: gettext_lazy("We do not use the bank details that it names."),
    Verdict.AMENDED: gettext_lazy("It was signed, and later changed. The changes were sent to everybody who signed."),
    Verdict.CALLED_OFF: gettext_lazy("The offer ended or the loan was called off. It binds nobody."),
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """Type the code or give the file: genuine, altered, superseded, or not known; no persons, no sums."""
    is_sent = request.method == "POST"
    typed = (request.typed or request.POST).get("code", "").strip()[:LONGEST]
    file = request.FILES.get("file") if is_sent else None
    errors = _errors(typed, file) if is_sent else {}
    told = None if errors or not (file or typed) else told_by_file(file.chunks()) if file else told_by_code(typed)
    context = {
        "fields": _fields(typed, errors),
        "errors": [(f"#id-{name}", error) for name, error in errors.items()],
        "typed": typed,
        "told": told,
        "heading": _heading(told) if told else "",
        "kind_name": LoanPaper.Kind(told.kind).label if told and told.kind else _("Loan agreement"),
        "why": WHY.get(told.verdict, "") if told else "",
        "is_known": told is not None and told != NOTHING,
        "was_file": bool(file),
        "language_name": NAMES.get(told.language, "") if told else "",
    }
    return render(request, "loans/verify.html", context, status=UNPROCESSABLE if errors else 200)


def _heading(told):
    if told.kind and told.verdict not in (Verdict.ALTERED, Verdict.UNKNOWN):
        return GENUINE_PAPER if told.verdict == Verdict.GENUINE else SUPERSEDED_PAPER
    return HEADINGS.get(told.verdict, SUPERSEDED)


def _errors(typed, file):
    if file is not None and file.size > MOST_BYTES:
        return {"file": _("This file is larger than any of ours. An agreement has less than 5 MB.")}
    if file is None and not typed:
        return {"code": _("Please type the code, or choose the file.")}
    return {}


def _fields(typed, errors):
    common = {"required": False, "autocomplete": "off", "inputmode": ""}
    return [
        {
            **common,
            "name": "code",
            "id": "id-code",
            "kind": "text",
            "label": _("The code of the agreement"),
            "help": _("Twelve letters and digits, such as ABCD-1234-EFGH. It stands at the end of the agreement."),
            "value": typed,
            "error": errors.get("code", ""),
            "max_length": LONGEST,
        },
        {
            **common,
            "name": "file",
            "id": "id-file",
            "kind": "file",
            "label": _("The agreement as a file (PDF)"),
            "help": _("The very file that you got from us, not a photo or a scan. We look at it and keep nothing."),
            "value": "",
            "error": errors.get("file", ""),
        },
    ]
