"""The lender's own name and addresses, and every letter that left the house or is about to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config import clock
from letters.codes import new_code
from letters.spoken import spoken
from vault.fields import EncryptedJSONField, EncryptedTextField
from vault.models import Sealed, StoredFile

WAITING, CLAIMED, HANDED_OVER, UNCERTAIN, FAILED = "waiting", "claimed", "handed_over", "uncertain", "failed"
PRINTED, CAME_BACK = "printed", "came_back"  # of letters by post alone
STATES = [
    (WAITING, _("waiting")),
    (CLAIMED, _("being sent")),
    (HANDED_OVER, _("sent")),
    (UNCERTAIN, _("may have been sent")),
    (FAILED, _("could not be sent")),
    (PRINTED, _("printed, not posted yet")),
    (CAME_BACK, _("came back")),
]
MAIL, TEXT, POST = "mail", "text", "post"  # POST: printed and posted by hand, to whoever has no mailbox
CHANNELS = [(MAIL, _("by e-mail")), (TEXT, _("by text message")), (POST, _("by post"))]


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
    in_other_languages = models.JSONField(default=dict, blank=True)  # language → {"hours": …}; see letters.spoken
    logo = models.CharField(_("logo"), max_length=200, blank=True, help_text=_("A path among the static files."))

    objects = LenderManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_lender")]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """The full name in the reader's language."""
        return spoken(self, "name").text

    @property
    def hours(self) -> str:
        """The opening hours in the reader's language."""
        return spoken(self, "hours").text

    @property
    def statutes(self) -> list[str]:
        """The names of the laws that our contracts cite, in the reader's language."""
        return [line.strip() for line in spoken(self, "statutes").text.splitlines() if line.strip()]


class Letter(Sealed):
    """One thing we tell one person on one occasion: written with the decision, sent after it, by mail or by text.

    One to somebody without a mailbox goes by post: it waits until a person prints it, and no machine sends it.

    One by post may take the place of one by mail that did not arrive (`instead_of`): same facts, same attachments.

    `address` is an e-mail address or, for a text, a telephone number (E.164). By `code` somebody can ask us whether a
    message is really ours. `facts` are frozen when the letter is posted; `subject` and `body` are the words as they
    were sent.
    """

    kind = models.SlugField(max_length=40)
    channel = models.CharField(max_length=4, default=MAIL, choices=CHANNELS)
    code = models.CharField(max_length=8, unique=True, default=new_code)
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
    posted_on = models.DateField(null=True)  # of a letter by post: the day of the postmark
    tracking = models.CharField(max_length=40, blank=True)
    instead_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="posted_instead")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "try_again_at"], name="letter_to_deliver")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "to", "occasion", "channel"],
                condition=Q(to__isnull=False),
                name="one_letter_per_person",
            ),
            models.UniqueConstraint(
                fields=["kind", "address_hash", "occasion", "channel"],
                condition=Q(to=None),
                name="one_letter_per_address",
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=False, address_hash="") | (Q(to=None) & ~Q(address_hash="")),
                name="letter_has_one_addressee",
            ),
        ]

    def __str__(self):
        return f"{self.kind} letter {self.pk}"


class Trace(models.Model):
    """One thing that became of a letter by mail: in ink (loans.models.guards), without words.

    `files` are the SHA-256 of what was attached, where it was handed over; `key` is unique for the letter, so that the
    same news counts once; `address_hash` is of the address it went to (vault.lookup, purpose "letters.address").
    """

    class What(models.TextChoices):
        HANDED_OVER = "handed_over", _("handed to the mail server")
        DELIVERED = "delivered", _("delivered")
        HARD = "hard", _("came back for good")
        SOFT = "soft", _("came back for now")
        COMPLAINED = "complained", _("called unwanted by the reader")

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="traces")
    what = models.CharField(max_length=12, choices=What)
    at = models.DateTimeField(default=clock.now)
    key = models.CharField(max_length=64)
    address_hash = models.CharField(max_length=64, db_index=True)
    files = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "key"], name="news_of_a_letter_counts_once")]

    def __str__(self):
        return f"{self.letter_id}: {self.what}"


class SignedCatalogue(models.Model):
    """Somebody who knows the language has read its catalogue: from then on we offer it, until that is taken back.

    `fingerprint` is that of the words as they were read (letters.catalogues), so that later changes are seen.
    """

    language = models.CharField(max_length=7)
    read_by = models.CharField(max_length=150)
    read_on = models.DateField()
    fingerprint = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["language"], condition=Q(ended_at=None), name="a_catalogue_is_signed_once_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.language}: {self.read_by}"
