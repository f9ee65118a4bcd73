"""Sealing everything again under the newest key, a batch at a time. Stopped half-way, it goes on where it was."""

import logging
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace

from django.apps import apps
from django.db import models, transaction

from vault import files, keys
from vault.errors import VaultError
from vault.fields import SealedField
from vault.models import StoredFile

log = logging.getLogger(__name__)


def sealed_models() -> Iterator[tuple[type[models.Model], list[SealedField]]]:
    """Every model with encrypted columns of its own, and those columns."""
    for model in apps.get_models():
        fields = [field for field in model._meta.local_fields if isinstance(field, SealedField)]
        if fields and not model._meta.proxy:
            yield model, fields


def rekey_rows(model: type[models.Model], fields: list[SealedField], *, batch: int) -> Counter:
    """Re-seal the columns of one model. Counts `rows` looked at, `resealed` and `damaged` values."""
    counts: Counter = Counter()
    last = None
    while done := _next_rows(model, fields, last, batch, counts):
        last = done[-1]
    return counts


def rekey_files(*, batch: int) -> Counter:
    """Re-seal the stored files. Counts `rows` looked at, `resealed` and `damaged` files."""
    counts: Counter = Counter()
    last = 0
    while done := _next_files(last, batch, counts):
        last = done[-1]
    return counts


@transaction.atomic
def _next_rows(model, fields, after, batch, counts):
    rows = model._base_manager.select_for_update().order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    rows = list(rows.values_list("pk", "seal", *(field.attname for field in fields))[:batch])
    for pk, seal, *values in rows:
        fresh = _resealed(model, pk, seal, zip(fields, values, strict=True), counts)
        if fresh:
            model._base_manager.filter(pk=pk).update(**fresh)
    counts["rows"] += len(rows)
    return [pk for pk, *_ in rows]


def _resealed(model, pk, seal, columns, counts):
    row = SimpleNamespace(seal=seal)
    fresh = {}
    for field, value in columns:
        try:
            if value is not None and keys.version_of(value.sealed) != keys.newest_version():
                fresh[field.attname] = field.close(field.open(value, row), row)
        except VaultError as error:
            counts["damaged"] += 1
            log.error("%s %s, %s: %s", model._meta.label, pk, field.name, error)
    counts["resealed"] += len(fresh)
    return fresh


@transaction.atomic
def _next_files(after, batch, counts):
    stale = StoredFile.objects.select_for_update().exclude(key_version=keys.newest_version())
    found = list(stale.filter(pk__gt=after).order_by("pk")[:batch])
    for file in found:
        try:
            _reseal_file(file)
            counts["resealed"] += 1
        except VaultError as error:
            counts["damaged"] += 1
            log.error("%s: %s", file, error)
    counts["rows"] += len(found)
    return [file.pk for file in found]


def _reseal_file(file):
    old = file.path
    path, version = files.lay_down(file.read(), place=file.place)
    StoredFile.objects.filter(pk=file.pk).update(path=path, key_version=version)
    # Only once the row points at the new bytes for good may the old ones go.
    transaction.on_commit(lambda: files.remove(old))
