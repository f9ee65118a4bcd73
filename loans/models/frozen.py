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
    line_numbers = models.JSONField(default=dict)  # {repeated section: [number of each of its lines]}, as in the form
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

    def lines(self, section):
        """[(number, {field: understood value})] of a page as it was sent; a line keeps its number when others go."""
        said = [{name: answer["value"] for name, answer in line.items()} for line in self.answers.get(section, [])]
        return list(zip(self.line_numbers.get(section, range(len(said))), said, strict=True))


class Baseline(models.Model):
    """Where the person stood when they first applied: it cannot be recovered later, so it is frozen once."""

    application = models.OneToOneField("loans.Application", models.PROTECT, related_name="baseline")
    taken_at = models.DateTimeField()
    work_status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in WorkStatus])
    hours_per_week = models.PositiveSmallIntegerField(null=True)
    wants_more_hours = models.BooleanField(null=True)
    annual_income_cents = models.BigIntegerField()
    occupation = models.CharField(max_length=150, blank=True)
    noc = models.CharField(max_length=5, blank=True)  # the code of the occupation, when one was chosen
    teer = models.PositiveSmallIntegerField(null=True)  # of that code, else as the person said
    trained_occupation = models.CharField(max_length=150, blank=True)
    education = models.CharField(max_length=30, choices=[(e.value, e.value) for e in Education])
    in_trained_field = models.BooleanField(null=True)
    confidence = models.PositiveSmallIntegerField()  # 1 (not at all) to 5 (very), in reaching the goal
    barriers = models.JSONField(default=list)  # codes of loans.sections.BARRIERS: what stands in the way, as said
    sent_by = models.CharField(max_length=50, blank=True)  # code of a Partner, or "nobody" or "other"
    target_group = models.CharField(max_length=30, choices=[(g.value, g.value) for g in TargetGroup])
    neighbourhood = models.CharField(max_length=150, blank=True)  # by the postal code; empty: unknown
    ward = models.CharField(max_length=150, blank=True)
    city = models.CharField(max_length=100, blank=True)
    area_source = models.CharField(max_length=330, blank=True)

    def __str__(self):
        return f"baseline of {self.application_id}"
