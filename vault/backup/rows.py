"""Rows of any database as lines of JSON, and back. Sealed columns stay ciphertext: nothing is opened on the way."""

import base64
import json
import uuid
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from vault.fields import Ciphertext

# Made by Django itself on every machine, or of no use on another one.
LEFT_OUT = {"auth", "contenttypes", "sessions"}
BATCH = 500


def kept_models() -> list[type[models.Model]]:
    """Every table of the house, join tables too, in an order that does not depend on the machine."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in LEFT_OUT and model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def migrations() -> list[str]:
    """The migrations this database has had, as `app.name`."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def lines_of(model: type[models.Model]) -> Iterator[dict[str, Any]]:
    """Each row as {"t": table, "r": values in the order of the model's columns}."""
    names = [field.attname for field in model._meta.concrete_fields]
    table = model._meta.db_table
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=BATCH):
        yield {"t": table, "r": [_told(value) for value in row]}


def row_of(model: type[models.Model], values: list[Any]) -> models.Model:
    """The row again, not saved."""
    names = [field.attname for field in model._meta.concrete_fields]
    if len(names) != len(values):
        raise ValueError(f"{model._meta.db_table}: {len(values)} values for {len(names)} columns")
    return model(**{name: _understood(value) for name, value in zip(names, values, strict=True)})


def reset_sequences() -> None:
    """Let new rows count on from the restored ones, where the database does not see to it by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def _told(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case Ciphertext():
            return {"c": base64.b64encode(value.sealed).decode()}
        case datetime():
            return {"m": value.isoformat()}
        case date():
            return {"d": value.isoformat()}
        case Decimal():
            return {"n": str(value)}
        case uuid.UUID():
            return {"u": value.hex}
        case bytes() | memoryview():
            return {"b": base64.b64encode(bytes(value)).decode()}
        case dict() | list():
            return {"j": json.dumps(value)}
    raise TypeError(f"a backup cannot tell a {type(value).__name__}")


_READERS = {
    "c": lambda text: Ciphertext(base64.b64decode(text)),
    "m": datetime.fromisoformat,
    "d": date.fromisoformat,
    "n": Decimal,
    "u": uuid.UUID,
    "b": base64.b64decode,
    "j": json.loads,
}


def _understood(value: Any) -> Any:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return _READERS[kind](text)
    return value
