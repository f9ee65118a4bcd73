"""Whose case it is, and who may not work on it: the officer, handing over, conflicts of interest."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import Role, User
from loans import rules
from loans.fields import Field
from loans.lifecycle.reviewing.conflicts import declare, lift, may_lift
from loans.lifecycle.reviewing.handing_over import hand_over
from loans.models import Event
from loans.views.cases.case import staff_case_or_404
from loans.views.cases.case_tabs import tabs_of
from loans.views.deeds import once_key_of
from loans.views.office_deeds import attempt_in_office, drawn
from loans.views.sheets import Sheet

READS_WORDS = frozenset((Role.MANAGER, Role.AUDITOR))
HIDDEN = gettext_lazy("Noted. The case is hidden from you now.")
WHY_TIED = Field(
    "note",
    "longtext",
    gettext_lazy("What is the tie?"),
    gettext_lazy("Managers and auditors read this, nobody else."),
    max_length=2000,
)
WHY_FREE = (Field("note", "longtext", gettext_lazy("Why does it not stand any more?"), max_length=2000),)


@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request, reference):
    """The page; a POST declares a conflict: one's own, or a manager somebody else's."""
    if request.method == "POST" and _hidden_by_this_form(request, reference):
        messages.success(request, HIDDEN)
        return HttpResponseRedirect(reverse("home_for_me"))
    found = staff_case_or_404(request, reference)
    if request.method != "POST":
        return _show(request, found)
    people = _people_of(found)
    sheet = Sheet(_declaration(request.user, people), request.POST)
    whose = next((each for each in people if str(each.pk) == sheet.values.get("person")), request.user)
    is_own = whose == request.user
    return attempt_in_office(
        request,
        found.declare_conflict,
        lambda: declare(found, by=request.user, person=whose, note=sheet.values["note"], once_key=once_key_of(request)),
        sheet=sheet,
        here=reverse("home_for_me") if is_own else _here(found),
        done=HIDDEN if is_own else _("Noted. The case is hidden from this person now."),
        show=lambda: _show(request, found, {"declare": sheet}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def conflict_end(request, reference, pk):
    """A second person lifts a conflict."""
    found = staff_case_or_404(request, reference)
    conflict = get_object_or_404(found.conflicts.select_related("application"), pk=pk)
    if request.method != "POST":
        return HttpResponseRedirect(_here(found))
    sheet = Sheet(WHY_FREE, request.POST)
    return attempt_in_office(
        request,
        found.lift_conflict,
        lambda: lift(conflict, by=request.user, note=sheet.values["note"], once_key=once_key_of(request)),
        sheet=sheet,
        here=_here(found),
        done=_("Lifted. The person sees the case again."),
        show=lambda: _show(request, found, {f"lift-{pk}": sheet}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def officer(request, reference):
    """The case is given to an officer, or taken up by one."""
    found = staff_case_or_404(request, reference)
    if request.method != "POST":
        return HttpResponseRedirect(_here(found))
    people = _people_of(found)
    sheet = Sheet(_officers(found, request.user, people), request.POST)
    chosen = next((each for each in people if str(each.pk) == sheet.values.get("officer")), request.user)
    return attempt_in_office(
        request,
        _move(found),
        lambda: hand_over(found, by=request.user, officer=chosen, once_key=once_key_of(request)),
        sheet=sheet,
        here=_here(found),
        done=_("The case is on the desk of %(officer)s now.") % {"officer": chosen},
        show=lambda: _show(request, found, {"officer": sheet}),
    )


def _here(case):
    return reverse("case_conflicts", args=[case.reference])


def _move(case):
    return case.assign if case.state == case.State.SUBMITTED else case.hand_over


def _hidden_by_this_form(request, reference):
    """Whether this very form has hidden the case from its reader before: a second click is told so."""
    key = once_key_of(request)
    told = Event.objects.filter(once_key=key, by=request.user, verb="declare_conflict", case__reference=reference)
    return bool(key) and told.filter(detail__person=request.user.pk).exists()


def _people_of(case):
    """Who works here and is a stranger to the case."""
    return [each for each in User.objects.staff() if rules.may_declare_conflict(case, each)]


def _declaration(reader, people):
    """What is asked: a manager also says whose conflict it is."""
    if Role.MANAGER not in reader.roles:
        return (WHY_TIED,)
    who = tuple((str(each.pk), _("Myself") if each == reader else each.name) for each in people)
    return (Field("person", "select", _("Whose conflict"), choices=who), WHY_TIED)


def _officers(case, reader, people):
    """A manager chooses among the officers; an officer takes the case up, and there is nothing to choose."""
    if Role.MANAGER not in reader.roles:
        return ()
    free = [each for each in people if rules.is_officer(case, each) and each.pk != case.reviewer_id]
    return (Field("officer", "select", _("Officer"), choices=tuple((str(each.pk), each.name) for each in free)),)


def _show(request, case, tried=None):
    may = {move.name for move in case.get_available_user_state_transitions(request.user)}
    people = _people_of(case)
    deeds = list(_deeds(case, request.user, people, may, tried or {}))
    rows = [
        {"conflict": each, "lift": _lifting(case, each, request.user, may, tried or {})}
        for each in case.conflicts.select_related("user", "declared_by", "ended_by", "event")
    ]
    sheets = [*deeds, *(row["lift"] for row in rows if row["lift"])]
    context = {
        "case": case,
        "submission": list(case.submissions.all())[-1],
        "tabs": tabs_of(case, request.user, "case_conflicts"),
        "deeds": deeds,
        "conflicts": rows,
        "reads_words": bool(request.user.roles & READS_WORDS),
        "former": ", ".join(str(each) for each in people if each.pk in case.former_reviewers),
        "errors": [line for deed in sheets for line in deed["summary"]],
    }
    return render(request, "loans/case_conflicts.html", context)


def _deeds(case, reader, people, may, tried):
    if _move(case).__name__ in may:
        is_choice = Role.MANAGER in reader.roles
        yield drawn(
            tried.get("officer") or Sheet(_officers(case, reader, people)),
            key="officer",
            title=_("Give the case to an officer") if is_choice else _("Take the case up"),
            button=_("Give the case") if is_choice else _("Take the case up"),
            action=reverse("case_officer", args=[case.reference]),
            is_open="officer" in tried,
        )
    if "declare_conflict" in may:
        yield drawn(
            tried.get("declare") or Sheet(_declaration(reader, people)),
            key="declare",
            title=_("Declare a conflict of interest"),
            button=_("Declare the conflict"),
            action=_here(case),
            look="button-danger",
            is_open="declare" in tried,
        )


def _lifting(case, conflict, reader, may, tried):
    if conflict.ended_at or "lift_conflict" not in may or not may_lift(conflict, reader):
        return None
    key = f"lift-{conflict.pk}"
    return drawn(
        tried.get(key) or Sheet(WHY_FREE),
        key=key,
        title=_("Lift this conflict"),
        button=_("Lift it"),
        action=reverse("conflict_end", args=[case.reference, conflict.pk]),
        look="button-quiet",
        is_open=key in tried,
    )
