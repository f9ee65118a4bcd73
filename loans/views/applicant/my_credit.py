"""What a credit bureau said about me: my right to see it, as it stands in my file."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from loans.views.applicant.mine import owned_or_404
from loans.views.credit_words import told_of
from loans.views.paper_files import whole_response


def _of(request, reference):
    """(case, its reports): those that were taken back may be about somebody else, and are not told."""
    case = owned_or_404(request, reference)
    return case, case.credit_reports.for_a_page().filter(taken_back=None)


@require_safe
def my_credit_reports(request, reference):
    """Every report about me that is or was in my file, newest first; nobody who signs with me sees it."""
    case, reports = _of(request, reference)
    found = list(reports.order_by("-pk"))
    if not found:
        raise Http404
    return render(request, "loans/my_credit.html", {"case": case, "reports": told_of(found)})


@require_safe
def my_credit_report_file(request, reference, pk):
    """The file of a report about me."""
    _case, reports = _of(request, reference)
    return whole_response(get_object_or_404(reports, pk=pk).document)
