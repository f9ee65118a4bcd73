"""A referral: somebody else who might help is told about a person, once the person has agreed to just that."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from config import clock
from vault.fields import EncryptedJSONField
from vault.models import Sealed

OUTCOME_DAYS = 30  # after so many days without an outcome somebody asks what became of it


class ReferralQuerySet(models.QuerySet):
    def unanswered(self):
        """Those of which the person has said neither yes nor no, and that nobody gave up."""
        return self.filter(says_yes=None, closed=None)

    def to_send(self):
        """Those to which the person agreed, and that still wait to be sent."""
        return self.filter(says_yes=True, sent=None, closed=None)

    def without_outcome(self):
        """Those that were sent, and of which nobody has written down what became of them."""
        return self.filter(sent__isnull=False, closed=None)

    def overdue(self):
        """Those without an outcome for longer than OUTCOME_DAYS."""
        return self.without_outcome().filter(sent__at__date__lt=clock.today() - timedelta(days=OUTCOME_DAYS))


class Referral(Sealed):
    """One partner who might help one person: offered, answered, sent and closed, each by an event of the case.

    `told` is exactly what the person reads on their page and the partner is told: person, phone, email, wish.
    """

    class Way(models.TextChoices):
        EMAIL = "email", _("By e-mail")
        SHEET = "sheet", _("On a printed sheet")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted there")
        NOT_ACCEPTED = "not_accepted", _("Not accepted there")
        NO_ANSWER = "no_answer", _("No answer from them")
        DID_NOT_GO = "did_not_go", _("The person did not go")
        NOT_SENT = "not_sent", _("Not sent after all")

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="referrals")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="referral")  # the offer
    partner = models.ForeignKey("applicants.Partner", models.PROTECT, related_name="referrals")
    told = EncryptedJSONField(null=True)  # null once it is erased
    says_yes = models.BooleanField(null=True)
    answer = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="answered_referral")
    consent = models.OneToOneField("loans.Consent", models.PROTECT, null=True, related_name="referral")
    way = models.CharField(max_length=5, choices=Way, blank=True)
    sent = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="sent_referral")
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    closed = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="closed_referral")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent=None, way="") | models.Q(sent__isnull=False, says_yes=True) & ~models.Q(way=""),
                name="a_referral_is_sent_with_a_yes",
            ),
            models.CheckConstraint(
                condition=models.Q(closed=None, outcome="") | models.Q(closed__isnull=False) & ~models.Q(outcome=""),
                name="a_closed_referral_has_its_outcome",
            ),
            models.UniqueConstraint(
                fields=["application", "partner"], condition=models.Q(closed=None), name="one_open_referral_a_partner"
            ),
        ]

    def __str__(self):
        return f"referral {self.pk} of {self.application_id}"

    @property
    def purpose(self):
        """The name of the consent that this referral needs: each has one of its own."""
        return f"referral-{self.pk}"

    @property
    def is_open_to_answer(self):
        """Whether the person may still say yes or no: until it was sent or given up."""
        return self.sent_id is None and self.closed_id is None

    @property
    def may_be_sent(self):
        """Whether the person said yes, and nothing was sent yet."""
        return bool(self.says_yes) and self.is_open_to_answer

    @property
    def is_overdue(self):
        """Whether somebody should have asked by now what became of it."""
        if self.sent_id is None or self.closed_id is not None:
            return False
        return clock.day_of(self.sent.at) < clock.today() - timedelta(days=OUTCOME_DAYS)
