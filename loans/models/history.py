"""The story of a case: what was done, by whom, when. Ids, codes and dates only; words stand in `Note`."""

import hashlib
import secrets

from django.conf import settings
from django.db import models

from accounts.actors import Actor
from vault.fields import EncryptedTextField
from vault.models import Sealed


class Event(models.Model):
    """One line of a case's story. Append-only (loans.models.guards) and without words."""

    case = models.ForeignKey("loans.Application", models.PROTECT, related_name="events")
    subject_kind = models.SlugField(max_length=20)  # application, loan, advance, document
    subject_id = models.BigIntegerField()
    verb = models.SlugField()
    from_state = models.SlugField()
    to_state = models.SlugField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor = models.SlugField(max_length=10)  # "user", or an accounts.actors.Actor when `by` is null
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)  # codes, ids, cents, ISO dates
    words_hash = models.CharField(max_length=64, blank=True)  # of the note, salted
    once_key = models.CharField(max_length=64, null=True, unique=True)
    body_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor="user", by__isnull=False)
                | models.Q(actor__in=[a.value for a in Actor], by=None),
                name="an_event_has_one_actor",
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.verb}"


class Note(Sealed):
    """What somebody wrote beside an event. The retention rules may empty it; the event, and its hash, stay."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="note")
    salt = models.CharField(max_length=32)
    text = EncryptedTextField()

    def __str__(self):
        return f"note on {self.event_id}"


def words_hash(salt, text):
    """SHA-256 of salt and text: proves the words without keeping them."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def new_salt():
    """Sixteen random bytes, in hex: without it a short note could be guessed from its hash."""
    return secrets.token_hex(16)


class Mishap(models.Model):
    """A case that a nightly job had to pass over: which, on what verb, and the kind of error. No words of persons."""

    verb = models.SlugField()
    subject_kind = models.SlugField(max_length=20)
    subject_id = models.BigIntegerField()
    error = models.CharField(max_length=80)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.verb} of {self.subject_kind} {self.subject_id}: {self.error}"
