"""The papers of a case: looked at, accepted, refused."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loans.lifecycle.reviewing import papers
from loans.views.cases import case as page
from loans.views.cases import case_file as file
from loans.views.cases import case_paper_view as look
from loans.views.cases.paper_deeds import WHY
from loans.views.deeds import once_key_of
from loans.views.office_deeds import attempt_in_office
from loans.views.paper_files import page_response, thumbnail_response, whole_response
from loans.views.sheets import Sheet


def _paper_or_404(request, reference, pk):
    case = page.staff_case_or_404(request, reference)
    if not file.sees_everything(request.user):
        raise Http404
    paper = get_object_or_404(case.documents, pk=pk)
    paper.application = case
    return case, paper


@require_safe
def paper(request, reference, pk):
    """A paper of the case as one file, to look at; not for those who see it masked."""
    return whole_response(_paper_or_404(request, reference, pk)[1])


@require_safe
def paper_page(request, reference, pk, number):
    """One page of a paper of the case."""
    return page_response(_paper_or_404(request, reference, pk)[1], number)


@require_safe
def thumbnail(request, reference, pk, number):
    """One page of a paper of the case, in small."""
    return thumbnail_response(_paper_or_404(request, reference, pk)[1], number)


@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request, reference, pk):
    """The paper will do."""
    case, found = _paper_or_404(request, reference, pk)
    return _do(
        request,
        case,
        found,
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
        found,
        found.refuse,
        lambda sheet: papers.refuse(found, by=request.user, note=sheet.values["note"], once_key=once_key_of(request)),
        fields=WHY,
        key=f"refuse-{pk}",
        done=_("Refused. Now ask the applicant for another one, under “Ask for more”."),
    )


def _do(request, case, found, move, act, *, fields, key, done):
    """Done from the file, or from the page of the paper where it says so: back there, with what was typed."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("case", args=[case.reference]) + "#papers")
    sheet = Sheet(fields, request.POST)
    here, show, moved = (_on_its_page if look.is_from_there(request) else _on_the_file)(
        request, case, found, key, sheet
    )
    return attempt_in_office(
        request, move, lambda: act(sheet), sheet=sheet, here=here, done=done, show=show, moved=moved
    )


def _on_the_file(request, case, paper, key, sheet):
    return (
        reverse("case", args=[case.reference]) + "#papers",
        lambda: page.show_case(request, case, {key: sheet}),
        lambda: page.show_case(request, page.staff_case_or_404(request, case.reference), unsent=sheet.words),
    )


def _on_its_page(request, case, paper, key, sheet):
    pk = paper.pk
    return (
        look.address_of(request, case, pk),
        lambda: look.show_paper(request, case, pk, {key: sheet}),
        lambda: look.show_paper(request, page.staff_case_or_404(request, case.reference), pk, unsent=sheet.words),
    )
