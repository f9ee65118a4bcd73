"""Putting a backup into an empty house, or only reading it as if: nothing is changed before all of it was read."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from vault import files
from vault.backup import reading, rehearsal, rows, versions
from vault.errors import BackupRefused, Damaged


def rehearse(path: Path) -> tuple[reading.Contents, int]:
    """Read the backup at `path` to its end and write nothing but today's date.

    Returns what it holds, and how many of its sealed values or files no longer open (only 0 counts as rehearsed).
    Raises BackupRefused, UnknownKey, Damaged and OSError.
    """
    inspector = reading.Inspector()
    contents = reading.read(path, inspector)
    inspector.check_keys()
    if not inspector.unreadable:
        rehearsal.remember()
    return contents, inspector.unreadable


def restore(path: Path) -> tuple[reading.Contents, int]:
    """Put everything the backup at `path` holds into this empty house, in one transaction; returns as `rehearse` does.

    Raises BackupRefused when somebody lives here already, otherwise as `rehearse`; then nothing was changed.
    """
    refuse_if_lived_in()
    _, unreadable = rehearse(path)
    restorer = _Restorer()
    try:
        with transaction.atomic():
            refuse_if_lived_in()
            rows.clear()
            contents = reading.read(path, restorer)
            _prove(contents)
            rows.set_sequences(rows.tables())
    except BaseException:
        restorer.undo()
        raise
    return contents, unreadable


def refuse_if_lived_in() -> None:
    """Raises BackupRefused when a table of settings.VAULT_LIVED_IN has a row, or `migrate` has not run."""
    versions.in_step()
    for label in settings.VAULT_LIVED_IN:
        if apps.get_model(label)._base_manager.exists():
            raise BackupRefused(f"this house is not empty ({label} has rows): restore into a new database")


class _Restorer:
    """Writes rows into the database and files into the storage; remembers the files, which no rollback takes back."""

    def __init__(self):
        self._laid = []

    def rows(self, model, found):
        rows.insert(model, found)

    def file(self, path, sealed):
        if not default_storage.exists(path):
            self._laid.append(path)
            files.put_back(path, sealed)
        elif files.sealed_at(path) != sealed:
            raise BackupRefused(f"the storage holds another file at {path}: restore into an empty folder")

    def undo(self):
        for path in self._laid:
            files.remove(path)


def _prove(contents):
    """Raises Damaged unless each table now says what the backup said, byte for byte."""
    for model in rows.tables():
        if rows.digest(model) != contents.digests[model._meta.label]:
            raise Damaged(f"{model._meta.label}: this database does not give back what the backup holds")
