"""One page of the form: shown, saved by its button, and saved field by field while one types."""

import re
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loans.lifecycle.applying import filling
from loans.lifecycle.applying.keeping import Typed
from loans.lifecycle.refusal import Refused
from loans.models.form import Form
from loans.refusals import sentence
from loans.views.applicant.form import box_of, form_or_404, onward, open_sections, section_url
from loans.views.applicant.mine import home_of
from loans.views.consent_words import worded
from loans.views.deeds import UNPROCESSABLE
from loans.views.sheets import DATE_PARTS, present, problem_of, read_raw

DEVICE = re.compile(r"[A-Za-z0-9-]{8,36}")  # a name that a device may give itself
MOST_SEQ = 2**53 - 1  # the largest whole number of JavaScript
GOING_ELSEWHERE = {"later", "add", "remove", "find"}  # buttons that do not say: this page is as I mean it
NOT_YET = ("missing", "must_agree", "look_again")  # what a page left for later may lack


@require_http_methods(["GET", "POST"])
def section(request, reference, slug):
    """One page of the form. Whatever was typed is saved, right or wrong; then what is wrong is said."""
    case, elsewhere = form_or_404(request, reference)
    if elsewhere:
        return elsewhere
    form = Form(case)
    page = _page_or_404(form.open_sections(), slug)
    if request.method == "GET":
        return _show(request, case, form, page)
    device, seq = _device(request.POST)
    try:
        form = filling.keep_page(
            case,
            page,
            _typed(request.POST, form, page, seq),
            by=request.user,
            device=device,
            seen=_whole(request.POST.get("seen")),
            done=not (request.switched or GOING_ELSEWHERE & request.POST.keys()),
        )
    except Refused as refused:
        messages.warning(request, sentence(refused))
        return redirect(home_of(case, request.user))
    return _go_on(request, case, form, page)


section.keeps_what_is_typed = True  # also when the button was that of another language


def _go_on(request, case, form, page):
    here = section_url(case, page.slug)
    if request.switched:
        return HttpResponseRedirect(request.get_full_path())
    if form.outdated:
        messages.warning(
            request, _("Something newer was typed on this page elsewhere. It was kept; please look at it once more.")
        )
        return HttpResponseRedirect(here)
    if "find" in request.POST:
        return redirect("occupation", case.reference)
    if "add" in request.POST:
        return HttpResponseRedirect(f"{here}?more=1#id-last")
    if "remove" in request.POST:
        return HttpResponseRedirect(here)
    gaps = form.gaps(page)
    wrong = [gap for gap in gaps if gap.code not in NOT_YET]
    if wrong or ("later" not in request.POST and gaps):
        return _show(request, case, form, page, status=UNPROCESSABLE)
    return HttpResponseRedirect(onward(case, form, page))


@require_http_methods(["GET", "POST"])
def answers(request, reference, slug):
    """Single fields while one types, each told by the name of its box: saved | stale | cut | refused.

    A GET gives the token that a page needs after its reader signed in again. 410: this page is not open any more.
    """
    case, elsewhere = form_or_404(request, reference, quietly=True)
    if elsewhere:
        return HttpResponse(status=410)
    page = _page_or_404(open_sections(case), slug)
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    device, _seq = _device(request.POST)
    typed = [
        Typed(field, line, read_raw(field, request.POST, box), seq=_count(request.POST[f"seq-{box}"], device))
        for field, line, box in _boxes(request.POST, page)
        if f"seq-{box}" in request.POST
    ]
    try:
        kept = filling.keep(case, page, typed, by=request.user, device=device)
    except Refused:
        return HttpResponse(status=410)
    states = {"saved": kept.saved, "stale": kept.stale, "cut": kept.cut, "refused": kept.refused}
    return JsonResponse(
        {box_of(page, each.field.name, each.line): state for state, those in states.items() for each in those}
    )


