"""The diary of a case: its tasks and appointments, the references that were asked, and its notes."""

import re
from datetime import date, time

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Role, User
from loans import rules
from loans.fields import Field
from loans.lifecycle.reviewing import diary as keeping
from loans.models import Application, ReferenceContact, Task
from loans.views.cases.case_tabs import cases_with_tabs, tabs_of
from loans.views.deeds import once_key_of
from loans.views.office.office_diary import OVERDUE, when
from loans.views.office_deeds import deed_on_rows, drawn, what_was_tried
from loans.views.sheets import Sheet

AT = Field(
    "at", "text", gettext_lazy("Time, of an appointment"), gettext_lazy("Such as 14:30"), required=False, max_length=10
)
RESULT = (Field("result", "longtext", gettext_lazy("What came of it"), required=False, max_length=3000),)
WHY = (Field("result", "longtext", gettext_lazy("Why is it not needed any more?"), max_length=3000),)
DAY = (Field("due_on", "date", gettext_lazy("New day")), AT)
REFERENCE = (
    Field("name", "text", gettext_lazy("Who was asked"), max_length=150),
    Field("relation", "text", gettext_lazy("How they know the person"), max_length=150),
    Field("how", "select", gettext_lazy("How you asked"), choices=tuple(ReferenceContact.How.choices)),
    Field("on", "date", gettext_lazy("On which day")),
    Field("said", "longtext", gettext_lazy("What they said"), required=False, max_length=3000),
    Field("verdict", "select", gettext_lazy("In short"), choices=tuple(ReferenceContact.Verdict.choices)),
)


def task_fields():
    """What is to be done, for whom and when; how, where it is an appointment."""
    keepers = (User.objects.holding(Role.OFFICER) | User.objects.holding(Role.MANAGER)).distinct()
    people = tuple((str(user.pk), str(user)) for user in keepers)
    return (
        Field("what", "longtext", _("What is to be done"), max_length=1000),
        Field("for_whom", "select", _("Who does it"), choices=people),
        Field("due_on", "date", _("By which day")),
        AT,
        Field("way", "select", _("How you meet"), required=False, choices=tuple(Task.Way.choices)),
        Field("with_whom", "text", _("With whom"), required=False, max_length=150),
    )


FIELDS = {
    "add-task": task_fields,
    "reference": lambda: REFERENCE,
    "result": lambda: RESULT,
    "day": lambda: DAY,
    "cancellation": lambda: WHY,
}


def _case_or_404(request, reference):
    return get_object_or_404(cases_with_tabs(request.user), reference=reference)


@require_safe
def diary(request, reference):
    """What is to be done, what was done, who was asked, what was noted."""
    return show_diary(request, _case_or_404(request, reference))


def show_diary(request, case, tried=None):
    """The page; `tried` is {key of a deed: its Sheet}, to be shown again."""
    tried = tried or {}
    tasks = list(case.tasks.select_related("event__by", "for_whom", "closed__by", "letter__to"))
    keeps = rules.keeps_diary(case, request.user)
    to_do = [_row(case, task, tried if keeps else None) for task in tasks if task.closed_id is None]
    new = _new_deeds(case, request.user, tried) if keeps else []
    deeds = [*new, *(deed for row in to_do for deed in row["deeds"])]
    context = {
        "case": case,
        "tabs": tabs_of(case, request.user, "case_diary"),
        "submission": list(case.submissions.all())[-1],
        "to_do": to_do,
        "closed": sorted((task for task in tasks if task.closed_id), key=lambda task: -task.closed_id),
        "references": case.references.select_related("event__by"),
        "notes": case.events.filter(verb="add_note").select_related("by", "note").order_by("-pk"),
        "may_note": rules.is_officer(case, request.user),
        "deeds": new,
        **what_was_tried(deeds, tried),  # somebody may have closed the task meanwhile
    }
    return render(request, "loans/case_diary.html", context)


