"""The office's calendar: what it says about single days, beside the holidays that are known."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from money.calendar import Banking


class CalendarDayQuerySet(models.QuerySet):
    def in_force(self):
        """What was confirmed, the last word last: a later row about the same day and place supersedes an earlier."""
        return self.filter(is_confirmed=True).order_by("decided_at", "pk")

    def waiting(self):
        """What a second person has not confirmed or refused yet."""
        return self.filter(is_confirmed=None)


class CalendarDay(models.Model):
    """One day as the office knows it: payments move, do not, or the bank must be asked. Never edited: a new row says
    otherwise. One person enters it, a second confirms it; until then it holds nothing.
    """

    day = models.DateField()
    place = models.SlugField(max_length=20, blank=True)  # a key of loans.holidays.PLACES; empty: everywhere
    banking = models.CharField(max_length=6, choices=[(each.value, each.value) for each in Banking])
    reason_en = models.CharField(max_length=150)
    reason_fr = models.CharField(max_length=150)
    source = models.CharField(max_length=200)  # where the office knows it from: a letter of the bank, its own notice
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(null=True)  # null while it waits
    once_key = models.CharField(max_length=64, null=True, unique=True)  # of the form that entered it

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "place"], condition=models.Q(is_confirmed=None), name="a_day_is_proposed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(banking__in=[each.value for each in Banking]), name="a_day_is_open_closed_or_ask"
            ),
            models.CheckConstraint(
                condition=models.Q(is_confirmed=None, decided_at=None, decided_by=None)
                | models.Q(is_confirmed=False, decided_at__isnull=False)
                | models.Q(is_confirmed=True, decided_at__isnull=False, decided_by__isnull=False),
                name="a_confirmed_day_has_a_second_person",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="a_calendar_day_takes_two",
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.place or 'everywhere'}: {self.banking}"

    @property
    def reason(self):
        """Why, in the reader's language."""
        return self.reason_fr if (get_language() or "").startswith("fr") else self.reason_en
