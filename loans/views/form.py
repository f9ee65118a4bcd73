"""Filling in the form: a task list, one group of questions a page, check your answers, send."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config import clock
from loans.eligibility import misfits, say
from loans.lifecycle import filling, review, submission
from loans.lifecycle.refusal import Refused
from loans.models import Application
from loans.models.form import Form
from loans.refusals import sentence
from loans.views.deeds import UNPROCESSABLE, new_once_key, once_key_of
from loans.views.mine import owned_or_404
from loans.views.sheets import present, problem_of, read_raw
from loans.views.summary import answers_of

STATUS_LABELS = {
    "not_started": lambda: _("Not started"),
    "in_progress": lambda: _("In progress"),
    "attention": lambda: _("Needs attention"),
    "done": lambda: _("Done"),
}


def form_or_404(request, reference):
    """The form of the reader's own application, while it is the reader's turn to write; else None and where to go."""
    case = owned_or_404(request, reference)
    if case.state in (Application.State.DRAFT, Application.State.WAITING):
        return case, None
    messages.info(request, _("This form was sent already. Here is how it stands now."))
    return case, HttpResponseRedirect(reverse("my_case", args=[case.reference]))


def section_url(case, slug):
    """The address of one page of the form."""
    return (
        reverse("papers", args=[case.reference])
        if slug == "papers"
        else reverse("section", args=[case.reference, slug])
    )


def open_sections(case, form):
    """The pages the applicant may write on now: all of a draft, or those the officer asked about."""
    if case.state == Application.State.DRAFT:
        return list(form.purpose.sections)
    asked = set(case.questions.filter(answered_at=None).values_list("topic", flat=True))
    return [section for section in form.purpose.sections if section.slug in asked]


@require_safe
def task_list(request, reference):
    """What is done and what is left; when more was asked, only what was asked."""
    case, elsewhere = form_or_404(request, reference)
    if elsewhere:
        return elsewhere
    form = Form(case)
    reasons = {question.topic: question.reason for question in case.questions.filter(answered_at=None)}
    tasks = []
    for section in open_sections(case, form):
        status = form.status(section)
        tasks.append(
            {
                "title": section.title,
                "url": section_url(case, section.slug),
                "status": status,
                "label": STATUS_LABELS[status](),
                "reason": reasons.get(section.slug, ""),
            }
        )
    done = sum(task["status"] == "done" for task in tasks)
    context = {"case": case, "tasks": tasks, "done": done, "total": len(tasks), "asked": bool(reasons)}
    return render(request, "loans/task_list.html", context)


@require_http_methods(["GET", "POST"])
def section(request, reference, slug):
    """One page of the form. Whatever was typed is saved, right or wrong; then what is wrong is said."""
    case, elsewhere = form_or_404(request, reference)
    if elsewhere:
        return elsewhere
    form = Form(case)
    page = next((each for each in open_sections(case, form) if each.slug == slug and each.fields), None)
    if page is None:
        raise Http404
    if request.method == "GET":
        return _show(request, case, form, page, judged=bool(form.lines(slug)))
    try:
        typed = [] if page.may_be_empty and "nothing" in request.POST else _typed(request, page)
        form = filling.save(case, page, typed, by=request.user, seq=_seq(request))
    except Refused as refused:
        messages.warning(request, sentence(refused))
        return redirect("my_case", case.reference)
    if request.htmx:
        return HttpResponse(status=409 if form.outdated else 204)
    if form.outdated:
        messages.warning(
            request, _("Something newer was typed on this page elsewhere. It was kept; please look at it once more.")
        )
        return HttpResponseRedirect(section_url(case, slug))
    if "add" in request.POST:
        return HttpResponseRedirect(f"{section_url(case, slug)}?lines={len(form.lines(slug)) + 1}#id-last")
    wrong = [gap for gap in form.gaps(page) if gap.code not in ("missing", "must_agree")]
    if wrong or ("later" not in request.POST and form.gaps(page)):
        return _show(request, case, form, page, judged=True, status=UNPROCESSABLE)
    return HttpResponseRedirect(_after(case, form, page))


def _seq(request):
    raw = request.POST.get("seq", "0")
    return int(raw) if raw.isdigit() and len(raw) < 16 else 0


def _typed(request, page):
    """The lines that were sent: {field: raw} each. A plain page has one line and no numbers in its names."""
    if not page.repeated:
        return [_line(request, page, "")]
    numbers = [n for n in range(page.max_lines) if any(_name(field.name, n) in request.POST for field in page.fields)]
    return [_line(request, page, n) for n in numbers]


def _line(request, page, number):
    return {field.name: read_raw(field, request.POST, _name(field.name, number)) for field in page.fields}


def _name(name, number):
    return name if number == "" else f"{name}-{number}"


def _after(case, form, page):
    """The next page that is not done, or the task list."""
    sections = open_sections(case, form)
    at = sections.index(page)
    for following in sections[at + 1 :]:
        if form.status(following) != "done":
            return section_url(case, following.slug)
    return reverse("task_list", args=[case.reference])


def _show(request, case, form, page, *, judged, status=200):
    lines = _lines_to_show(request, form, page)
    gaps = form.gaps(page) if judged else []
    errors = {(gap.line, gap.field): gap.code for gap in gaps}
    shown = [
        {
            "number": position + 1,
            "fields": [
                present(
                    field,
                    form.raw(page.slug, field.name, line),
                    errors.get((line, field.name), ""),
                    name=_name(field.name, position if page.repeated else ""),
                )
                for field in _fields_to_show(form, page, line)
            ],
        }
        for position, line in enumerate(lines)
    ]
    context = {
        "case": case,
        "page": page,
        "lines": shown,
        "product": case.product,
        "errors": [(f"#id-{_box(page, gap)}", problem_of(page.field(gap.field).label, gap.code)) for gap in gaps]
        if status == UNPROCESSABLE
        else [],
        "reason": next((q.reason for q in case.questions.filter(answered_at=None, topic=page.slug)), ""),
        "may_say_nothing": page.may_be_empty and not form.lines(page.slug),
        "more_lines": page.repeated and len(shown) < page.max_lines,
    }
    return render(request, "loans/section.html", context, status=status)


def _fields_to_show(form, page, line):
    """Every question that applies, and those whose answer another one on the page decides."""
    return [field for field in page.fields if field in form.asked(page, line) or not form.lines(page.slug)]


def _lines_to_show(request, form, page):
    if not page.repeated:
        return [0]
    held = form.lines(page.slug)
    wanted = request.GET.get("lines", "")
    least = min(int(wanted), page.max_lines) if wanted.isdigit() and len(wanted) < 4 else 1
    return held + list(range(len(held), max(least, 1)))


@require_http_methods(["GET", "POST"])
def check(request, reference):
    """Check your answers, then send: the form the first time, the answers to questions after that."""
    case, elsewhere = form_or_404(request, reference)
    if elsewhere:
        return elsewhere
    form = Form(case)
    if request.method == "GET":
        return _check_page(request, case, form, [])
    verb = submission.submit if case.state == Application.State.DRAFT else review.answer
    try:
        verb(case, by=request.user, once_key=once_key_of(request))
    except submission.Incomplete as incomplete:
        return _check_page(request, case, form, incomplete.gaps)
    except Refused as refused:
        messages.warning(request, sentence(refused))
        return redirect("my_case", case.reference)
    messages.success(request, _("Sent. We wrote you an e-mail to say that we have it."))
    return redirect("my_case", case.reference)


def _check_page(request, case, form, gaps):
    sections = open_sections(case, form)
    context = {
        "case": case,
        "sections": [
            {"section": page, "url": section_url(case, page.slug), "rows": answers_of(form, page)} for page in sections
        ],
        "errors": [(_gap_url(case, form, gap), _gap_text(form, gap)) for gap in gaps],
        "once_key": new_once_key(),
        "misfits": say(misfits(case.product.eligibility.all(), form.as_said(), clock.today())),
        "first_time": case.state == Application.State.DRAFT,
    }
    return render(request, "loans/check.html", context, status=UNPROCESSABLE if gaps else 200)


def _gap_url(case, form, gap):
    page = form.purpose.section(gap.section)
    return f"{section_url(case, gap.section)}#id-{_box(page, gap)}"


def _box(page, gap):
    """The name of the box that a gap speaks of."""
    return f"file-{gap.field}" if page.slug == "papers" else _name(gap.field, gap.line if page.repeated else "")


def _gap_text(form, gap):
    page = form.purpose.section(gap.section)
    what = form.paper_kinds()[gap.field] if page.slug == "papers" else page.field(gap.field).label
    return _("%(page)s: %(problem)s") % {"page": page.title, "problem": problem_of(what, gap.code)}
