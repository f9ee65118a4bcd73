"""The checklist of a case: what was looked at, what was found, and the officer's answers."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.checklist import NEEDS_NOTE, answer_checklist, checklist_of
from loans.models import ChecklistAnswer
from loans.refusals import sentence
from loans.views.cases.case import staff_case_or_404
from loans.views.cases.case_tabs import tabs_of
from loans.views.deeds import once_key_of
from loans.views.office_deeds import attempt_in_office, drawn
from loans.views.sheets import Sheet

ANSWERS = tuple(ChecklistAnswer.Answer.choices)
NOTE = gettext_lazy("Why, or where you saw it")


def fields_of(checklist):
    """The questions of a list: of each item its answer, and the note beside it."""
    return tuple(
        field
        for item in checklist.items
        for field in (
            Field(f"item-{item.key}", "choice", item.text, item.help, choices=ANSWERS, required=False),
            Field(f"note-{item.key}", "longtext", NOTE, required=False, max_length=3000),
        )
    )


def said_in(sheet, checklist, token):
    """{key of an item: (answer, note)} of what the form says otherwise than it was shown: the same for a second click.

    A note without an answer, or an answer without the note it needs, becomes an error of the sheet. Where nothing was
    changed the sheet takes what stands now: an old tab does not bring back what somebody has answered since.
    """
    said = {}
    for item in checklist.items:
        answer, note = sheet.values[f"item-{item.key}"], sheet.values[f"note-{item.key}"] or ""
        shown = item.as_shown(token)
        if (answer, note) == ((shown.answer, shown.note) if shown else (None, "")):
            sheet.raws |= _standing(item)
            continue
        if answer is None:
            sheet.errors.setdefault(f"item-{item.key}", "missing")
        elif answer in NEEDS_NOTE and not note:
            sheet.errors.setdefault(f"note-{item.key}", sentence(Refused("why_not")))
        else:
            said[item.key] = (answer, note)
    return said


def _standing(item):
    """The boxes of an item as its newest answer fills them."""
    answer, note = (item.newest.answer, item.newest.note) if item.newest else ("", "")
    return {f"item-{item.key}": answer, f"note-{item.key}": note}


@require_safe
def case_checklist(request, reference):
    """The list, and for the officer who has the case on the desk the form that answers it."""
    return show_checklist(request, staff_case_or_404(request, reference))


def show_checklist(request, found, tried=None, unsent=()):
    """The page. `tried` is the sheet to be shown again; `unsent` what was typed when it was too late."""
    checklist = checklist_of(found)
    may = "answer_checklist" in {move.name for move in found.get_available_user_state_transitions(request.user)}
    deed = _form(found, checklist, tried) if may and checklist.items else None
    context = {
        "case": found,
        "tabs": tabs_of(found, request.user, "case_checklist"),
        "submission": list(found.submissions.all())[-1],
        "checklist": checklist,
        "deed": deed,
        "rows": _rows(checklist, deed),
        "unsent": unsent,
        "errors": deed["summary"] if deed else [],
    }
    return render(request, "loans/case_checklist.html", context)


def _form(found, checklist, tried):
    standing = {name: raw for item in checklist.items for name, raw in _standing(item).items()}
    return drawn(
        tried or Sheet(fields_of(checklist), initial=standing),
        key="checklist",
        title=_("Checklist"),
        button=_("Keep the answers"),
        action=reverse("checklist_answers", args=[found.reference]),
    )


def _rows(checklist, deed):
    """Each item with the two questions of the form, where there is one."""
    fields = deed["fields"] if deed else [None] * (2 * checklist.total)
    pairs = zip(checklist.items, fields[::2], fields[1::2], strict=True)
    return [
        {"item": item, "answer": answer and {**answer, "required": item.must_be_answered}, "note": note}
        for item, answer, note in pairs
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def checklist_answers(request, reference):
    """Answer items of the list; what stands already stays as it is."""
    found = staff_case_or_404(request, reference)
    here = reverse("case_checklist", args=[found.reference])
    if request.method != "POST":
        return HttpResponseRedirect(here)
    checklist = checklist_of(found)
    sheet = Sheet(fields_of(checklist), request.POST)
    token = request.POST.get("list", "")
    said = said_in(sheet, checklist, token)
    return attempt_in_office(
        request,
        found.answer_checklist,
        lambda: answer_checklist(
            found,
            by=request.user,
            said=said,
            seen=token,
            once_key=once_key_of(request),
        ),
        sheet=sheet,
        here=here,
        done=_("The answers are kept."),
        show=lambda: show_checklist(request, found, sheet),
        moved=lambda: show_checklist(request, staff_case_or_404(request, reference), unsent=sheet.words),
    )
