"""The credit reports of a case: what bureaus said, under which consent, and what the office may still do."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import can_proceed, has_transition_perm

from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import credit
from loans.models import Event
from loans.models.ladder import ladder_of
from loans.views.cases.case_file import sees_everything
from loans.views.cases.case_tabs import cases_with_tabs, tabs_of
from loans.views.credit_words import told_of
from loans.views.deeds import once_key_of
from loans.views.office_deeds import attempt_in_office, drawn, what_was_tried
from loans.views.sheets import Sheet

WHY = (
    Field(
        "note",
        "longtext",
        gettext_lazy("Why should it not be here?"),
        gettext_lazy("Such as: it is about somebody else of this name. What it tells is erased at once."),
        max_length=2000,
    ),
)


def case_or_404(request, reference):
    """The case of this reference, if the loan office lets the reader see it, with what these pages ask of it."""
    return get_object_or_404(cases_with_tabs(request.user).select_related("baseline"), reference=reference)


def is_open_to(reader, move):
    """Whether the machine lets the reader do this deed (a bound transition) now."""
    return can_proceed(move) and has_transition_perm(move, reader)


@require_safe
def credit_reports(request, reference):
    """Every report that was entered, newest first, beside the figure that it feeds."""
    return show_reports(request, case_or_404(request, reference))


def show_reports(request, case, tried=None):
    """The page; `tried` is {key of a deed: its Sheet}, to be shown again."""
    tried = tried or {}
    reports = list(case.credit_reports.for_a_page().order_by("-pk"))
    may_remove = is_open_to(request.user, case.take_back_credit_report)
    deeds = [_removal(case, each, tried) for each in reports if each.told and may_remove]
    by_key = {deed["key"]: deed for deed in deeds}
    consent, behind = _consent_of(case), _behind(case)
    context = {
        "case": case,
        "tabs": tabs_of(case, request.user, "credit_reports"),
        "submission": list(case.submissions.all())[-1],
        "sees_everything": sees_everything(request.user),
        "reports": [
            {**each, "deed": by_key.get(_key(each["report"])), "no_on": behind.get(each["report"].pk)}
            for each in told_of(reports)
        ],
        "consent": consent,
        "may_enter": consent is not None and is_open_to(request.user, case.enter_credit_report),
        "line": ladder_of(case).lines()[credit.DEBTS] if any(each.told for each in reports) else None,
        **what_was_tried(deeds, tried),  # the report may have gone meanwhile
    }
    return render(request, "loans/case_credit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def credit_report_removal(request, reference, pk):
    """A report that should not be here is taken back."""
    case = case_or_404(request, reference)
    here = reverse("credit_reports", args=[case.reference])
    if request.method != "POST":
        return HttpResponseRedirect(here)
    sheet = Sheet(WHY, request.POST)
    return attempt_in_office(
        request,
        case.take_back_credit_report,
        lambda: credit.take_back_report(
            case, by=request.user, report=pk, note=sheet.values["note"], once_key=once_key_of(request)
        ),
        sheet=sheet,
        here=here,
        done=_("Taken back. What it told is erased."),
        show=lambda: show_reports(request, case_or_404(request, reference), {f"remove-{pk}": sheet}),
    )


def _consent_of(case):
    try:
        return credit.consent_for(case)
    except Refused:
        return None


def _behind(case):
    """{key of a report: when the newest no was told that rests on it}."""
    if case.decided_by_id is None:
        return {}
    event = Event.objects.filter(case=case, subject_kind="application", verb="decline").order_by("-pk").first()
    return {each["report"]: event.at for each in event.detail.get("reports", ())} if event else {}


def _key(report):
    return f"remove-{report.pk}"


def _removal(case, report, tried):
    key = _key(report)
    return drawn(
        tried.get(key) or Sheet(WHY),
        key=key,
        title=_("This report should not be here"),
        button=_("Take it back"),
        action=reverse("credit_report_removal", args=[case.reference, report.pk]),
        look="button-danger",
        is_open=key in tried,
    )
