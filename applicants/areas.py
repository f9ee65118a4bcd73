"""Which part of the city a postal code lies in. A table: `manage.py load_postal_areas FILE.csv` takes in a full one."""

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import models, transaction

from applicants.occupations import Unusable, keep_rows

FURNISHED = Path(__file__).parent / "data/postal_areas.csv"


class Area(NamedTuple):
    """Where somebody lives, as far as the table knows, and who says so. All empty: unknown."""

    neighbourhood: str = ""
    ward: str = ""
    city: str = ""
    source: str = ""


class PostalArea(models.Model):
    """A postal code, or the beginning of many (K1N), and what lies there."""

    prefix = models.CharField(max_length=7, unique=True)  # capitals, no space
    neighbourhood = models.CharField(max_length=150, blank=True)
    ward = models.CharField(max_length=150, blank=True)
    city = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=300)
    as_of = models.DateField()  # the day on which the source said so

    class Meta:
        ordering = ["prefix"]

    def __str__(self):
        return self.prefix

    @classmethod
    def of(cls, postal_code):
        """The Area of a postal code: the longest beginning that the table knows, else the empty one."""
        code = bare(postal_code)
        beginnings = [code[:length] for length in range(1, min(len(code), 7) + 1)]
        row = max(cls.objects.filter(prefix__in=beginnings), key=lambda each: len(each.prefix), default=None)
        return Area(row.neighbourhood, row.ward, row.city, f"{row.source} ({row.as_of})") if row else Area()


def bare(postal_code):
    """`k1n 5x6` as K1N5X6."""
    return "".join(sign for sign in (postal_code or "").upper() if sign.isalnum())


@transaction.atomic
def load(path, *, source="", keep=False):
    """Take in a CSV with the columns prefix, neighbourhood, ward, city, source and as_of; gives how many rows.

    `source` stands where the row names none; what a row has under `to_confirm` (in which wards it may lie) stands
    behind its source. With `keep`, a prefix that is there already stays as it is. Raises Unusable.
    """
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = {
            row.prefix: row
            for number, line in enumerate(csv.DictReader(file), 1)
            if (row := _row(number, line, source))
        }
    if not rows:
        raise Unusable(f"{path}: no rows")
    keep_rows(PostalArea, rows.values(), key="prefix", keep=keep)
    return len(rows)


def _row(number, line, source):
    told = {name: (line.get(name) or "").strip() for name in ("neighbourhood", "ward", "city", "source", "as_of")}
    prefix = bare(line.get("prefix"))
    told["source"] = told["source"] or source
    doubt = (line.get("to_confirm") or "").strip()
    if not 1 <= len(prefix) <= 7 or not told["source"]:
        raise Unusable(f"row {number}: a postal code of one to seven signs and its source are needed")
    try:
        told["as_of"] = date.fromisoformat(told["as_of"])
    except ValueError:
        raise Unusable(f"row {number}: as_of must be a day such as 2026-11-01") from None
    if doubt:
        told["source"] = f"{told['source']}; the ward is to be confirmed: {doubt}"
    return PostalArea(prefix=prefix, **told)
