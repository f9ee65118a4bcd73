"""The terms an officer stands for."""

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
