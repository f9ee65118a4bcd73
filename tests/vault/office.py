"""Emptying the office of a test, as a new machine would be: migrated, and nothing in it."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command

from tests.ink import lift_guards
from vault.models import StoredFile


def run(command, *arguments, **options):
    """What `manage.py` says on its standard output."""
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def leave_nothing():
    """Empty tables and an empty storage; the flush puts the guards back."""
    for path in StoredFile.objects.values_list("path", flat=True):
        default_storage.delete(path)
    lift_guards()
    call_command("flush", interactive=False)


def files_in_storage():
    """Path → bytes of every file that lies in the storage."""
    room = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    return {str(path.relative_to(room)): path.read_bytes() for path in room.rglob("*") if path.is_file()}
