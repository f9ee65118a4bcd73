"""What the applicant and the loan office write to each other about a case."""

from django.conf import settings
from django.db import models

from vault.fields import EncryptedTextField
from vault.models import Sealed, StoredFile


class Message(Sealed):
    """One message of a case's thread, its words and files sealed. The event says that it was written, and no more.

    The thread is between the person who asked for the loan and the office; `read_at` is when somebody of the other
    side first had it on the screen.
    """

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="messages")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="message")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_office = models.BooleanField()
    text = EncryptedTextField()
    files = models.ManyToManyField(StoredFile, related_name="messages")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["application", "from_office"], condition=models.Q(read_at=None), name="unread_message")
        ]

    def __str__(self):
        return f"message {self.pk} of {self.application_id}"
