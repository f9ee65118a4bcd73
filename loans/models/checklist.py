"""The checklist of a case: what the office wants looked at before it lends, and what the officer found."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from config import clock
from letters.spoken import spoken
from vault.fields import EncryptedTextField
from vault.models import Sealed


class ChecklistItem(models.Model):
    """One wording of one item, from a day on. In ink (loans.models.guards): other words are a new row.

    A case names the rows it is looked at by (`Application.checklist`), so it keeps its list whatever is set later.
    """

    code = models.SlugField(max_length=60)
    purpose = models.SlugField(blank=True)  # only for loans of this purpose; empty: for all
    place = models.PositiveSmallIntegerField()  # in the list, from the first
    text_en = models.CharField(max_length=300)
    text_fr = models.CharField(max_length=300)
    help_en = models.CharField(max_length=600, blank=True)  # where to look, and what to write down
    help_fr = models.CharField(max_length=600, blank=True)
    must_be_answered = models.BooleanField(default=False)  # before anybody recommends the loan
    is_asked = models.BooleanField(default=True)  # a later row without it ends the item
    effective_from = models.DateField()

    class Meta:
        ordering = ["effective_from", "pk"]
        constraints = [models.UniqueConstraint(fields=["code", "effective_from"], name="one_wording_of_an_item_a_day")]

    def __str__(self):
        return f"{self.code}, from {self.effective_from}"

    @classmethod
    def in_force(cls, purpose, day=None):
        """The items asked on `day` (today) of loans for `purpose`, each in its newest wording, in their order."""
        newest = {row.code: row for row in cls.objects.filter(effective_from__lte=day or clock.today())}
        asked = [row for row in newest.values() if row.is_asked and row.purpose in ("", purpose)]
        return sorted(asked, key=lambda row: (row.place, row.pk))

    @property
    def text(self):
        """What is to be looked at, in the reader's language."""
        return spoken(self, "text").text

    @property
    def help(self):
        """Where to look, in the reader's language."""
        return spoken(self, "help").text

    @property
    def words_hash(self):
        """SHA-256, in hex, of both texts: what was asked can be proven later."""
        return hashlib.sha256(f"{self.text_en}\n{self.text_fr}".encode()).hexdigest()


class ChecklistAnswer(Sealed):
    """What the officer answered to one item of a case. Rows are added and never changed: the newest one counts.

    By whom and when says the event; one event may answer many items.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_APPLICABLE = "not_applicable", _("Does not apply")

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="checklist_answers")
    event = models.ForeignKey("loans.Event", models.PROTECT, related_name="checklist_answers")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=14, choices=Answer)
    note = EncryptedTextField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "item"], name="an_event_answers_an_item_once")]

    def __str__(self):
        return f"{self.application_id} item {self.item_id}: {self.answer}"
