"""When a backup was last tried: one line in VAR_DIR."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from config import clock


def _place() -> Path:
    return Path(settings.VAR_DIR) / "backup-rehearsed"


def remember() -> None:
    """A backup was read to its end just now, and all of it was well."""
    _place().write_text(clock.now().isoformat() + "\n")


def last_rehearsed() -> datetime | None:
    """The moment (with its time zone) when a backup was last restored or rehearsed; None when never."""
    try:
        moment = datetime.fromisoformat(_place().read_text().strip())
    except (OSError, ValueError):
        return None
    return moment if moment.tzinfo else None
