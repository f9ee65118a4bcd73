"""Everything the house knows in one sealed file, and back from it: rows of all tables, and the stored files.

Taken under load it shows one moment (one snapshot of the database); files are never changed in place, so those the
snapshot names are still there. A backup restores on either database, and only on the version it was made with.
"""

import base64
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from config import clock
from vault.backup import container, rows
from vault.backup.errors import BackupRefused
from vault.lookup import keyed_hash
from vault.models import StoredFile

__all__ = ["BackupRefused", "Contents", "check", "last_rehearsed", "rehearse", "restore", "take"]

REHEARSED = "backup-rehearsed"  # a file in VAR_DIR: when a backup was last read back


@dataclass(frozen=True)
class Contents:
    """What a backup holds: when it was made, rows by table, files, and files that were gone when it was made."""

    made_at: datetime
    rows: dict[str, int]
    files: int
    missing: int


def take(path: Path) -> Contents:
    """Write a backup to `path`, for its owner only, and read it back. Raises BackupRefused; leaves no half file."""
    part = path.with_name(path.name + ".part")
    try:
        with open(part, "xb", opener=_private) as file, _one_moment():
            container.write(file, _lines())
        found = check(part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.rename(path)
    return found


def check(path: Path) -> Contents:
    """Read the whole file and prove every row count and every file. Raises BackupRefused."""
    with open(path, "rb") as file:
        for record in _records(file):
            last = record
    return _contents(last)


def rehearse(path: Path) -> Contents:
    """`check`, and that this version could restore it; remembers the day for `last_rehearsed`."""
    with open(path, "rb") as file:
        _refuse_other_versions(next(_records(file)))
    found = check(path)
    _remember_rehearsal()
    return found


def restore(path: Path) -> Contents:
    """Fill an empty house from a backup, all or nothing. Raises BackupRefused before anything is changed.

    Run `manage.py migrate` before it and `manage.py audit` after it.
    """
    for model in rows.kept_models():
        if model._base_manager.exists():
            raise BackupRefused(f"This house is not empty: {model._meta.db_table} has rows. Restore into an empty one.")
    found = rehearse(path)
    laid_down: list[str] = []
    try:
        with open(path, "rb") as file, transaction.atomic():
            _fill(_records(file), laid_down)
            rows.reset_sequences()
    except BaseException:
        for name in laid_down:
            default_storage.delete(name)
        raise
    return found


def last_rehearsed() -> datetime | None:
    """When a backup was last read back as a whole, or None."""
    try:
        moment = datetime.fromisoformat((settings.VAR_DIR / REHEARSED).read_text().strip())
    except (OSError, ValueError):
        return None
    return moment if moment.tzinfo else None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction in which the database shows one moment, whatever others write meanwhile."""
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _lines() -> Iterator[bytes]:
    yield _line(
        {
            "made_at": clock.now().isoformat(),
            "migrations": rows.migrations(),
            "lookup": keyed_hash("backup", purpose="backup.key"),
        }
    )
    counted: Counter[str] = Counter()
    for model in rows.kept_models():
        for row in rows.lines_of(model):
            counted[row["t"]] += 1
            yield _line(row)
    files = missing = 0
    for path in StoredFile.objects.order_by("pk").values_list("path", flat=True):
        record = _file(path)
        files, missing = files + bool(record), missing + (not record)
        if record:
            yield _line(record)
    yield _line({"end": counted, "files": files, "missing": missing})


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, separators=(",", ":")).encode()


def _file(path: str) -> dict[str, Any] | None:
    """A stored file, sealed as it lies; None when it was discarded meanwhile."""
    try:
        with default_storage.open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return None
    return {"f": path, "sha256": hashlib.sha256(data).hexdigest(), "bytes": base64.b64encode(data).decode()}


def _records(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """Every record, proved: the head first, the end last, with the counts it tells."""
    counted: Counter[str] = Counter()
    files, head, record = 0, None, None
    for line in container.read(file):
        record = json.loads(line)
        if head is None:
            head = record
        elif "t" in record:
            counted[record["t"]] += 1
        elif "f" in record:
            files += 1
            if hashlib.sha256(base64.b64decode(record["bytes"])).hexdigest() != record["sha256"]:
                raise BackupRefused(f"The stored file {record['f']} is damaged in the backup.")
        elif record["end"] != counted or record["files"] != files:
            raise BackupRefused("The backup does not hold what its end says.")
        yield {**record, "made_at": head["made_at"]} if "end" in record else record
    if record is None or "end" not in record:
        raise BackupRefused("The backup has no end: it is cut off.")


def _contents(end: dict[str, Any]) -> Contents:
    return Contents(datetime.fromisoformat(end["made_at"]), end["end"], end["files"], end["missing"])


def _refuse_other_versions(head: dict[str, Any]) -> None:
    theirs, ours = set(head["migrations"]), set(rows.migrations())
    if older := sorted(ours - theirs):
        raise BackupRefused(f"The backup is of an older version: it lacks {', '.join(older)}.")
    if newer := sorted(theirs - ours):
        raise BackupRefused(f"The backup is of a newer version: this one lacks {', '.join(newer)}.")
    if head["lookup"] != keyed_hash("backup", purpose="backup.key"):
        raise BackupRefused("VAULT_LOOKUP_KEY is not the one that the backup was made with.")


def _fill(records: Iterator[dict[str, Any]], laid_down: list[str]) -> None:
    models_by_table = {model._meta.db_table: model for model in rows.kept_models()}
    batch: list[Any] = []
    for record in records:
        model = models_by_table.get(record.get("t", ""))
        if batch and (type(batch[0]) is not model or len(batch) == rows.BATCH):
            type(batch[0])._base_manager.bulk_create(batch)
            batch = []
        if model:
            batch.append(rows.row_of(model, record["r"]))
        elif "f" in record:
            _lay_down(record["f"], base64.b64decode(record["bytes"]), laid_down)


def _lay_down(path: str, data: bytes, laid_down: list[str]) -> None:
    if default_storage.exists(path):
        raise BackupRefused(f"The storage is not empty: {path} is there already.")
    laid_down.append(default_storage.save(path, ContentFile(data)))


def _remember_rehearsal() -> None:
    (settings.VAR_DIR / REHEARSED).write_text(clock.now().isoformat())
