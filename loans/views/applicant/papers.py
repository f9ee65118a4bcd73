"""My papers: add photos or files page by page, look at them, take them out of a draft again."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loans.lifecycle.applying import filling, uploads
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.papers import MAY_BE_SHEETS
from loans.models import Application, Page
from loans.models.form import Form
from loans.models.question import paper_topic
from loans.paper_kinds import PAPER_KINDS
from loans.refusals import sentence
from loans.views.applicant.form import form_or_404, onward
from loans.views.applicant.mine import filled_in_or_404
from loans.views.deeds import UNPROCESSABLE
from loans.views.paper_files import page_response, thumbnail_response, whole_response
from vault.cleaning import MOST_PHOTO_BYTES
from vault.cleaning.sheets import SHEET

ACCEPT = "image/jpeg,image/png,image/heic,image/heif,.heic,application/pdf"  # what a phone offers; the bytes decide
PAGES = Prefetch("pages", Page.objects.select_related("file"))
SHEETS = f",.xlsx,{SHEET}"


def open_papers_or_404(request, reference):
    """(case, None) while its reader may add papers; (case, where to go) when the form was sent."""
    case, elsewhere = form_or_404(request, reference)
    if not elsewhere and not filling.is_open(case, "papers"):
        raise Http404
    return case, elsewhere


@require_http_methods(["GET", "POST"])
def papers(request, reference):
    """The papers this loan asks for: which are here, and a place to add one."""
    case, elsewhere = open_papers_or_404(request, reference)
    if elsewhere:
        return elsewhere
    if request.method == "GET":
        return _show(request, case)
    kind, sent = request.POST.get("kind", ""), [*request.FILES.getlist("photo"), *request.FILES.getlist("file")]
    if not sent:
        return _show(request, case, kind, _("Please choose a file."))
    uploads.forget_refused(case, kind, by=request.user)
    for number, file in enumerate(sent):
        try:
            filling.add_paper(case, kind, file.read(MOST_PHOTO_BYTES + 1), name=file.name or "", by=request.user)
        except Refused as refused:
            return _show(request, case, kind, _named(file.name if number or len(sent) > 1 else "", sentence(refused)))
    return HttpResponseRedirect(reverse("papers", args=[case.reference]) + f"?{urlencode({'sent': kind})}")


def _named(name, problem):
    return _("%(name)s: %(problem)s") % {"name": name, "problem": problem} if name else problem


def _show(request, case, kind="", error=""):
    held = list(case.documents.filter(erased_on=None).exclude(state="replaced").prefetch_related(PAGES))
    form = Form(case)
    names = _places(form, held)
    sent = list(case.uploads.filter(by=request.user).exclude(outcome=uploads.KEPT))
    refused = {} if error else _refused(case, sent)
    wrong = {kind: error} if error else refused
    context = {
        "case": case,
        "kinds": [_place(code, name, held, sent, wrong, form) for code, name in names.items()],
        "sent": request.GET.get("sent", ""),
        "errors": [(f"#id-file-{each}" if each in names else "#main", problem) for each, problem in wrong.items()],
        "is_draft": case.state == Application.State.DRAFT,
        "reason": next((q.reason for q in form.questions if q.topic == "papers"), ""),
        "onward": onward(case, form, form.purpose.section("papers")),
    }
    return render(request, "loans/papers.html", context, status=UNPROCESSABLE if error else 200)


def _refused(case, sent):
    """{kind: what was wrong with the file sent last}, as long as nothing was sent with the form since."""
    since = case.submitted_at
    fresh = [each for each in sent if each.outcome and not (since and each.touched_at < since)]
    return {each.kind: _named(each.name, sentence(Refused(each.outcome))) for each in fresh}


def _place(code, name, held, sent, wrong, form):
    """One paper of the list: what is here, what is on its way, what is wrong, and what may be chosen."""
    return {
        "code": code,
        "name": name,
        "about": PAPER_KINDS[code],
        "held": [paper for paper in held if paper.kind == code],
        "unfinished": [each for each in sent if each.kind == code and not each.outcome],
        "error": wrong.get(code, ""),
        "reason": next((q.reason for q in form.questions if q.topic == paper_topic(code)), ""),
        "accept": ACCEPT + (SHEETS if code in MAY_BE_SHEETS else ""),
    }


def _places(form, held):
    """{kind: its name}: what is wanted now, and of what else may be sent what is here already, or another paper."""
    is_waiting = form.application.state == Application.State.WAITING
    besides = {paper.kind for paper in held} | ({"other"} if is_waiting else set())
    wanted = form.papers_wanted()
    return {**wanted, **{kind: name for kind, name in form.papers_open().items() if kind in besides - set(wanted)}}


@require_POST
def page_removal(request, reference, pk, number):
    """Take a page out of a draft."""
    return _change_page(request, reference, pk, number, filling.remove_page, _("Taken out."))


@require_POST
def page_move(request, reference, pk, number):
    """Let a page of a draft stand one place earlier."""
    return _change_page(request, reference, pk, number, filling.move_page_up, _("Moved."))


def _change_page(request, reference, pk, number, verb, done):
    case, elsewhere = form_or_404(request, reference)
    if elsewhere:
        return elsewhere
    page = get_object_or_404(
        Page.objects.select_related("document"), document__application=case, document=pk, number=number
    )
    try:
        verb(page, by=request.user)
        messages.success(request, done)
    except Refused as refused:
        messages.warning(request, sentence(refused))
        return redirect("papers", case.reference)
    return HttpResponseRedirect(reverse("papers", args=[case.reference]) + f"#paper-{page.document.kind}")


def _own_paper_or_404(request, reference, pk):
    """A paper of the reader's own case, whoever put it in, or of the draft with which they help."""
    return get_object_or_404(filled_in_or_404(request, reference).documents, pk=pk)


@require_safe
def paper(request, reference, pk):
    """A paper of my own, as it is kept."""
    return whole_response(_own_paper_or_404(request, reference, pk))


@require_safe
def page(request, reference, pk, number):
    """One page of a paper of my own."""
    return page_response(_own_paper_or_404(request, reference, pk), number)


@require_safe
def thumbnail(request, reference, pk, number):
    """One page of a paper of my own, in small."""
    return thumbnail_response(_own_paper_or_404(request, reference, pk), number)
