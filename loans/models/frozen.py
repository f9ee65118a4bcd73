"""The copies frozen when an application is sent: what the decision rests on, and where the person stood."""

from django.db import models

from applicants.target_group import Education, TargetGroup, WorkStatus
from vault.fields import EncryptedJSONField
from vault.models import Sealed


class Submission(Sealed):
    """The form as it was sent. A second sending (more was asked) freezes a second copy; nothing is overwritten."""

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    answers = EncryptedJSONField()  # {section: [{field: {"raw": …, "value": …}}, … one a line]}
    requested_cents = models.BigIntegerField()
    repayment_months = models.PositiveSmallIntegerField()
    study_starts_on = models.DateField(null=True)
    study_ends_on = models.DateField(null=True)
    costs_cents = models.BigIntegerField()
    misfits = models.JSONField(default=list)  # [rule, operand] of the product's rows that the form did not fit
    monthly_surplus_cents = models.BigIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="one_submission_a_number")]

    def __str__(self):
        return f"{self.application_id} as sent, {self.number}"


class Baseline(models.Model):
    """Where the person stood when they first applied: it cannot be recovered later, so it is frozen once."""

    application = models.OneToOneField("loans.Application", models.PROTECT, related_name="baseline")
    taken_at = models.DateTimeField()
    work_status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in WorkStatus])
    hours_per_week = models.PositiveSmallIntegerField(null=True)
    wants_more_hours = models.BooleanField(null=True)
    annual_income_cents = models.BigIntegerField()
    occupation = models.CharField(max_length=150, blank=True)
    teer = models.PositiveSmallIntegerField(null=True)
    trained_occupation = models.CharField(max_length=150, blank=True)
    education = models.CharField(max_length=30, choices=[(e.value, e.value) for e in Education])
    in_trained_field = models.BooleanField(null=True)
    confidence = models.PositiveSmallIntegerField()  # 1 (not at all) to 5 (very), in reaching the goal
    target_group = models.CharField(max_length=30, choices=[(g.value, g.value) for g in TargetGroup])

    def __str__(self):
        return f"baseline of {self.application_id}"
