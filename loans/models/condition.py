"""What must be there before an agreement is signed or money is sent, and how it was met."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config import clock
from letters.spoken import spoken
from vault.fields import EncryptedTextField
from vault.models import Sealed


class ConditionWords(models.Model):
    """One condition of the bank, worded from a day on. In ink (loans.models.guards): other words are a new row."""

    code = models.SlugField()
    purpose = models.SlugField(blank=True)  # only for loans of this purpose; empty: for all
    text_en = models.CharField(max_length=300)
    text_fr = models.CharField(max_length=300)
    in_other_languages = models.JSONField(default=dict, blank=True)  # language → {"text": …}
    is_offered = models.BooleanField(default=True)  # a later row without it ends the condition
    to_confirm = models.JSONField(default=list, blank=True)  # languages whose words nobody has confirmed yet
    effective_from = models.DateField()

    class Meta:
        ordering = ["effective_from", "pk"]
        verbose_name_plural = "condition words"

    def __str__(self):
        return f"{self.code}, from {self.effective_from}"

    @property
    def text(self):
        """The condition, in the reader's language."""
        return spoken(self, "text").text

    @classmethod
    def in_force(cls, purpose):
        """The wordings of today for loans of `purpose`, the newest of each code, in the order in which they came."""
        newest = {row.code: row for row in cls.objects.filter(effective_from__lte=clock.today())}
        return [row for row in newest.values() if row.is_offered and row.purpose in ("", purpose)]


class ConditionQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not taken out again before the decision; in the order in which they were asked for."""
        return self.exclude(outcome=Condition.Outcome.DROPPED).select_related("words")

    def before_signing(self):
        """Still open, and needed before the agreement is signed."""
        return self.filter(outcome="", before=Condition.Before.SIGNING)

    def before_money(self):
        """Still open, and needed before some of the money is sent."""
        return self.filter(outcome="", before=Condition.Before.ADVANCE)

    def before_advance(self, number):
        """Still open, and needed before the advance of this number is sent."""
        return self.before_money().filter(Q(advance=None) | Q(advance__lte=number))


class Condition(Sealed):
    """Something that must be there before signing, or before money is sent. Its words never change.

    They are those of a row of the bank, or were typed in English and French. `event` tells who asked for it; `closed`
    who found it met, waived it, or took it out again before the decision.
    """

    class Before(models.TextChoices):
        SIGNING = "signing", _("Before the agreement is signed")
        ADVANCE = "advance", _("Before money is sent")

    class Outcome(models.TextChoices):
        MET = "met", _("met")
        WAIVED = "waived", _("waived")
        DROPPED = "dropped", _("taken out")

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="conditions")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="condition")
    words = models.ForeignKey(ConditionWords, models.PROTECT, null=True, related_name="+")
    typed_en = EncryptedTextField(null=True)
    typed_fr = EncryptedTextField(null=True)
    before = models.CharField(max_length=7, choices=Before)
    advance = models.PositiveSmallIntegerField(null=True)  # the number of the advance; null: before any
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)  # empty: open
    closed = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="closed_condition")
    document = models.ForeignKey("loans.Document", models.PROTECT, null=True, related_name="+")
    note = EncryptedTextField(null=True)  # what was seen; why one was waived stands in its Waiver rows

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", closed=None) | (~Q(outcome="") & Q(closed__isnull=False)),
                name="a_closed_condition_says_how",
            ),
            models.CheckConstraint(
                condition=Q(advance=None) | Q(before="advance", advance__gt=0),
                name="only_an_advance_has_a_number",
            ),
        ]

    def __str__(self):
        return f"condition {self.pk} of {self.application_id}"

    @property
    def is_open(self):
        """Whether it is still to be met."""
        return not self.outcome

    def guards(self, number):
        """Whether it stands before the advance of this number."""
        return self.before == Condition.Before.ADVANCE and (self.advance or 1) <= number

    @property
    def text_en(self):
        return self.words.text_en if self.words else self.typed_en

    @property
    def text_fr(self):
        return self.words.text_fr if self.words else self.typed_fr

    @property
    def in_other_languages(self):
        """What the bank says in further languages; typed conditions have none."""
        return self.words.in_other_languages if self.words else {}

    @property
    def told(self):
        """The condition as near to the reader's language as there are words: (text, language)."""
        return spoken(self, "text")

    @property
    def text(self):
        """The condition, in the reader's language where there are words."""
        return self.told.text


class Reopening(Sealed):
    """A condition was marked as met by mistake and is open again: what had been seen stays here.

    `met` is the line that marked it, `event` the one that opened it again and holds the reason.
    """

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="reopenings")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="reopening")
    met = models.OneToOneField("loans.Event", models.PROTECT, related_name="+")
    document = models.ForeignKey("loans.Document", models.PROTECT, null=True, related_name="+")
    note = EncryptedTextField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.condition_id} open again"


class Waiver(Sealed):
    """Somebody who may decide the case does without a condition, and says why. Above the limit it takes several."""

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="waivers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="waiver")
    reason = EncryptedTextField(null=True)  # null: its years are over

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["condition", "by"], name="one_waiver_a_person")]

    def __str__(self):
        return f"{self.by} on {self.condition_id}"
