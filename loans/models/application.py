"""A request for a loan, from its first saved page to the decision."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from accounts.models import Role
from loans import rules
from loans.models.series import Series

if TYPE_CHECKING:
    from loans.models.history import Event


class ApplicationQuerySet(models.QuerySet):
    def belonging_to(self, user):
        """The cases in which this person stands: as borrower, co-borrower or guarantor."""
        return self.filter(parties__user=user).distinct()

    def open_to_staff(self, user):
        """What the loan office may read: sent cases only, never one's own; finance sees loans, not stories."""
        sent = self.filter(submitted_at__isnull=False).exclude(parties__user=user)
        if user.roles & {Role.OFFICER, Role.MANAGER, Role.AUDITOR}:
            return sent
        if Role.COMMITTEE in user.roles:
            brought_to_it = Q(recommended_by__isnull=False) | Q(
                state__in=[Application.State.APPEALED, Application.State.DECISION_STANDS]
            )
            return sent.filter(brought_to_it)
        return self.none()

    def visible_to(self, user):
        """Every case this person may see at all; to anybody else it does not exist."""
        return self.filter(Q(pk__in=self.belonging_to(user)) | Q(pk__in=self.open_to_staff(user)))


class Application(FSMModelMixin, models.Model):
    """What somebody asks for and what the office decided. A state is a decision; the calendar is arithmetic."""

    class State(models.TextChoices):
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

    reference = models.CharField(max_length=15, unique=True)
    product = models.ForeignKey("loans.Product", models.PROTECT, related_name="applications")
    applicant = models.ForeignKey("applicants.Applicant", models.PROTECT, related_name="applications")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="reviews")
    recommended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)  # first sending; staff see nothing before it
    answer_by = models.DateField(null=True)  # while waiting for the applicant
    appeal_until = models.DateField(null=True)  # the last day to appeal, once declined
    event: "Event"  # the line being written, while a verb is at work
    state = FSMField(choices=State, default=State.DRAFT, protected=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "submitted_at"])]

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
        return limit is not None and terms is not None and terms.principal_cents > limit

    @staticmethod
    def next_reference(year):
        """The next case number of `year`, such as T-2027-0042."""
        return Series.next("T", year)

    @transition(state, State.DRAFT, State.SUBMITTED, permission=rules.is_owner)
    def submit(self):
        """The applicant sends the form."""

    @transition(state, State.DRAFT, State.EXPIRED, permission=rules.is_the_clock)
    def expire(self):
        """A draft nobody touched for long is closed."""

    @transition(
        state,
        [State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.WAITING, State.RECOMMENDED, State.APPEALED],
        State.WITHDRAWN,
        permission=rules.is_owner,
    )
    def withdraw(self):
        """The applicant no longer wants the loan."""

    @transition(state, State.SUBMITTED, State.IN_REVIEW, permission=rules.is_officer)
    def take(self):
        """An officer takes the case."""

    @transition(state, State.IN_REVIEW, State.WAITING, permission=rules.is_the_reviewer)
    def ask_for_more(self):
        """The officer re-opens pages or papers, each with a reason."""

    @transition(state, State.WAITING, State.IN_REVIEW, permission=rules.is_owner)
    def answer(self):
        """The applicant has answered what was asked."""

    @transition(state, State.WAITING, State.CLOSED_UNANSWERED, permission=rules.is_the_clock)
    def close_unanswered(self):
        """The time to answer ran out."""

    @transition(state, State.CLOSED_UNANSWERED, State.IN_REVIEW, permission=rules.may_reopen)
    def reopen(self):
        """The officer takes up a case again that was closed without an answer."""

    @transition(
        state, [State.SUBMITTED, State.IN_REVIEW, State.WAITING, State.RECOMMENDED], None, permission=rules.is_officer
    )
    def add_note(self):
        """An officer writes something down."""

    @transition(state, [State.IN_REVIEW, State.RECOMMENDED, State.APPROVED], None, permission=rules.is_officer)
    def check_identity(self):
        """An officer has seen somebody's papers and knows who they are."""

    @transition(state, State.IN_REVIEW, State.RECOMMENDED, permission=rules.is_the_reviewer)
    def recommend(self):
        """The officer is for it, on stated terms."""

    @transition(state, State.RECOMMENDED, State.IN_REVIEW, permission=rules.may_send_back)
    def send_back(self):
        """The second pair of eyes has a question first, or a vote went against it."""

    @transition(state, State.RECOMMENDED, None, permission=rules.may_vote)
    def cast_vote(self):
        """One of the committee votes, sealed until all votes are in."""

    @transition(state, State.RECOMMENDED, State.APPROVED, permission=rules.may_approve)
    def approve(self):
        """A second pair of eyes says yes, or above the product's limit the committee has."""

    @transition(state, [State.IN_REVIEW, State.RECOMMENDED], State.DECLINED, permission=rules.may_decline)
    def decline(self):
        """A second pair of eyes says no, with reasons."""

    @transition(state, State.DECLINED, State.APPEALED, permission=rules.is_owner)
    def appeal(self):
        """The applicant asks that somebody else looks at the no."""

    @transition(state, State.APPEALED, State.DECISION_STANDS, permission=rules.may_hear_appeal)
    def uphold(self):
        """Somebody who did not decide has heard the appeal: the no stands."""

    @transition(state, State.APPEALED, State.IN_REVIEW, permission=rules.may_hear_appeal)
    def grant_appeal(self):
        """Somebody who did not decide has heard the appeal: the case is looked at again."""

    @transition(state, State.APPROVED, State.IN_REVIEW, permission=rules.is_the_clock_or_the_ledger)
    def reconsider(self):
        """The offer lapsed, was refused or was cancelled: other terms may be wanted."""
