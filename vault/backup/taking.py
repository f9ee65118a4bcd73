"""Taking a backup: the rows of one moment, then the files they name, then all of it read back."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from vault import files
from vault.backup import reading, rows, versions
from vault.backup.envelope import Writer
from vault.errors import BackupRefused, Damaged
from vault.models import StoredFile


@dataclass(frozen=True)
class Taken:
    """A backup that was written and read back."""

    contents: reading.Contents
    sha256: str  # of the whole file
    doubts: list[str]  # what the office itself lacks: sentences


def take(path: Path) -> Taken:
    """Write a backup to `path` and read it back. Until it was read to its end it stands under another name (mode 0600).

    Raises BackupRefused when `path` is taken or the database is not of this version, VaultError when what was read is
    not what was written, and OSError.
    """
    if path.exists():
        raise BackupRefused(f"{path} exists already: a backup never replaces another")
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(number, "wb") as file:
            digests, doubts = _pour(file)
            file.flush()
            os.fsync(file.fileno())
        inspector = reading.Inspector()
        contents = reading.read(Path(name), inspector)
        if contents.digests != digests:
            raise Damaged("what was read back is not what was written")
        with open(name, "rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
    return Taken(contents, sha256, [*doubts, *_unreadable(inspector)])


def _pour(file):
    """Everything into `file`; the digest of each table, and what was in doubt."""
    with rows.snapshot():
        out = Writer(file, migrations=versions.in_step())
        digests = {model._meta.label: _pour_table(out, model) for model in rows.tables()}
        named = list(StoredFile.objects.order_by("pk").values_list("pk", "path"))
    poured, gone, doubts = 0, 0, []
    for pk, path in named:
        try:
            sealed = files.sealed_at(path)
        except Damaged:
            gone += 1
            doubts += _doubt(pk, path)
            continue
        said = {"file": path, "bytes": len(sealed), "sha256": hashlib.sha256(sealed).hexdigest()}
        out.write(rows.line(said) + sealed)
        poured += 1
    out.write(rows.line({"end": poured, "gone": gone}))
    out.close()
    return digests, doubts


def _pour_table(out, model):
    out.write(rows.line({"table": model._meta.label, "columns": rows.columns(model)}))
    digest, count = hashlib.sha256(), 0
    for each in rows.lines(model):
        out.write(each)
        digest.update(each)
        count += 1
    out.write(rows.line({"rows": count, "sha256": digest.hexdigest()}))
    return digest.hexdigest()


def _doubt(pk, path):
    """Why a file that the snapshot names is not there: nothing to say when somebody discarded it meanwhile."""
    now_at = StoredFile.objects.filter(pk=pk).values_list("path", flat=True).first()
    if now_at is None:
        return []
    if now_at == path:
        return [f"file {pk} is gone from the storage: look for it in an older backup"]
    return [f"file {pk} was sealed again while the backup was taken: let `rekey` finish, then take another"]


def _unreadable(inspector):
    if inspector.lacking:
        yield f"values are sealed under keys that VAULT_KEYS does not hold: {sorted(inspector.lacking)}"
    if inspector.unreadable:
        yield f"{inspector.unreadable} sealed values or files no longer open: they are kept as they are"
