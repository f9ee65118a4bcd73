"""A file on its way: what has arrived of it lies sealed until the rest is here."""

import secrets

from django.conf import settings
from django.db import models

from vault.fields import EncryptedTextField
from vault.models import Sealed, StoredFile


def new_code():
    """An address nobody guesses: 256 bits of chance."""
    return secrets.token_urlsafe(32)


class Upload(Sealed):
    """One file that one person sends to one case, piece by piece. Over when it became a page, or was refused."""

    code = models.CharField(max_length=43, unique=True, default=new_code)
    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.SlugField()
    name = EncryptedTextField()
    size = models.PositiveIntegerField()  # bytes the whole file has
    sha256 = models.CharField(max_length=64, blank=True)  # of the whole file; empty when the device cannot tell
    arrived = models.PositiveIntegerField(default=0)  # bytes that are here
    touched_at = models.DateTimeField()
    page = models.OneToOneField("loans.Page", models.SET_NULL, null=True, related_name="+")  # what it became
    outcome = models.SlugField(blank=True)  # "kept", or the code of loans.lifecycle.refusal.Refused

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.application_id}: {self.arrived} of {self.size} bytes"

    @property
    def percent(self):
        """How much of it is here, in whole percent."""
        return self.arrived * 100 // self.size


class Piece(models.Model):
    """The next bytes of an upload, sealed."""

    upload = models.ForeignKey(Upload, models.PROTECT, related_name="pieces")
    start = models.PositiveIntegerField()
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="piece")

    class Meta:
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="one_piece_a_place")]

    def __str__(self):
        return f"{self.upload_id}: from {self.start}"
