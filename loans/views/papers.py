"""My papers: add a photo or a PDF, look at it, take it out of a draft again."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loans.lifecycle import filling
from loans.lifecycle.papers import MAY_BE_SHEETS, MOST_BYTES, SHEET
from loans.lifecycle.refusal import Refused
from loans.models import Application
from loans.models.form import Form
from loans.refusals import sentence
from loans.sections import PAPERS
from loans.views.deeds import UNPROCESSABLE
from loans.views.form import form_or_404
from loans.views.mine import mine_or_404

ACCEPT = "image/jpeg,image/png,application/pdf"  # what the phone offers to choose; the bytes decide
SHEETS = f",.xlsx,{SHEET}"


@require_http_methods(["GET", "POST"])
def papers(request, reference):
    """The papers this loan asks for: which are here, and a place to add one."""
    case, elsewhere = form_or_404(request, reference)
    if elsewhere:
        return elsewhere
    if not filling.is_open(case, "papers"):
        raise Http404
    if request.method == "GET":
        return _show(request, case)
    kind, upload = request.POST.get("kind", ""), request.FILES.get("file")
    if upload is None:
        return _show(request, case, kind, _("Please choose a file."))
    try:
        data = upload.read(MOST_BYTES + 1)
        filling.add_paper(case, kind, data, name=upload.name or "", by=request.user)
    except Refused as refused:
        return _show(request, case, kind, sentence(refused))
    messages.success(request, _("Saved. Thank you."))
    return HttpResponseRedirect(reverse("papers", args=[case.reference]))


def _show(request, case, kind="", error=""):
    held = list(case.documents.exclude(state="replaced").select_related("file"))
    needed = _places(case, held)
    context = {
        "case": case,
        "kinds": [
            {
                "code": code,
                "name": name,
                "held": [paper for paper in held if paper.kind == code],
                "error": error if code == kind else "",
                "accept": ACCEPT + (SHEETS if code in MAY_BE_SHEETS else ""),
            }
            for code, name in needed.items()
        ],
        "errors": [(f"#id-file-{kind}" if kind in needed else "#main", error)] if error else [],
        "is_draft": case.state == Application.State.DRAFT,
        "reason": next((q.reason for q in case.questions.filter(answered_at=None, topic="papers")), ""),
    }
    return render(request, "loans/papers.html", context, status=UNPROCESSABLE if error else 200)


def _places(case, held):
    """{kind: its name}: what this loan asks for, what is here already, and what the officer asked for besides."""
    kinds = {paper.kind for paper in held} | ({"other"} if case.state == Application.State.WAITING else set())
    needed = Form(case).paper_kinds()
    return {**needed, **{kind: name for kind, name in PAPERS.items() if kind in kinds and kind not in needed}}


@require_POST
def removal(request, reference, pk):
    """Take a paper out of a draft."""
    case, elsewhere = form_or_404(request, reference)
    if elsewhere:
        return elsewhere
    try:
        filling.remove_paper(get_object_or_404(case.documents, pk=pk), by=request.user)
        messages.success(request, _("Taken out."))
    except Refused as refused:
        messages.warning(request, sentence(refused))
    return redirect("papers", case.reference)


@require_safe
def paper(request, reference, pk):
    """A paper of my own, as it was sent."""
    case = mine_or_404(request, reference)
    own = case.documents.filter(added_by=request.user).select_related("file")
    return file_response(get_object_or_404(own, pk=pk).file)


def file_response(file):
    """Bytes out of the vault, for looking at: never run, never kept, never taken for something else."""
    response = HttpResponse(file.read(), content_type=file.content_type)
    shown = "attachment" if file.content_type == SHEET else "inline"
    ending = ".xlsx" if file.content_type == SHEET else ""
    response["Content-Disposition"] = f'{shown}; filename="paper-{file.pk}{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
