"""Reading a backup to its end: every count and hash compared, every sealed value opened."""

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Protocol

from django.db import models

from vault import keys
from vault.backup import envelope, rows, versions
from vault.errors import Damaged, UnknownKey, VaultError
from vault.fields import Ciphertext, SealedField


@dataclass
class Contents:
    """What a backup holds; all of it was seen."""

    made_at: str  # ISO
    rows: dict[str, int] = field(default_factory=dict)  # by model
    digests: dict[str, str] = field(default_factory=dict)  # SHA-256 of each table's lines
    files: int = 0
    gone: int = 0  # files named by a row that had left the storage when their turn came


class Taker(Protocol):
    """Whoever is handed what a backup holds, table by table, then file by file."""

    def rows(self, model: type[models.Model], found: list[SimpleNamespace]) -> None: ...

    def file(self, path: str, sealed: bytes) -> None: ...


class Inspector:
    """Opens whatever is sealed and keeps nothing. `unreadable` counts what no longer opens."""

    def __init__(self):
        self.unreadable, self.lacking, self._places = 0, set(), {}

    def rows(self, model, found):
        sealed = [column for column in model._meta.local_concrete_fields if isinstance(column, SealedField)]
        for row in found:
            for column in sealed:
                self._open(getattr(row, column.attname), column.place(row.seal))
            if model._meta.label == "vault.StoredFile":
                self._places[row.path] = model(seal=row.seal).place

    def file(self, path, sealed):
        self._open(Ciphertext(sealed), self._places[path])

    def _open(self, value, place):
        try:
            if value is not None:
                keys.unseal(value.sealed, place=place)
        except UnknownKey:
            self.lacking.add(keys.version_of(value.sealed))
        except VaultError:
            self.unreadable += 1

    def check_keys(self) -> None:
        """Raises UnknownKey when something is sealed under keys that we do not hold."""
        if self.lacking:
            versions_lacking = ", ".join(map(str, sorted(self.lacking)))
            raise UnknownKey(f"the backup holds values sealed under key {versions_lacking}: add it to VAULT_KEYS")


def read(path: Path, taker: Taker) -> Contents:
    """Hand everything in the backup at `path` to `taker`; what it holds, once its end was reached and all was well.

    Raises BackupRefused (no backup, another version), UnknownKey, Damaged and OSError.
    """
    with _opened(path) as (stream, header):
        found = Contents(made_at=header["made_at"])
        while "end" not in (said := _said(stream.readline())):
            if "table" in said:
                _read_table(stream, said, taker, found)
            else:
                taker.file(said["file"], _read_file(stream, said))
                found.files += 1
        found.gone = said["gone"]
        if stream.read(1) or said["end"] != found.files or set(found.rows) != {m._meta.label for m in rows.tables()}:
            raise Damaged("the backup does not hold what its end says")
    return found


@contextmanager
def _opened(path: Path) -> Iterator[tuple[io.BufferedReader, dict]]:
    with path.open("rb") as file:
        sealed = envelope.Opened(file)
        stream = io.BufferedReader(sealed, envelope.CHUNK_BYTES)
        stream.peek(1)  # the first chunk opens only under the header it was sealed with
        versions.check_same(sealed.header["migrations"])
        yield stream, sealed.header


def _read_table(stream, said, taker, found):
    model = next((model for model in rows.tables() if model._meta.label == said["table"]), None)
    if model is None or rows.columns(model) != said["columns"]:
        raise Damaged(f"the backup's table {said['table']} is not one of this house")
    digest, count, waiting = hashlib.sha256(), 0, []
    while (raw := stream.readline()).startswith(b"["):
        digest.update(raw)
        count += 1
        waiting.append(rows.understood(model, json.loads(raw)))
        if len(waiting) == rows.AT_ONCE:
            taker.rows(model, waiting)
            waiting = []
    if waiting:
        taker.rows(model, waiting)
    if _said(raw) != {"rows": count, "sha256": digest.hexdigest()}:
        raise Damaged(f"the backup's table {said['table']} does not hold what its end says")
    found.rows[said["table"]], found.digests[said["table"]] = count, digest.hexdigest()


def _read_file(stream, said):
    sealed = stream.read(said["bytes"])
    if hashlib.sha256(sealed).hexdigest() != said["sha256"]:
        raise Damaged(f"the backup's file {said['file']} is not the one that was taken")
    return sealed


def _said(raw):
    if not raw:
        raise Damaged("the backup stops before its end")
    return json.loads(raw)
