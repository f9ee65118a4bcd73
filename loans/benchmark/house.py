"""A house beside the office's: a database, folder, letter box and doorbell of its own, gone at the end.

What is in ink can never be deleted, so nothing is measured in the office's own books.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection
from django.test.utils import override_settings

from config.celery import app
from loans.benchmark import reference
from loans.furnishing.office import furnish


class NoHouse(Exception):
    """The database server does not let us make a database."""


@contextmanager
def house_of_its_own() -> Iterator[str]:
    """Let everything happen in a new, furnished database, and say its name. Raises NoHouse.

    Letters are written and their doorbell is rung, as in an office with a broker, but in a memory that nobody reads:
    none leaves. Whatever ends the block (Ctrl-C and SIGTERM too), database and folder are removed.
    """
    room = Path(tempfile.mkdtemp(prefix="tremplin-bench-"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with override_settings(**_within(room)), _deaf_doorbell(), _database(room) as name:
            furnish()
            reference.lay_out()
            yield name
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _within(room: Path) -> dict[str, object]:
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(room / "files")}}
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # needs no collectstatic
    return {
        "DEMO": False,
        "ALLOWED_HOSTS": ["testserver"],  # as the browser of benchmark.desk calls us
        "VAR_DIR": room,
        "STORAGES": {"default": files, "staticfiles": static},
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "CLAMAV_URL": "",
    }


@contextmanager
def _deaf_doorbell() -> Iterator[None]:
    # Not broker_url: a CELERY_BROKER_URL of the environment would win over it.
    usual = {name: app.conf.get(name) for name in ("task_always_eager", "broker_write_url")}
    app.conf.update(task_always_eager=False, broker_write_url="memory://localhost")
    try:
        yield
    finally:
        app.conf.update(usual)


@contextmanager
def _database(room: Path) -> Iterator[str]:
    offices = connection.settings_dict["NAME"]
    is_file = connection.vendor == "sqlite"
    name = str(room / "bench.sqlite3") if is_file else f"bench_{os.getpid()}_{offices}"[:63]
    connection.close()
    connection.settings_dict["TEST"]["NAME"] = name
    try:
        _create()
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name  # however early we were stopped: never the office's own
        try:
            connection.creation.destroy_test_db(offices, verbosity=0)
        except (DatabaseError, OSError) as error:
            sys.stderr.write(f"{name} was not removed: {error}\n")


def _create() -> None:
    try:
        connection.creation.create_test_db(verbosity=0, serialize=False)
    except SystemExit as error:  # Django has told why
        raise NoHouse from error
