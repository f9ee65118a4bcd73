"""Writing rows in bulk: COPY on PostgreSQL, many rows an INSERT elsewhere."""

from django.db import connection, models

from vault.fields import SealedField

AS_THEY_ARE = (
    models.BigAutoField, models.BooleanField, models.CharField, models.DateField, models.DecimalField,
    models.ForeignKey, models.IntegerField, models.TextField, models.UUIDField,
)  # fmt: skip
ROWS_AN_INSERT = 200


def write(rows):
    """Write down all rows, `{model: [instances that have their keys]}`, the tables in the order given."""
    for model, instances in rows.items():
        if not instances:
            continue
        if connection.vendor == "postgresql":
            _copy(model, instances)
        else:
            model.objects.bulk_create(instances, batch_size=ROWS_AN_INSERT)


def _copy(model, instances):
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    readers = [_reader(field) for field in fields]
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as out:
        for instance in instances:
            out.write_row([read(instance) for read in readers])


def _reader(field):
    """How a column's value is taken from an instance: as it is there, or as the field prepares it for saving."""
    if isinstance(field, AS_THEY_ARE) and not isinstance(field, SealedField):
        name = field.attname
        return lambda instance: instance.__dict__[name]
    return lambda instance: field.get_db_prep_save(field.pre_save(instance, add=True), connection)
