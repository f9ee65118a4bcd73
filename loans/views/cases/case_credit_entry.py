"""Entering a credit report: the bureau, its day, the score, the debts line by line, and the file."""

from datetime import date

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import credit
from loans.lifecycle.reviewing.credit import CONSENT, Debt
from loans.lifecycle.writing.messages import Attached
from loans.models import CreditBureau, LenderKind, ScoreBand
from loans.sections import MOST_CENTS
from loans.views.applicant.papers import ACCEPT
from loans.views.cases.case_credit import case_or_404, is_open_to
from loans.views.cases.case_tabs import tabs_of
from loans.views.deeds import new_once_key, once_key_of
from loans.views.office_deeds import attempt_in_office
from loans.views.sheets import Sheet
from vault.cleaning import MOST_PHOTO_BYTES

LINES, OPEN = 10, 3  # debts that the page has room for, and those that are open from the start
NO_SCORE = "no-score"
PARTS = ("lender", "balance", "monthly")


def head_fields():
    """Who made the report, when, and which score it gives."""
    bureaus = tuple((each.code, each.name) for each in CreditBureau.objects.current())
    bands = tuple((each.code, _range(each)) for each in ScoreBand.objects.current())
    return (
        Field("bureau", "choice", _("Which bureau"), choices=bureaus),
        Field("reported_on", "date", _("Day of the report")),
        Field(
            "band",
            "choice",
            _("Score"),
            _("No score is usual for somebody who is new in Canada. It says nothing against them."),
            choices=((NO_SCORE, _("No score yet")), *bands),
        ),
    )


def _range(band):
    return _("%(name)s (%(least)s to %(most)s)") % {"name": band.name, "least": band.least, "most": band.most}


def debt_fields(number):
    """One debt of the report; whoever answers one of its questions answers all but the tick."""
    asked = {"required": False}
    told = {"number": number}
    return (
        Field(f"lender-{number}", "select", _("Debt %(number)s: to whom") % told, choices=LENDERS, **asked),
        Field(f"balance-{number}", "money", _("Debt %(number)s: what is owed") % told, most=MOST_CENTS, **asked),
        Field(f"monthly-{number}", "money", _("Debt %(number)s: payment in a month") % told, most=MOST_CENTS, **asked),
        Field(f"arrears-{number}", "checkbox", _("Debt %(number)s: payments are late") % told, **asked),
    )


LENDERS = tuple(LenderKind.choices)
FILE_HELP = gettext_lazy("A PDF of up to 10 MB, or a photo. It is kept sealed, and erased one year after the decision.")


@require_http_methods(["GET", "HEAD", "POST"])
def credit_report_entry(request, reference):
    """The form, for the officer who reviews the case; anybody else is led back to the reports."""
    case = case_or_404(request, reference)
    here = reverse("credit_reports", args=[case.reference])
    if request.method != "POST":
        if not is_open_to(request.user, case.enter_credit_report):
            return HttpResponseRedirect(here)
        return _show(request, case, Sheet.of(request, _fields()))
    sheet = Sheet(_fields(), request.POST)
    debts = _debts(sheet)
    file = _sent(request)
    if not file.data:
        sheet.refuse(Refused("no_report_file"))
    return attempt_in_office(
        request,
        case.enter_credit_report,
        lambda: _enter(request, case, sheet, debts, file),
        sheet=sheet,
        here=here,
        done=_("Entered. What its debts ask for in a month now stands in the figures.") if debts else _("Entered."),
        show=lambda: _show(request, case, sheet, had_file=bool(file.data)),
    )


def _fields():
    return (*head_fields(), *(field for number in range(1, LINES + 1) for field in debt_fields(number)))


def _enter(request, case, sheet, debts, file):
    said = sheet.values
    return credit.enter_report(
        case,
        by=request.user,
        bureau=said["bureau"],
        reported_on=date.fromisoformat(said["reported_on"]),
        band=credit.NO_SCORE if said["band"] == NO_SCORE else said["band"],
        debts=debts,
        file=file,
        once_key=once_key_of(request),
    )


def _sent(request):
    file = request.FILES.get("file")
    return Attached(file.name or "", file.read(MOST_PHOTO_BYTES + 1)) if file else Attached("", b"")


def _debts(sheet):
    """The debts that were typed; a line that is begun and not whole becomes errors beside its boxes."""
    found = []
    for number in range(1, LINES + 1):
        names = [f"{part}-{number}" for part in PARTS]
        arrears = bool(sheet.values[f"arrears-{number}"])
        if not arrears and not any(sheet.raws[name].strip() for name in names):
            continue
        for name in names:
            if sheet.values[name] is None:
                sheet.errors.setdefault(name, "missing")
        lender, balance, monthly = (sheet.values[name] for name in names)
        found.append(Debt(lender, balance, monthly, arrears))
    return found


def _show(request, case, sheet, had_file=False):
    drawn = {field["name"]: field for field in sheet.fields}
    lines = [
        {"number": number, "fields": [drawn[field.name] for field in debt_fields(number)]}
        for number in range(1, LINES + 1)
    ]
    more = lines[OPEN:]
    wrong = zip(sheet.errors, sheet.summary, strict=True)
    context = {
        "case": case,
        "tabs": tabs_of(case, request.user, "credit_reports"),
        "submission": list(case.submissions.all())[-1],
        "head": [drawn["bureau"], drawn["reported_on"], drawn["band"]],
        "lines": lines[:OPEN],
        "more": more,
        "more_is_open": any(field["value"] or field["error"] for line in more for field in line["fields"]),
        "has_consent": case.consents.filter(user=case.applicant.user_id, purpose=CONSENT, withdrawn_at=None).exists(),
        "file": {
            "label": _("File of the report"),
            "help": FILE_HELP,
            "error": sheet.errors.get("file", ""),
            "accept": ACCEPT,
            "again": had_file and "file" not in sheet.errors,
        },
        "errors": [("#id-file" if name == "file" else link, text) for name, (link, text) in wrong],
        "once_key": new_once_key(),
    }
    return render(request, "loans/case_credit_entry.html", context)
