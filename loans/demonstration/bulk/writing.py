"""Writing rows in bulk: COPY on PostgreSQL, many rows an INSERT elsewhere."""

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


def _copy(model, instances):
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    readers = [_reader(field) for field in fields]
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as out:
        for instance in instances:
            out.write_row([read(instance) for read in readers])


def _reader(field):
    """How a column's value is taken from a row: as it is there, or as the field prepares it for saving."""
    if isinstance(field, AS_THEY_ARE) and not isinstance(field, SealedField):
        name = field.attname
        return lambda row: (row if isinstance(row, dict) else row.__dict__)[name]
    return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)
