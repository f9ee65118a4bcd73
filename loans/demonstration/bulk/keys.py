"""Keys for rows that are not written yet, in blocks: nobody else is given the same."""

from collections import defaultdict

from django.db import connection
from django.db.models import Max

AT_ONCE = 2000
NEVER = 2**63  # no table has so many rows
DRAW = """
SELECT min(key), max(key)
FROM (
    SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id')::regclass)) AS key FROM generate_series(1, %s)
) AS drawn
"""


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
            return range((model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1, NEVER)
        first, last = 0, 0
        while last - first + 1 != AT_ONCE:  # another one drew in between: what was drawn is left unused
            with connection.cursor() as cursor:
                cursor.execute(DRAW, [model._meta.db_table, AT_ONCE])
                first, last = cursor.fetchone()
        return range(first, last + 1)