def _new_deeds(case, reader, tried):
    own = {"for_whom": str(reader.pk)}
    add = drawn(
        tried.get("add-task") or Sheet(task_fields(), initial=own),
        key="add-task",
        title=_("Put it in the diary"),
        button=_("Put it in the diary"),
        action=reverse("diary_tasks", args=[case.reference]),
        is_open="add-task" in tried,
    )
    if case.state not in Application.UNDER_WAY:
        return [add]
    asked = drawn(
        tried.get("reference") or Sheet(REFERENCE),
        key="reference",
        title=_("A reference was asked"),
        button=_("Write it down"),
        action=reverse("references", args=[case.reference]),
        look="button-quiet",
        is_open="reference" in tried,
    )
    return [add, asked]


def _row(case, task, tried):
    kinds = (
        ("result", "task_result", RESULT, _("It is done"), _("Done"), "button"),
        ("day", "task_day", DAY, _("Another day"), _("Move it"), "button-quiet"),
        ("cancellation", "task_cancellation", WHY, _("Not needed any more"), _("Cancel it"), "button-danger"),
    )
    deeds = [
        drawn(
            tried.get(f"{kind}-{task.pk}") or Sheet(fields),
            key=f"{kind}-{task.pk}",
            title=title,
            button=button,
            action=reverse(url, args=[case.reference, task.pk]),
            look=look,
            is_open=f"{kind}-{task.pk}" in tried,
        )
        for kind, url, fields, title, button, look in kinds
        if tried is not None
    ]
    return {"task": task, "deeds": deeds, "is_late": when(task) == OVERDUE}


def deed_in_diary(verb, key):
    """A view of a deed: `view(request, case, sheet, *task)` gives (act, what to say when done); `key` is its form's."""
    return deed_on_rows(
        verb,
        key,
        page="case_diary",
        case_of=_case_or_404,
        rows=lambda case: case.tasks,
        fields=lambda case: FIELDS[key](),
        show=show_diary,
    )


def _day(sheet, name="due_on"):
    return date.fromisoformat(sheet.values[name])


def _time_in(sheet):
    """The time that was typed, such as 14:30, 14 h 30 or 9 h; what is none becomes an error beside its box."""
    typed = sheet.values["at"]
    if not typed:
        return None
    found = re.fullmatch(r"(\d{1,2})\s*[:hH.]\s*(\d{2})?", typed)
    hour, minute = (int(part or 0) for part in found.groups()) if found else (99, 0)
    if hour > 23 or minute > 59:
        sheet.errors["at"] = _("Please write a time such as 14:30.")
        return None
    return time(hour, minute)


@deed_in_diary("add_task", "add-task")
def tasks(request, case, sheet):
    """Something is to be done, or somebody to be met."""
    at, said = _time_in(sheet), sheet.values
    return (
        lambda: keeping.add_task(
            case,
            by=request.user,
            what=said["what"],
            for_whom=User.objects.get(pk=said["for_whom"]),
            due_on=_day(sheet),
            at=at,
            way=said["way"] or "",
            with_whom=said["with_whom"] or "",
            once_key=once_key_of(request),
        ),
        _("It is in the diary."),
    )


@deed_in_diary("move_task", "day")
def new_day(request, case, sheet, task):
    """It is to be done on another day."""
    at = _time_in(sheet)
    return (
        lambda: keeping.move_task(
            case, by=request.user, task=task, due_on=_day(sheet), at=at, once_key=once_key_of(request)
        ),
        _("Moved."),
    )


@deed_in_diary("finish_task", "result")
def result(request, case, sheet, task):
    """It is done."""
    said = sheet.values["result"] or ""
    return (
        lambda: keeping.finish_task(case, by=request.user, task=task, result=said, once_key=once_key_of(request)),
        _("Done."),
    )


@deed_in_diary("cancel_task", "cancellation")
def cancellation(request, case, sheet, task):
    """It need not be done any more."""
    said = sheet.values["result"]
    return (
        lambda: keeping.cancel_task(case, by=request.user, task=task, result=said, once_key=once_key_of(request)),
        _("Cancelled."),
    )


@deed_in_diary("contact_reference", "reference")
def references(request, case, sheet):
    """Somebody who knows the person was asked."""
    said = sheet.values
    return (
        lambda: keeping.contact_reference(
            case,
            by=request.user,
            on=_day(sheet, "on"),
            said=said["said"] or "",
            once_key=once_key_of(request),
            **{name: said[name] for name in ("name", "relation", "how", "verdict")},
        ),
        _("Written down."),
    )
