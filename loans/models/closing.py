"""Months of which the books are closed. Append-only (loans.models.guards): a closing is never undone."""

from django.conf import settings
from django.db import models


class Closing(models.Model):
    """The books are closed through a month's last day: what belongs there and comes later is booked on the day after.

    A later closing reaches further; the one that reaches furthest is in force.
    """

    through = models.DateField(unique=True)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["through"]

    def __str__(self):
        return f"closed through {self.through}"
