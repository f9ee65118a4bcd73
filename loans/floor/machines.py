"""The floor of safety: the database, the cache, the clock and the work of the night."""

import contextlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from config import clock
from loans.floor.finding import Finding
from loans.models import guards

PROBE = "floor-of-safety-probe"  # its name in the cache
NIGHT_DONE = "nightly-done"  # the file in VAR_DIR that loans.tasks.nightly writes at its end
NIGHT_WITHIN = timedelta(hours=26)
MOST_DRIFT_SECONDS = 60


def database_is_postgresql():
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        return None
    sentence = "The data lies in SQLite, which carries one writer at a time and no nightly dump from elsewhere."
    return Finding("database", sentence, "Set DATABASE_URL=postgres://user:password@host:5432/name and migrate.")


def guards_are_standing():
    if lacking := guards.missing():
        sentence = f"The books are not guarded: {', '.join(lacking)} missing."
        return Finding("guards", sentence, "Run `manage.py migrate`: it installs the guards again.")
    return None


def cache_keeps_what_it_is_given():
    with contextlib.suppress(Exception):  # whichever way a cache fails
        cache.set(PROBE, "kept", 60)
        if cache.get(PROBE) == "kept":
            return None
    remedy = "Run `manage.py createcachetable`, or look at CACHE_URL."
    return Finding("cache", "The cache keeps nothing: tries at signing in are not counted.", remedy)


def clocks_agree():
    seconds = "extract(epoch from clock_timestamp())" if connection.vendor == "postgresql" else "strftime('%s', 'now')"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {seconds}")
        drift = abs(float(cursor.fetchone()[0]) - clock.now().timestamp())
    if drift < MOST_DRIFT_SECONDS:
        return None
    sentence = f"The clock of the database and ours are {drift:.0f} seconds apart."
    return Finding("clock", sentence, "Let both machines take the time from the network (systemd-timesyncd, chrony).")


def time_zone_is_known():
    try:
        ZoneInfo(settings.TIME_ZONE)
    except (KeyError, ValueError, OSError):
        sentence = f"OFFICE_TIME_ZONE={settings.TIME_ZONE} is no time zone."
        return Finding("time_zone", sentence, "Set a name such as America/Toronto.")
    return None


def last_night_was_done():
    done_at = _moment_in(NIGHT_DONE)
    if done_at and clock.now() - done_at < NIGHT_WITHIN:
        return None
    told = f"was last done on {clock.day_of(done_at)}" if done_at else "was never done here"
    remedy = "Start `celery beat`, or let cron run `manage.py nightly` (docs/running.md, Processes)."
    return Finding("nightly", f"The work of the night {told}.", remedy, is_serious=False)


def _moment_in(name: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat((settings.VAR_DIR / name).read_text().strip())
    except (OSError, ValueError):
        return None
    return moment if moment.tzinfo else None
