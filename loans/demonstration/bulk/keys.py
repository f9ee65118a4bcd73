"""Keys for rows that are not written yet, in blocks: nobody else is given the same."""

from collections import defaultdict

from django.db import connection
from django.db.models import Max

AT_ONCE = 2000


class Keys:
    """The next key of each table, always higher than the one before."""

    def __init__(self):
        self._held = defaultdict(lambda: iter(()))

    def next(self, model):
        """A key for a row of `model`."""
        key = next(self._held[model], None)
        if key is None:
            self._held[model] = iter(self._block(model))
            key = next(self._held[model])
        return key

    @staticmethod
    def _block(model):
        """On PostgreSQL the sequence gives them out; elsewhere nobody writes while the bulk does."""
        if connection.vendor != "postgresql":
            first = (model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
            return range(first, 2**63)
        with connection.cursor() as cursor:
            question = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(question, [model._meta.db_table, AT_ONCE])
            return [key for (key,) in cursor.fetchall()]
