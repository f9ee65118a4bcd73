"""The minutes of the committee on a case: each count of votes, who voted how and why, and its PDF."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.languages import BINDING, NAMES
from loans.lifecycle.deciding import minutes
from loans.models import Vote, VoteCount
from loans.views.cases.case import staff_case_or_404
from loans.views.cases.case_tabs import tabs_of
from loans.views.paper_files import file_response


@require_safe
def case_minutes(request, reference):
    """Every count of votes on this case, newest first. A round that is not counted yet is not here."""
    found = staff_case_or_404(request, reference)
    context = {
        "case": found,
        "tabs": tabs_of(found, request.user, "case_minutes"),
        "submission": list(found.submissions.all())[-1],
        "counts": _counts(found),
        "languages": [(code, NAMES[code]) for code in BINDING],
    }
    return render(request, "loans/case_minutes.html", context)


@require_safe
def case_minutes_file(request, reference, pk, language):
    """The minutes of one count as a PDF: the bytes that were made when it was counted."""
    found = staff_case_or_404(request, reference)
    if language not in BINDING:
        raise Http404
    counted = get_object_or_404(VoteCount, pk=pk, recommendation__application=found)
    return file_response(minutes.minutes_for(counted, language).file)


def _counts(case):
    votes = Prefetch("recommendation__votes", Vote.objects.for_a_page())
    counts = VoteCount.objects.filter(recommendation__application=case).order_by("-pk")
    return counts.select_related("recommendation__event__by").prefetch_related(votes)
