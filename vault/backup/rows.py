"""Rows as lines of JSON: the same bytes whether SQLite or PostgreSQL held them. Sealed columns stay sealed."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from vault.fields import Ciphertext, SealedField

LEFT_OUT = {"sessions.Session", "accounts.Session"}  # everybody signs in again
AT_ONCE = 500  # rows


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read within is of one moment, and nobody who writes meanwhile has to wait.

    Cannot stand inside another transaction.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # atomic() would take the lock for writing
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def tables() -> list[type[models.Model]]:
    """Every model with a table that a backup holds, in a fixed order."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    kept = [model for model in found if not model._meta.proxy and model._meta.label not in LEFT_OUT]
    return sorted(kept, key=lambda model: model._meta.label)


def columns(model: type[models.Model]) -> list[str]:
    """The names of what a line of `model` says, in its order."""
    return [field.attname for field in model._meta.local_concrete_fields]


def line(said: object) -> bytes:
    """`said` as one line of JSON."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """Every row of `model` by primary key, each as a line."""
    rows = model._base_manager.order_by("pk").values_list(*columns(model))
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield line([_plain(value) for value in row])


def digest(model: type[models.Model]) -> str:
    """The SHA-256 of the table's lines, in hexadecimal digits."""
    found = hashlib.sha256()
    for each in lines(model):
        found.update(each)
    return found.hexdigest()


def understood(model: type[models.Model], said: list) -> SimpleNamespace:
    """The row that a line spoke of, by attribute; sealed columns as Ciphertext."""
    pairs = zip(model._meta.local_concrete_fields, said, strict=True)
    return SimpleNamespace(**{field.attname: _value(field, value) for field, value in pairs})


def insert(model: type[models.Model], rows: list[SimpleNamespace]) -> None:
    """Write `rows` as they are: no default, no `save`, nothing sealed anew."""
    fields = model._meta.local_concrete_fields
    most = max(1, min(AT_ONCE, connection.ops.bulk_batch_size(fields, rows)))
    for start in range(0, len(rows), most):
        model._base_manager.all()._insert(rows[start : start + most], fields=fields, raw=True)


def clear() -> None:
    """Empty every table of what `migrate` and `furnish` wrote; the database refuses it for what is in ink."""
    for model in tables():
        model._base_manager.all()._raw_delete(connection.alias)


def set_sequences(found: Iterable[type[models.Model]]) -> None:
    """The next row of each table gets a number that is free."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(found)):
            cursor.execute(statement)


def _plain(value):
    match value:
        case Ciphertext():
            return base64.b64encode(value.sealed).decode()
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case None | bool() | int() | str() | list() | dict():
            return value
    raise TypeError(f"a backup does not know how to write {type(value).__name__}")


def _value(field, said):
    if said is None:
        return None
    if isinstance(field, SealedField):
        return Ciphertext(base64.b64decode(said, validate=True))
    return field.to_python(said)
