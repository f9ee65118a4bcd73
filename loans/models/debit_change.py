"""A change of what is drawn from the borrower's account, until its notice is out."""

from django.db import models


class DebitChange(models.Model):
    """That coming debits changed without the payer asking, and what they were before: codes, days and cents only.

    `debits`: [{"due_on", "on", "cents", "asked_cents"}] as they stood before. A notice goes out ten days before the
    first changed one (loans.lifecycle.lending.debits); `told_at` is when, or when it was found that there is nothing to
    tell.
    """

    class Why(models.TextChoices):
        INDEX = "index"
        RATE = "rate"
        FEE = "fee"

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="debit_changes")
    occasion = models.CharField(max_length=60)  # "plan:3", "fee:812"
    why = models.CharField(max_length=5, choices=Why)
    debits = models.JSONField()
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["loan", "occasion"], name="debits_change_once_an_occasion")]
        indexes = [models.Index(fields=["loan"], condition=models.Q(told_at=None), name="debits_to_announce")]

    def __str__(self):
        return f"{self.loan_id}: {self.why}, {self.occasion}"
