"""The states of a request, and those that are spoken of together."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ON_A_DESK = ("in_review", "waiting_for_applicant", "recommended")  # an officer works on it, when it has one
TO_DECIDE = ("recommended", "appealed")  # it waits for a second pair of eyes


class State(models.TextChoices):
    """Where a request stands: who decided what, never what the calendar makes of it."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", pgettext_lazy("application", "received")
    IN_REVIEW = "in_review", _("in review")
    WAITING = "waiting_for_applicant", _("waiting for the applicant")
    RECOMMENDED = "recommended", _("recommended")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    APPEALED = "appealed", _("appealed")
    DECISION_STANDS = "decision_stands", _("declined, also on appeal")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CLOSED_UNANSWERED = "closed_unanswered", _("closed without an answer")
    EXPIRED = "expired", _("expired")


# Every state of a case that was sent: nobody reads those of a withdrawn draft, so the verb looks too.
SENT = [
    State.SUBMITTED,
    State.IN_REVIEW,
    State.WAITING,
    State.RECOMMENDED,
    State.APPROVED,
    State.DECLINED,
    State.APPEALED,
    State.DECISION_STANDS,
    State.WITHDRAWN,
    State.CLOSED_UNANSWERED,
]
# The office works on it, or its loan may be running.
UNDER_WAY = [
    State.SUBMITTED,
    State.IN_REVIEW,
    State.WAITING,
    State.RECOMMENDED,
    State.APPROVED,
    State.APPEALED,
]
# The file of a case that was sent may be closed, and its years may be over (loans.lifecycle.erasing.retention).
MAY_BE_CLOSED = [
    State.APPROVED,
    State.DECLINED,
    State.DECISION_STANDS,
    State.WITHDRAWN,
    State.CLOSED_UNANSWERED,
]
