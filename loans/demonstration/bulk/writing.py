"""Writing rows in bulk: COPY on PostgreSQL, many rows an INSERT elsewhere."""

from operator import itemgetter

from django.db import connection, models

from vault.fields import SealedField

AS_THEY_ARE = (
    models.BigAutoField, models.BooleanField, models.CharField, models.DateField, models.DecimalField,
    models.ForeignKey, models.IntegerField, models.TextField, models.UUIDField,
)  # fmt: skip
ROWS_AN_INSERT = 200


def write(rows):
    """Write down rows that have their keys, `{model: [instances, or plain {column: value}]}`, in the order given."""
    for model, instances in rows.items():
        if not instances:
            continue
        if connection.vendor == "postgresql":
            _copy(model, instances)
        else:
            made = [model(**each) if isinstance(each, dict) else each for each in instances]
            model.objects.bulk_create(made, batch_size=ROWS_AN_INSERT)


def take_stock():
    """Let the database see how much it holds now: where nobody has counted, it plans for an empty table."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(model, instances):
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    take = itemgetter(*(field.attname for field in fields))
    prepared = [(place, field) for place, field in enumerate(fields) if not _goes_as_it_is(field)]
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as out:
        for instance in instances:
            values = list(take(instance if isinstance(instance, dict) else instance.__dict__))
            for place, field in prepared:
                values[place] = field.get_db_prep_save(field.pre_save(instance, add=True), connection)
            out.write_row(values)


def _goes_as_it_is(field):
    """Whether a column takes what the row holds; other fields prepare it, or seal it."""
    return isinstance(field, AS_THEY_ARE) and not isinstance(field, SealedField)
