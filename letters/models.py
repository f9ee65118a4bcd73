"""The lender's own name and addresses, and every letter that left the house or is about to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from config import clock
from vault.fields import EncryptedJSONField, EncryptedTextField
from vault.models import Sealed, StoredFile

WAITING, CLAIMED, HANDED_OVER, UNCERTAIN, FAILED = "waiting", "claimed", "handed_over", "uncertain", "failed"
STATES = [
    (WAITING, _("waiting")),
    (CLAIMED, _("being sent")),
    (HANDED_OVER, _("sent")),
    (UNCERTAIN, _("may have been sent")),
    (FAILED, _("could not be sent")),
]


class LenderManager(models.Manager):
    def current(self) -> "Lender":
        """The house itself; until somebody has described it, one without a name of its own (not saved)."""
        return self.first() or Lender(name_en="The loan office", name_fr="Le bureau de prêts")


class Lender(models.Model):
    """The house itself, as it signs its letters and contracts: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name_en = models.CharField(_("name in English"), max_length=150)
    name_fr = models.CharField(_("name in French"), max_length=150)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True, help_text=_("Replies to our letters go here."))
    website = models.URLField(_("website"), blank=True)
    hours_en = models.TextField(_("opening hours in English"), blank=True)
    hours_fr = models.TextField(_("opening hours in French"), blank=True)
    statutes_en = models.TextField(_("laws named in contracts, in English"), blank=True, help_text=_("One a line."))
    statutes_fr = models.TextField(_("laws named in contracts, in French"), blank=True, help_text=_("One a line."))
    logo = models.CharField(_("logo"), max_length=200, blank=True, help_text=_("A path among the static files."))

    objects = LenderManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_lender")]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """The full name in the reader's language."""
        return self._spoken("name")

    @property
    def hours(self) -> str:
        """The opening hours in the reader's language."""
        return self._spoken("hours")

    @property
    def statutes(self) -> list[str]:
        """The names of the laws that our contracts cite, in the reader's language."""
        return [line.strip() for line in self._spoken("statutes").splitlines() if line.strip()]

    def _spoken(self, what):
        french = (get_language() or "").startswith("fr")
        return getattr(self, f"{what}_fr" if french else f"{what}_en")


class Letter(Sealed):
    """One thing we tell one person on one occasion: written with the decision, sent after it.

    `facts` are frozen when the letter is posted; `subject` and `body` are the words as they were sent.
    """

    kind = models.SlugField(max_length=40)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="letters")
    address = EncryptedTextField()
    address_hash = models.CharField(max_length=64, blank=True)  # only where `to` is null
    language = models.CharField(max_length=7)
    facts = EncryptedJSONField()
    occasion = models.CharField(max_length=100)
    case_reference = models.CharField(max_length=40, blank=True, db_index=True)
    attachments = models.ManyToManyField(StoredFile, related_name="letters")
    subject = EncryptedTextField(null=True)
    body = EncryptedTextField(null=True)

    state = models.CharField(max_length=12, default=WAITING, choices=STATES)
    message_id = models.CharField(max_length=200, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    try_again_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    repeated_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "try_again_at"], name="letter_to_deliver")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "to", "occasion"], condition=Q(to__isnull=False), name="one_letter_per_person"
            ),
            models.UniqueConstraint(
                fields=["kind", "address_hash", "occasion"], condition=Q(to=None), name="one_letter_per_address"
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=False, address_hash="") | (Q(to=None) & ~Q(address_hash="")),
                name="letter_has_one_addressee",
            ),
        ]

    def __str__(self):
        return f"{self.kind} letter {self.pk}"
