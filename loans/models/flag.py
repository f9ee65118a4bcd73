"""Flags of a case: what somebody answered about each, and how many were open when they were last counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.models.history import words_hash
from vault.models import Sealed


class FlagAnswer(Sealed):
    """Somebody looked at a flag and says what it is. Rows are added and never changed: of each flag the newest holds.

    A flag itself is worked out whenever it is shown (loans.lifecycle.reviewing.flags); `flag` is its name there. The
    answer holds for the facts that it was given about, and no others. By whom, when and why (the note) say the event.
    """

    class Verdict(models.TextChoices):
        SOMEBODY_ELSE = "somebody_else", _("Is somebody else")
        FINE = "fine", _("Known, and fine")
        FOLLOW = "follow", _("To be followed")

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="flag_answers")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="flag_answer")
    flag = models.CharField(max_length=80)
    verdict = models.CharField(max_length=15, choices=Verdict)
    facts_hash = models.CharField(max_length=64)  # salted with the row's own seal

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.application_id} {self.flag}: {self.verdict}"

    def is_about(self, facts):
        """Whether it was given about these very facts (a text)."""
        return self.facts_hash == self.hash_of(facts)

    def hash_of(self, facts):
        """What stands for these facts in this row."""
        return words_hash(self.seal.hex, facts)


class FlagCount(models.Model):
    """How many flags of a case were open, and how many to be followed, when they were last counted.

    So that a list and the file page tell it without working all out; what is shown in full is worked out afresh.
    """

    application = models.OneToOneField("loans.Application", models.CASCADE, related_name="flag_count")
    counted_at = models.DateTimeField()
    open = models.PositiveSmallIntegerField()
    followed = models.PositiveSmallIntegerField()
    sanctions_told = models.JSONField(default=list)  # tokens of the names on lists of which the officer was written

    def __str__(self):
        return f"{self.application_id}: {self.open} open"
