"""What a decision rested on, frozen with it: a row in ink that holds the hash, and the sealed words beside it."""

from django.db import models

from vault.fields import EncryptedTextField
from vault.models import Sealed


class DecisionRecord(models.Model):
    """One decision on a case and the hash of the file it was taken on. Append-only (loans.models.guards)."""

    class Outcome(models.TextChoices):
        APPROVED = "approved"
        DECLINED = "declined"
        DECISION_STANDS = "decision_stands"
        APPEAL_GRANTED = "appeal_granted"

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="records")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="record")
    outcome = models.CharField(max_length=20, choices=Outcome)
    made_at = models.DateTimeField()
    hash = models.CharField(max_length=64)  # of the body, salted; it stands in the event's detail too
    hash_version = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.application_id}: {self.outcome}"

    @property
    def is_erased(self):
        """Whether the years of the file are over: its hash is all that is left."""
        return not hasattr(self, "body")


class RecordBody(Sealed):
    """The frozen file itself, canonical JSON (loans.lifecycle.deciding.record). Erased when its years are over."""

    record = models.OneToOneField(DecisionRecord, models.PROTECT, related_name="body")
    salt = models.CharField(max_length=32)
    text = EncryptedTextField()

    class Meta:
        verbose_name_plural = "record bodies"

    def __str__(self):
        return f"body of record {self.record_id}"