def _page_or_404(sections, slug):
    page = next((each for each in sections if each.slug == slug and each.fields), None)
    if page is None:
        raise Http404
    return page


def _whole(raw):
    """A whole number that the page told, or None."""
    return int(raw) if raw and re.fullmatch(r"[0-9]{1,16}", raw) and int(raw) <= MOST_SEQ else None


def _device(data):
    """(name, count) that the device gave itself and this sending; a name that is none counts for nothing."""
    name = data.get("device", "")
    name = name if DEVICE.fullmatch(name) else ""
    return name, _count(data.get("seq", ""), name)


def _count(raw, device):
    return (_whole(raw) or 0) if device else 0


def _boxes(data, page):
    """(field, line, name of its box) of every question that was sent."""
    if not page.repeated:
        return [(field, 0, field.name) for field in page.fields]
    found = set()
    for field in page.fields:
        name = re.compile(rf"(?:seq-)?{re.escape(field.name)}-([0-9]{{1,6}})(?:-(?:{'|'.join(DATE_PARTS)}))?")
        found |= {(int(match[1]), field) for key in data if (match := name.fullmatch(key))}
    return [(field, line, box_of(page, field.name, line)) for line, field in sorted(found, key=lambda each: each[0])]


def _typed(data, form, page, seq):
    """Everything on the page, as its button sends it: a line taken out, or all of them, is a line of nothing."""
    typed = [Typed(field, line, read_raw(field, data, box), seq) for field, line, box in _boxes(data, page)]
    if not page.repeated:
        return typed
    gone = {_whole(data.get("remove"))}
    if page.may_be_empty and "nothing" in data:
        gone |= {*form.lines(page.slug), *(each.line for each in typed)}
    left = [each for each in typed if each.line not in gone]
    return [Typed(field, line, "", seq) for line in gone - {None} for field in page.fields] + left


def _show(request, case, form, page, *, status=200):
    """The page; whoever only comes to it is told what was typed wrong, not what is still empty."""
    page = worded(replace(page, fields=tuple(field.looked_up() for field in page.fields)), form)
    gaps = [gap for gap in form.gaps(page) if status == UNPROCESSABLE or gap.code not in NOT_YET]
    context = {
        "case": case,
        "page": page,
        "lines": _lines_shown(form, page, gaps, more="more" in request.GET),
        "product": case.product,
        "errors": [
            (f"#id-{box_of(page, gap.field, gap.line)}", problem_of(page.field(gap.field).label, gap.code))
            for gap in gaps
        ]
        if status == UNPROCESSABLE
        else [],
        "reason": next((q.reason for q in form.questions if q.topic == page.slug), ""),
        "is_carried": form.is_carried(page),
        "may_say_nothing": page.may_be_empty and not form.lines(page.slug),
        "more_lines": page.repeated and len(form.lines(page.slug)) < page.max_lines,
        "seen": form.newest,
    }
    return render(request, "loans/section.html", context, status=status)


def _lines_shown(form, page, gaps, *, more):
    errors = {(gap.line, gap.field): gap.code for gap in gaps if gap.code != "look_again"}
    lines = form.lines(page.slug) if page.repeated else [0]
    held = len(lines)
    if not lines or (more and page.repeated and held < page.max_lines):
        lines = [*lines, form.fresh_line(page.slug)]
    return [
        {
            "number": position,
            "line": line,
            "may_go": position <= held,
            "fields": [
                present(
                    field,
                    form.raw(page.slug, field.name, line),
                    errors.get((line, field.name), ""),
                    name=box_of(page, field.name, line),
                )
                for field in _fields_to_show(form, page, line)
            ],
        }
        for position, line in enumerate(lines, 1)
    ]


def _fields_to_show(form, page, line):
    """Every question that applies, and those whose answer another one on the page decides."""
    asked, is_fresh = form.asked(page, line), not form.lines(page.slug)
    return [field for field in page.fields if field in asked or (is_fresh and not field.on_demand)]
