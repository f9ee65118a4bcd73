"""A change of the office's own settings: who proposed it, what it changes and why, who agreed. Rows are the history."""

from django.conf import settings
from django.db import models

from vault.fields import EncryptedTextField
from vault.models import Sealed


class SettingChangeQuerySet(models.QuerySet):
    def waiting(self):
        """What a second person has not confirmed or refused yet, the oldest first."""
        return self.filter(is_confirmed=None).order_by("pk")

    def of(self, kind, code):
        """All that was ever proposed about one setting, the newest first."""
        return self.filter(kind=kind, code=code).order_by("-pk")


class SettingChange(Sealed):
    """One change of one setting (`kind` of loans.settings.KINDS, `code` of its rows). Never edited after its answer.

    `before` and `values` hold every answer as it stood and as it shall stand; `before` is null for what is new.
    A change that takes two holds nothing until a second person confirms it; another one holds at once.
    """

    class Act(models.TextChoices):
        ADD = "add"
        CHANGE = "change"
        CLOSE = "close"

    kind = models.SlugField(max_length=30)
    code = models.SlugField(max_length=60)
    act = models.CharField(max_length=6, choices=Act)
    before = models.JSONField(null=True)
    values = models.JSONField()
    effective_from = models.DateField(null=True)  # of a dated setting: its first day; of one that ends: its last
    reason = EncryptedTextField()
    takes_two = models.BooleanField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(null=True)  # null while it waits
    once_key = models.CharField(max_length=64, null=True, unique=True)  # of the form that proposed it

    objects = SettingChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "code"], name="setting_change_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"], condition=models.Q(is_confirmed=None), name="a_setting_change_waits_once"
            ),
            models.CheckConstraint(
                condition=models.Q(is_confirmed=None, decided_at=None, decided_by=None)
                | models.Q(is_confirmed__isnull=False, decided_at__isnull=False),
                name="a_setting_change_is_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(takes_two=False) | ~models.Q(is_confirmed=True) | models.Q(decided_by__isnull=False),
                name="a_confirmed_setting_has_a_second_person",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="a_setting_change_takes_two",
            ),
        ]

    def __str__(self):
        return f"{self.act} {self.kind} {self.code}"

    @property
    def changed(self):
        """The names of the answers that it changes, by alphabet: a database keeps the order of no JSON."""
        before = self.before or {}
        return sorted(name for name, value in self.values.items() if value != before.get(name))
