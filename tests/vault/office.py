"""The office of a test, looked at from outside, and emptied as a new machine would be: migrated, and nothing in it."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from tests.ink import lift_guards
from vault.backup import rows
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


def everything():
    """Model → the lines of its rows."""
    return {model._meta.label: list(rows.lines(model)) for model in rows.tables()}


def refused(*arguments, **options):
    """Why `restore` refuses, having changed nothing."""
    before, files = everything(), files_in_storage()
    with pytest.raises(CommandError) as error:
        run("restore", *arguments, **options)
    assert (everything(), files_in_storage()) == (before, files)
    assert str(error.value).startswith("Nothing was restored: ")
    return str(error.value).removeprefix("Nothing was restored: ")
