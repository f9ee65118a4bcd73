"""The only clock of the house. Everything that asks what time it is asks here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("frozen_moment", default=None)


def now() -> datetime:
    """The present moment, with its time zone (UTC)."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """The office's calendar day (`TIME_ZONE`): at 23:30 in Ottawa it is still today there."""
    return timezone.localdate(now())


def day_of(moment: datetime) -> date:
    """The office's calendar day on which `moment` (with a time zone) falls."""
    return timezone.localdate(moment)


def last_moment_of(day: date) -> datetime:
    """The end of the office's calendar day `day`: nothing of the day is later, and nothing of the next one earlier."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) - datetime.resolution


def is_set() -> bool:
    """Whether the house lives at another moment than the present: in the demo, `nightly --on` and tests."""
    return _frozen.get() is not None


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Let the house live at `moment`: for the demo, `nightly --on` and tests, never for a web request.

    Raises ValueError when `moment` has no time zone.
    """
    if timezone.is_naive(moment):
        raise ValueError(f"a moment needs its time zone: {moment!r}")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _frozen.reset(token)
