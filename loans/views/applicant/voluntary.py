"""What I may tell about myself, so that the office sees whether it treats everybody alike; nobody who decides sees it.

No other page of the house may import what this one does (tests/loans/views/applicant/test_voluntary.py).
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applicants.voluntary import QUESTIONS, VoluntaryAnswers
from loans.fields import Field
from loans.models import Application
from loans.views.deeds import UNPROCESSABLE
from loans.views.sheets import Sheet

FIELDS = tuple(
    Field(question.name, "choice", question.label, question.help, choices=question.choices, required=False)
    for question in QUESTIONS
)


@require_http_methods(["GET", "POST"])
def voluntary(request):
    """The questions, once a form was sent: answer some, change them, or erase them all."""
    if not Application.objects.filter(applicant__user=request.user, submitted_at__isnull=False).exists():
        raise Http404
    if request.method == "GET":
        told = VoluntaryAnswers.of(request.user)
        return _page(request, Sheet.of(request, FIELDS, initial=told), bool(told))
    if "erase" in request.POST:
        VoluntaryAnswers.erase(request.user)
        messages.success(request, _("Your answers are erased."))
        return redirect("my_cases")
    sheet = Sheet(FIELDS, request.POST)
    if not sheet.is_answered:
        return _page(request, sheet, False, status=UNPROCESSABLE)
    VoluntaryAnswers.keep(request.user, sheet.values)
    messages.success(request, _("Thank you. Your answers are kept apart from your application."))
    return redirect("my_cases")


def _page(request, sheet, has_told, status=200):
    return render(request, "loans/voluntary.html", {"sheet": sheet, "has_told": has_told}, status=status)
