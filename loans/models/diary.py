"""The diary of a case: what is to be done and by when, whom one meets, and whom one asked about the person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.wording import day
from vault.fields import EncryptedTextField
from vault.models import Sealed


class Task(Sealed):
    """Something to be done for a case on a day; with a time and a way it is an appointment.

    `event` tells who made it and when; `closed` who did it or cancelled it. The clock makes those about a `letter` that
    did not arrive: they have no words of their own.
    """

    class Way(models.TextChoices):
        TELEPHONE = "telephone", _("By telephone")
        VIDEO = "video", _("On a video call")
        OFFICE = "office", _("At the office")

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="tasks")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="task")
    what = EncryptedTextField()
    for_whom = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks")
    due_on = models.DateField()
    at = models.TimeField(null=True)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    with_whom = EncryptedTextField(null=True)
    closed = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="closed_task")
    is_cancelled = models.BooleanField(default=False)
    result = EncryptedTextField(null=True)
    letter = models.ForeignKey("letters.Letter", models.PROTECT, null=True, related_name="tasks")

    class Meta:
        ordering = ["due_on", "at", "pk"]
        indexes = [models.Index(fields=["for_whom", "due_on"], condition=models.Q(closed=None), name="open_task")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way="", at=None) | (~models.Q(way="") & models.Q(at__isnull=False)),
                name="an_appointment_has_time_and_way",
            ),
            models.UniqueConstraint(
                fields=["letter"], condition=models.Q(closed=None), name="a_letter_is_looked_after_once_at_a_time"
            ),
        ]

    def __str__(self):
        return f"task {self.pk} of {self.application_id}"

    @property
    def words(self):
        """What is to be done, in the reader's language where the clock asks for it; empty once erased."""
        if self.letter_id is None:
            return self.what
        told = {"day": day(self.letter.created_at), "name": self.letter.to or self.letter.facts.get("name", "")}
        return str(_("The letter of %(day)s to %(name)s did not arrive. Ring, or send it by post.") % told)


class ReferenceContact(Sealed):
    """Somebody who knows the person was asked about them: who, how, when, what they said. Never changed."""

    class How(models.TextChoices):
        TELEPHONE = "telephone", _("By telephone")
        EMAIL = "email", _("By e-mail")
        LETTER = "letter", _("By letter")
        IN_PERSON = "in_person", _("In person")

    class Verdict(models.TextChoices):
        SUPPORTS = "supports", _("speaks for it")
        NEUTRAL = "neutral", _("says neither")
        AGAINST = "against", _("speaks against it")
        UNREACHED = "unreached", _("could not be reached")

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="references")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="reference")
    name = EncryptedTextField()
    relation = EncryptedTextField()
    how = models.CharField(max_length=10, choices=How)
    on = models.DateField()
    said = EncryptedTextField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"reference {self.pk} of {self.application_id}"
