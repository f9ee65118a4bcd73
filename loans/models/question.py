"""What the officer asked for beyond the form."""

from django.db import models

from vault.fields import EncryptedTextField
from vault.models import Sealed


class Question(Sealed):
    """One page or paper re-opened for the applicant, with the reason. Open until the answer is sent."""

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="questions")
    event = models.ForeignKey("loans.Event", models.PROTECT, related_name="questions")
    topic = models.SlugField()  # a section's slug; papers are the section "papers"
    reason = EncryptedTextField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.application_id}: {self.topic}"
