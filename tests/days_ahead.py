"""The same hour of the office on another day: summer time takes no test over midnight."""

from datetime import timedelta

from django.utils import timezone

from config import clock


def days_ahead(days):
    """The moment `days` from today (negative: ago) at this hour of the office's clock."""
    wall = clock.now().astimezone(timezone.get_current_timezone()).replace(tzinfo=None)
    return timezone.make_aware(wall + timedelta(days=days))
