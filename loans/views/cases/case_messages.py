"""The messages of a case, as the loan office reads and answers them."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loans import rules
from loans.lifecycle.writing.messages import write_to_applicant
from loans.models import Application
from loans.views.cases.case_ready_words import context_of
from loans.views.thread import send, show_thread, thread_file

TEMPLATE = "loans/case_messages.html"


def _case_or_404(request, reference):
    """Of the cases that the reader sees, one whose messages are theirs to answer: officers' and managers'."""
    cases = Application.objects.open_to_staff(request.user).select_related("product", "applicant__user", "reviewer")
    case = get_object_or_404(cases.prefetch_related("parties"), reference=reference)
    if not rules.may_write_to_applicant(case, request.user):
        raise Http404
    return case


@require_http_methods(["GET", "HEAD", "POST"])
def case_messages(request, reference):
    """The thread with the applicant."""
    case = _case_or_404(request, reference)
    here = reverse("case_messages", args=[case.reference])
    sheet, more = context_of(request, case)
    if request.method == "POST" and "fill" not in request.POST:
        done = _("Sent to the applicant.")
        return send(request, case, write_to_applicant, template=TEMPLATE, here=here, done=done, more=more)
    return show_thread(request, case, template=TEMPLATE, here=here, may_write=True, sheet=sheet, more=more)


@require_safe
def case_message_file(request, reference, pk):
    """A file of the thread, to look at."""
    return thread_file(_case_or_404(request, reference), pk)
