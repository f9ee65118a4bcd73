"""A request for a loan, from its first saved page to the decision."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin

from config import clock
from loans.models.application.banking import BankMoves
from loans.models.application.beside import MovesBeside
from loans.models.application.deciding import DecisionMoves
from loans.models.application.drafting import DraftMoves
from loans.models.application.queryset import ApplicationQuerySet
from loans.models.application.reviewing import ReviewMoves
from loans.models.application.states import ON_A_DESK, SENT, TO_DECIDE, UNDER_WAY, State
from loans.models.assistance import Way
from loans.models.series import Series

if TYPE_CHECKING:
    from loans.models.history import Event

DECIDING = ("recommend", "approve", "decline", "grant_appeal")  # moves that a yes does not outlive
WAS_SENT = Q(submitted_at__isnull=False)


class Application(DraftMoves, ReviewMoves, MovesBeside, DecisionMoves, BankMoves, FSMModelMixin, models.Model):
    """What somebody asks for and what the office decided. A state is a decision; the calendar is arithmetic."""

    State = State
    ON_A_DESK, TO_DECIDE, SENT, UNDER_WAY = ON_A_DESK, TO_DECIDE, SENT, UNDER_WAY
    reference = models.CharField(max_length=15, unique=True)
    product = models.ForeignKey("loans.Product", models.PROTECT, related_name="applications")
    applicant = models.ForeignKey("applicants.Applicant", models.PROTECT, related_name="applications")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="reviews")
    recommended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kept_from = models.JSONField(default=list)  # keys of staff with a standing Conflict: what the rules read
    former_reviewers = models.JSONField(default=list)  # keys of those who had it on the desk before `reviewer`
    decliners = models.JSONField(default=list)  # keys of all who ever said no to it: they hear no appeal in it
    assisted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="assisted")
    assisted_way = models.CharField(max_length=10, choices=Way, blank=True)  # how the person is helped with the form
    assistants = models.JSONField(default=list)  # keys of all who ever typed for the person: they never decide
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)  # first sending; staff see nothing before it
    answer_by = models.DateField(null=True)  # while waiting for the applicant
    appeal_until = models.DateField(null=True)  # the last day to appeal, once declined
    asked_cents = models.BigIntegerField(null=True)  # what the newest sending of the form asks for
    promised_by = models.DateField(null=True)  # while it is our turn: by when we promised to answer (lifecycle.promise)
    promise_left = models.SmallIntegerField(null=True)  # while that clock is stopped: the days that were left
    checklist = models.JSONField(default=list)  # keys of its ChecklistItem rows, fixed when it is first sent
    event: "Event"  # the line being written, while a verb is at work
    state = FSMField(choices=State, default=State.DRAFT, protected=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [  # a list or an order of the desk each (loans.views.desk.desk_lists, desk_asked)
            models.Index(fields=["state", "submitted_at"]),
            models.Index(fields=["product", "submitted_at"], name="case_of_a_product"),
            models.Index(fields=["submitted_at", "id"], condition=WAS_SENT, name="case_as_sent"),
            models.Index(fields=["asked_cents", "id"], condition=WAS_SENT, name="case_by_sum"),
            models.Index(fields=["promised_by", "id"], condition=WAS_SENT, name="case_by_promise"),
            models.Index(
                fields=["reviewer", "submitted_at", "id"], condition=Q(state__in=ON_A_DESK), name="case_on_a_desk"
            ),
            models.Index(
                fields=["submitted_at", "id"],
                condition=Q(reviewer__isnull=True, state__in=("submitted", *ON_A_DESK)),
                name="case_to_take",
            ),
            models.Index(fields=["submitted_at", "id"], condition=Q(state__in=TO_DECIDE), name="case_to_decide"),
        ]

    def __str__(self):
        return self.reference

    @property
    def case(self):
        return self

    @property
    def case_id(self):
        return self.pk

    @property
    def recommendation(self):
        """The terms an officer stands for now, or None."""
        return next(reversed(self.recommendations.all()), None)

    @property
    def is_for_the_committee(self):
        """Whether what is recommended lies above the sum that one person may grant."""
        limit, terms = self.product.one_decides_up_to_cents, self.recommendation
        return limit is not None and terms is not None and terms.most_cents > limit

    @property
    def approval(self):
        """The event of the yes that nothing has taken back since, where the offer it made lapsed or was refused."""
        loan = next(iter(self.loans.all()), None)  # the newest
        if loan is None or loan.state not in ("lapsed", "refused"):
            return None
        told = self.events.filter(subject_kind="application", verb__in=DECIDING).select_related("by")
        newest = told.order_by("-pk").first()
        return newest if newest is not None and newest.verb == "approve" else None

    @property
    def approved_until(self):
        """The last day on which what was approved may be offered again; None where there is no such yes."""
        found = self.approval
        return found and clock.day_of(found.at) + timedelta(days=self.product.approval_days)

    @property
    def standing_approval(self):
        """The event of the yes by which the same may be offered again today, or None."""
        found = self.approval
        if found is None or clock.today() > clock.day_of(found.at) + timedelta(days=self.product.approval_days):
            return None
        return found

    @staticmethod
    def next_reference(year):
        """The next case number of `year`, such as T-2027-0042."""
        return Series.next("T", year)
