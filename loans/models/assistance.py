"""Help with the form: who types for whom, by which way, with which consent; and the page a person signs instead."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vault.fields import EncryptedTextField
from vault.models import Sealed, StoredFile


class Way(models.TextChoices):
    """How somebody is helped with the form."""

    TELEPHONE = "telephone", _("by telephone")
    DESK = "desk", _("at the desk")
    PAPER = "paper", _("from paper")
    HELPER = "helper", _("by somebody the person asked")


class Assistance(Sealed):
    """Somebody types a draft for the person whose it is, from `event` until `ended`.

    The person agreed: spoken, to words that were read to them (`event` says who noted it and when), or on their own
    page when they asked a helper. `phone` (E.164) is the number they gave for a code, if any; it is never changed.
    """

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="assistances")
    event = models.ForeignKey("loans.Event", models.PROTECT, related_name="+")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    words_version = models.CharField(max_length=10)
    words_language = models.CharField(max_length=7)
    words = models.TextField()  # as they were read
    phone = EncryptedTextField(null=True)
    name = EncryptedTextField(null=True)  # of a helper, as the person calls them, with their organization
    ended = models.ForeignKey("loans.Event", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(ended=None), name="one_person_helps_at_a_time"
            )
        ]

    def __str__(self):
        return f"help {self.pk} with {self.application_id}"


class SignedPage(models.Model):
    """A printing of the answers for a signature; then the scan of the signed page, and the two who compared both.

    `fingerprint` is that of the answers (lifecycle.fingerprint): with the next keystroke the page is void.
    """

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="signed_pages")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="+")  # printed
    fingerprint = models.CharField(max_length=64)
    scan = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    thumbnail = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    scan_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the scan, once it is erased
    sheets = models.PositiveIntegerField(default=1)
    checked = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="+")
    confirmed = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="+")
    turned_down = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked=None) | models.Q(scan__isnull=False) | ~models.Q(scan_hash=""),
                name="what_is_checked_was_scanned",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed=None) | models.Q(checked__isnull=False, turned_down=None),
                name="a_signed_page_is_checked_first",
            ),
        ]

    def __str__(self):
        return f"page {self.pk} of {self.application_id}"

    @property
    def code(self):
        """What stands on the paper, by which one tells it from another printing: "4F2A-91C3"."""
        return f"{self.fingerprint[:4]}-{self.fingerprint[4:8]}".upper()

    def let_go(self):
        """Keep no more of the scan than its hash; gives the files that nothing holds any more."""
        files = [file for file in (self.scan, self.thumbnail) if file]
        self.scan_hash, self.scan, self.thumbnail = self.scan.sha256, None, None
        self.save(update_fields=["scan_hash", "scan", "thumbnail"])
        return files
