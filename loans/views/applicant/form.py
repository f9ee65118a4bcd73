"""The form around its pages: the task list, check your answers, send. One page of it is in `section`."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from config import clock
from loans import rules
from loans.eligibility import misfits, say
from loans.lifecycle.applying import submission
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import review
from loans.models import Application
from loans.models.form import Form
from loans.models.question import paper_topic
from loans.paper_kinds import PAPER_KINDS
from loans.purposes import PURPOSES
from loans.refusals import sentence
from loans.views.applicant.mine import filled_in_or_404, home_of
from loans.views.deeds import UNPROCESSABLE, new_once_key, once_key_of
from loans.views.sheets import problem_of
from loans.views.summary import answers_of, told_and_empty
from loans.views.typed_by import typists

EARLIER = gettext_lazy("Filled in from your earlier application. Please look at it again.")
STATUS_LABELS = {
    "not_started": lambda: _("Not started"),
    "in_progress": lambda: _("In progress"),
    "attention": lambda: _("Needs attention"),
    "done": lambda: _("Done"),
}


def form_or_404(request, reference, *, quietly=False):
    """The case and None while it is the reader's turn to write, or to help with it; else the case and where to go."""
    case = filled_in_or_404(request, reference)
    if case.state in (Application.State.DRAFT, Application.State.WAITING):
        return case, None
    if not quietly:
        messages.info(request, _("This form was sent already. Here is how it stands now."))
    return case, HttpResponseRedirect(reverse("my_case", args=[case.reference]))


def section_url(case, slug):
    """The address of one page of the form."""
    return (
        reverse("papers", args=[case.reference])
        if slug == "papers"
        else reverse("section", args=[case.reference, slug])
    )


def open_sections(case):
    """The pages the applicant may write on now: all of a draft, or those the officer asked about."""
    if case.state == Application.State.DRAFT:
        return list(PURPOSES[case.product.purpose].sections)
    return Form(case).open_sections()


def onward(case, form, page):
    """Where one goes from a page that is done: the next that is not, or to check all answers, or to what is left."""
    sections = form.open_sections()
    left = [section for section in sections if form.status(section) != "done"]
    later = [section for section in left if sections.index(section) > sections.index(page)]
    if later:
        return section_url(case, later[0].slug)
    return reverse("task_list" if left else "check_answers", args=[case.reference])


@require_safe
def task_list(request, reference):
    """What is done and what is left; when more was asked, only what was asked."""
    case, elsewhere = form_or_404(request, reference)
    if elsewhere:
        return elsewhere
    form = Form(case)
    reasons = {question.topic: question.reason for question in form.questions}
    tasks = []
    for section in form.open_sections():
        if section.slug == "papers" and reasons and "papers" not in reasons:
            tasks += _single_papers(case, form, reasons)
            continue
        reason = reasons.get(section.slug, "") or (EARLIER if form.is_carried(section) else "")
        tasks.append(_task(section.title, section_url(case, section.slug), form.status(section), reason))
    done = sum(task["status"] == "done" for task in tasks)
    context = {"case": case, "tasks": tasks, "done": done, "total": len(tasks), "asked": bool(reasons)}
    context["home_url"] = home_of(case, request.user)
    return render(request, "loans/task_list.html", context)


def _single_papers(case, form, reasons):
    """A task for each paper that was asked for by itself."""
    here = section_url(case, "papers")
    for kind, name in form.papers_wanted().items():
        status = "not_started" if form.lacks_paper(kind) else "done"
        yield _task(name, f"{here}#paper-{kind}", status, reasons.get(paper_topic(kind), ""))


def _task(title, url, status, reason):
    return {"title": title, "url": url, "status": status, "label": STATUS_LABELS[status](), "reason": reason}


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
    typed = typists(case)
    sections = [_answers_on(case, form, page, typed) for page in form.open_sections()]
    context = {
        "case": case,
        "sections": sections,
        "left_empty": sum(len(each["empty"]) for each in sections),
        "errors": [(_gap_url(case, form, gap), _gap_text(form, gap)) for gap in gaps],
        "once_key": new_once_key(),
        "misfits": say(misfits(case.product.eligibility.all(), form.as_said(), clock.today())),
        "first_time": case.state == Application.State.DRAFT,
        "may_send": rules.is_owner(case, request.user),
        "home_url": home_of(case, request.user),
    }
    return render(request, "loans/check.html", context, status=UNPROCESSABLE if gaps else 200)


def _answers_on(case, form, page, typed):
    url = section_url(case, page.slug)
    rows = answers_of(form, page)
    several = len({row["line"] for row in rows}) > 1
    for row in rows:
        row["url"] = f"{url}#id-{box_of(page, row['name'], row['line'])}"
        row["of_line"] = row["number"] if several else ""
        row["typed_by"] = typed.get((page.slug, row["name"], row["line"]))
    told, empty = told_and_empty(rows)
    return {"section": page, "rows": told, "empty": empty}


def _gap_url(case, form, gap):
    page = form.purpose.section(gap.section)
    return f"{section_url(case, gap.section)}#id-{box_of(page, gap.field, gap.line)}"


def box_of(page, name, line=0):
    """The name of the box of a question: on a page of several lines it carries the number of its line."""
    if page.slug == "papers":
        return f"file-{name}"
    return f"{name}-{line}" if page.repeated else name


def _gap_text(form, gap):
    page = form.purpose.section(gap.section)
    what = PAPER_KINDS[gap.field].name if page.slug == "papers" else page.field(gap.field).label
    return _("%(page)s: %(problem)s") % {"page": page.title, "problem": problem_of(what, gap.code)}
