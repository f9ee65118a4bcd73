"""The papers of a case: looked at, accepted, refused."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loans.lifecycle import papers
from loans.views import case as page
from loans.views import case_file as file
from loans.views.deeds import once_key_of
from loans.views.office_deeds import attempt_in_office
from loans.views.paper_deeds import WHY
from loans.views.papers import file_response
from loans.views.sheets import Sheet


def _paper_or_404(request, reference, pk):
    case = page.staff_case_or_404(request, reference)
    if not file.sees_everything(request.user):
        raise Http404
    paper = get_object_or_404(case.documents.select_related("file"), pk=pk)
    paper.application = case
    return case, paper


@require_safe
def paper(request, reference, pk):
    """A paper of the case, to look at; not for those who see it masked."""
    _case, found = _paper_or_404(request, reference, pk)
    response = file_response(found.file)
    if found.file.content_type != "application/pdf":
        # Browsers show no PDF inside a sandbox; a PDF is opened by their own closed viewer.
        response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request, reference, pk):
    """The paper will do."""
    case, found = _paper_or_404(request, reference, pk)
    return _do(
        request,
        case,
        found.accept,
        lambda sheet: papers.accept(found, by=request.user, once_key=once_key_of(request)),
        fields=(),
        key=f"accept-{pk}",
        done=_("Accepted."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request, reference, pk):
    """The paper will not do. The applicant hears of it when the page of papers is asked about."""
    case, found = _paper_or_404(request, reference, pk)
    return _do(
        request,
        case,
        found.refuse,
        lambda sheet: papers.refuse(found, by=request.user, note=sheet.values["note"], once_key=once_key_of(request)),
        fields=WHY,
        key=f"refuse-{pk}",
        done=_("Refused. Now ask the applicant for another one, under “Ask for more”."),
    )


def _do(request, case, move, act, *, fields, key, done):
    here = reverse("case", args=[case.reference]) + "#papers"
    if request.method != "POST":
        return HttpResponseRedirect(here)
    sheet = Sheet(fields, request.POST)
    return attempt_in_office(
        request,
        move,
        lambda: act(sheet),
        sheet=sheet,
        here=here,
        done=done,
        show=lambda: page.show_case(request, case, {key: sheet}),
    )
