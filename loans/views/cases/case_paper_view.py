"""A paper of a case, large, beside the answers that it should prove: ?leaf=, ?zoom=, ?turn=."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from loans.paper_proofs import proven_by
from loans.views.cases import case as page
from loans.views.cases import case_file as file
from loans.views.cases.case_tabs import tabs_of
from loans.views.cases.paper_deeds import papers_of
from loans.views.paper_files import sheet_response
from vault.cleaning.sheets import SHEET

ZOOMS = {"fit": _("Whole page"), "100": _("As wide as the window"), "200": _("Twice as wide")}  # in per cent
TURNS = (0, 90, 180, 270)  # degrees to the right


def _case_or_404(request, reference):
    case = page.staff_case_or_404(request, reference)
    if not file.sees_everything(request.user):
        raise Http404
    return case


@require_safe
def paper_view(request, reference, pk):
    """The page; who sees papers masked finds none."""
    return show_paper(request, _case_or_404(request, reference), pk)


@require_safe
def sheet(request, reference, pk, number, sheet):
    """The picture on it: one sheet of a page of the paper, ?turn= degrees to the right."""
    paper = get_object_or_404(_case_or_404(request, reference).documents, pk=pk)
    return sheet_response(paper, number, sheet, _turn(request))


def show_paper(request, case, pk, tried=None, unsent=()):
    """The page. `tried` is {key of a deed: its Sheet}, to be shown again; `unsent` what was typed too late."""
    papers = papers_of(case, request.user, tried, has_erased=True)
    at = next((at for at, each in enumerate(papers) if each["paper"].pk == pk), None)
    if at is None:
        raise Http404
    shown = papers[at]
    leaves = _leaves(shown["pages"])
    number = _leaf(request, len(leaves))
    deeds = [{**deed, "action": _from_here(request, deed["action"])} for deed in shown["deeds"]]
    context = {
        "case": case,
        "tabs": tabs_of(case, request.user, ""),
        "submission": list(case.submissions.all())[-1],
        "shown": shown,
        "leaf": leaves[number - 1] if leaves else None,
        "number": number,
        "total": len(leaves),
        "picture": _picture(request, case, pk, leaves[number - 1]) if leaves else "",
        "way": _way(request, case, papers, at, number, len(leaves)),
        "zoom": _zoom(request),
        "zooms": [{"url": _link(request, zoom=key), "label": label, "key": key} for key, label in ZOOMS.items()],
        "turns": _turns(request),
        "pages": file.pages_of(case, request.user, proven_by(shown["paper"].kind)),
        "deeds": deeds,
        "errors": [problem for deed in deeds for problem in deed["summary"]],
        "unsent": unsent,
    }
    return render(request, "loans/case_paper_view.html", context)


def is_from_there(request):
    """Whether a form was sent from this page."""
    return "leaf" in request.GET


def address_of(request, case, pk):
    """This page of a paper, as it was looked at when a form was sent from it."""
    return reverse("case_paper_view", args=[case.reference, pk]) + _link(request)


def _leaves(pages):
    """What can be looked at one by one: each photo, each sheet of a PDF, each spreadsheet (which has no picture)."""
    return [
        {"page": each, "sheet": sheet, "is_spreadsheet": each.file.content_type == SHEET}
        for each in pages
        for sheet in range(1, each.sheets + 1)
    ]


def _whole(request, name):
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 5 else 0


def _leaf(request, total):
    return min(max(_whole(request, "leaf"), 1), max(total, 1))


def _turn(request):
    turn = _whole(request, "turn")
    return turn if turn in TURNS else 0


def _zoom(request):
    zoom = request.GET.get("zoom")
    return zoom if zoom in ZOOMS else "fit"


def _link(request, **changed):
    """The query of this page, but for what is changed; a number of a leaf that is too large is set right there."""
    looked = {"leaf": max(_whole(request, "leaf"), 1), "zoom": _zoom(request), "turn": _turn(request)}
    return "?" + urlencode(looked | changed)


def _from_here(request, action):
    return action + _link(request)


def _picture(request, case, pk, leaf):
    """The address of the picture of a leaf, turned as it is looked at; empty for a spreadsheet."""
    if leaf["is_spreadsheet"]:
        return ""
    address = reverse("case_sheet", args=[case.reference, pk, leaf["page"].number, leaf["sheet"]])
    turn = _turn(request)
    return f"{address}?turn={turn}" if turn else address


def _turns(request):
    turn = _turn(request)
    return [
        {"url": _link(request, turn=(turn - 90) % 360), "label": _("Turn left")},
        {"url": _link(request, turn=(turn + 90) % 360), "label": _("Turn right")},
    ]


def _way(request, case, papers, at, number, total):
    """Where one goes from here: to the page before and after, and to the paper before and after."""
    way = {}
    if number > 1:
        way["page_before"] = _link(request, leaf=number - 1)
    if number < total:
        way["page_after"] = _link(request, leaf=number + 1)
    others = {"paper_before": papers[at - 1 : at], "paper_after": papers[at + 1 : at + 2]}
    for name, found in others.items():
        for each in found:
            address = reverse("case_paper_view", args=[case.reference, each["paper"].pk])
            way[name] = {"url": f"{address}?{urlencode({'zoom': _zoom(request)})}", "kind": each["kind"]}
    return way
