"""The figures of a case: what was said, what papers show, what the officer adjusted, and what the loan asks of it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loans.lifecycle.reviewing.ladder import standing_of
from loans.models.ladder import source_of
from loans.views.cases.case import staff_case_or_404
from loans.views.cases.case_file import TARGET_GROUPS, sees_everything
from loans.views.cases.case_ladder_deeds import deeds_on, may_on
from loans.views.cases.case_tabs import tabs_of


def page_of(request, found):
    """What every page of the figures takes: the head of the case."""
    return {
        "case": found,
        "tabs": tabs_of(found, request.user, "figures"),
        "submission": list(found.submissions.all())[-1],
        "sees_everything": sees_everything(request.user),
    }


@require_safe
def figures(request, reference):
    """The whole ladder, and the household beside the payment of the loan."""
    found = staff_case_or_404(request, reference)
    standing = standing_of(found)
    loads = [("requested", standing.requested), ("recommended", standing.recommended)]
    context = {
        **page_of(request, found),
        "standing": standing,
        "loads": [{"name": name, "load": load} for name, load in loads if load],
        "group": group_of(standing.verdict),
    }
    return render(request, "loans/case_ladder.html", context)


def group_of(verdict):
    """The verdict on the target group in words: worked out, and as it counts; None where there is none."""
    if verdict is None:
        return None
    return {"worked_out": TARGET_GROUPS[verdict.said_as], "counting": TARGET_GROUPS[verdict.counting_group]}


@require_safe
def figure(request, reference, line):
    """One figure: its rungs, its story, and what may be done with it."""
    return show_figure(request, staff_case_or_404(request, reference), line)


def line_or_404(standing, key):
    """The line of this name; to a case without it, it does not exist."""
    lines = standing.ladder.lines()
    if key not in lines:
        raise Http404
    return lines[key]


def show_figure(request, found, key, tried=None):
    """The page of one figure. `tried` is {key of a deed: its Sheet}, to be shown again."""
    standing = standing_of(found)
    line = line_or_404(standing, key)
    deeds = deeds_on(found, line, may_on(found, request.user), tried or {})
    context = {
        **page_of(request, found),
        "line": line,
        "group": group_of(line) if line.is_verdict else None,
        "history": [_told(each) for each in reversed(line.history)],
        "earlier": [{**_told(each), "is_refused": line.is_refused(each)} for each in line.earlier],
        "deeds": deeds,
        "errors": [problem for deed in deeds for problem in deed["summary"]],
    }
    return render(request, "loans/case_ladder_line.html", context)


def _told(found):
    """A finding with the words for it."""
    return {
        "found": found,
        "source": "" if found.is_taken_back else source_of(found),
        "group": TARGET_GROUPS.get(found.group, ""),
        "note": found.event.note.text if hasattr(found.event, "note") else "",
    }
