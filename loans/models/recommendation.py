"""The terms an officer stands for, and how the committee votes on them."""

from django.conf import settings
from django.db import models


class Recommendation(models.Model):
    """What the officer recommends lending, how and why. The newest one of a case is what is decided on."""

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="recommendations")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="recommendation")
    principal_cents = models.BigIntegerField()
    study_months = models.PositiveSmallIntegerField()  # interest only
    repayment_months = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)  # codes of loans.reasons.SUPPORT

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(principal_cents__gt=0, repayment_months__gt=0), name="recommended_terms_positive"
            )
        ]

    def __str__(self):
        return f"{self.application_id}: {self.principal_cents} cents"

    @property
    def is_counted(self):
        """Whether all votes are in: only then does anybody see how they went."""
        return len(self.votes.all()) >= self.application.product.votes_needed

    @property
    def is_carried(self):
        """Whether all votes are in and none went against."""
        return self.is_counted and all(vote.in_favour for vote in self.votes.all())


class Vote(models.Model):
    """One committee member's vote on recommended terms. Its reason is the note of its event, sealed with it."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="votes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="votes")
    event = models.OneToOneField("loans.Event", models.PROTECT)
    in_favour = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["recommendation", "by"], name="a_member_votes_once")]

    def __str__(self):
        return f"{self.by} on {self.recommendation_id}"
