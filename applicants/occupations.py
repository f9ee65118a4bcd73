"""Occupations as Statistics Canada numbers them: unit groups of the National Occupational Classification (NOC) 2021.

A table, so that the office can load all of them: `manage.py load_occupations FILE.csv`. People say in their own words
what they do; a code beside it is for the statistics, and for the level of training that the work asks for (TEER).
"""

import csv
import unicodedata
from pathlib import Path

from django.db import models, transaction
from django.utils.translation import get_language

FURNISHED = Path(__file__).parent / "data/occupations.csv"
SOURCE = (
    "National Occupational Classification (NOC) 2021, version 1.0, Statistics Canada: all 516 unit groups. "
    "English titles as published lists of it give them, French ones as NOC 2016 where the group kept its name"
)
MOST_FOUND = 12
CODES = ("Code - NOC 2021 V1.0", "code")  # columns of Statistics Canada's file, or of our own
TITLES = ("Class title", "title_en")
FRENCH_TITLES = ("Titres de classes", "title_fr")
OTHER_TITLES = ("other_titles",)
DOUBTS = {"title_fr": "French title to be confirmed"}  # what `to_confirm`, a column of our own file, may say
ELEMENT = ("Element Type Label English", "Element Description English")  # its second file: a row an example


class OccupationQuerySet(models.QuerySet):
    def matching(self, words):
        """Up to a dozen in which words begin with each of `words`; those whose title begins so come first.

        Either language will do, and a code. Accents and capitals do not count.
        """
        wanted = searchable(words).split()[:6]
        if not wanted:
            return []
        found = self.all()
        for word in wanted:
            found = found.filter(words__contains=f" {word.rstrip('s') or word}")
        return sorted(found[:200], key=lambda row: (not row.words.startswith(f" {wanted[0].rstrip('s')}"), row.code))[
            :MOST_FOUND
        ]


class Occupation(models.Model):
    """One unit group. `teer` is its second digit: 0 management … 5 short demonstration."""

    code = models.CharField(max_length=5, primary_key=True)
    teer = models.PositiveSmallIntegerField()
    title_en = models.CharField(max_length=200)
    title_fr = models.CharField(max_length=200, blank=True)
    other_titles = models.TextField(blank=True)  # of either language, between semicolons
    words = models.TextField()  # all of the above, as they are searched, a space before each word
    source = models.CharField(max_length=300)

    objects = OccupationQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return f"{self.title} ({self.code})"

    @property
    def title(self):
        """The title in the reader's language, or the English one."""
        return self.title_fr if (get_language() or "").startswith("fr") and self.title_fr else self.title_en


class Unusable(ValueError):
    """A file that does not hold what it should, in words for whoever chose it."""


class _Plain(dict):
    """For `str.translate`: letters and digits stay, accents go, all else becomes a space; each sign is judged once."""

    def __missing__(self, point):
        sign = chr(point)
        self[point] = "" if unicodedata.combining(sign) else sign if sign.isalnum() else " "
        return self[point]


_PLAIN = _Plain()


def searchable(text):
    """Small letters without accents, as `words` holds them."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe")
    return " ".join(plain.translate(_PLAIN).split())


@transaction.atomic
def load(path, *, source, keep=False):
    """Take in a CSV of occupations as `read` reads it; gives how many codes. Raises Unusable.

    With `keep`, a code that is there already stays as it is.
    """
    rows = read(path, source)
    keep_rows(Occupation, rows, key="code", keep=keep)
    return len(rows)


def read(path, source):
    """The Occupations of a CSV, unsaved: a row a code or, as Statistics Canada writes it, several. Raises Unusable.

    Rows that are no unit group (fewer than five digits) are passed over. What a row says is `to_confirm` stands in its
    source.
    """
    groups = {}
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            code = _told(line, CODES).zfill(5) if _told(line, CODES) else ""
            if len(code) == 5 and code.isdecimal() and _is_unit_group(line):
                groups.setdefault(code, []).append(line)
    if not groups:
        raise Unusable(f"{path}: no column {' or '.join(CODES)} with codes of five digits")
    return [_row(code, lines, source) for code, lines in groups.items()]


def keep_rows(model, rows, *, key, keep):
    """Write rows of a table, told apart by `key`; what is there already is kept, or takes the new values."""
    if keep:
        known = set(model.objects.values_list(key, flat=True))
        missing = [row for row in rows if getattr(row, key) not in known]
        model.objects.bulk_create(missing, ignore_conflicts=True)
        return
    others = [field.name for field in model._meta.concrete_fields if field.name not in (key, "id")]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=others, batch_size=500)


def _is_unit_group(line):
    level = line.get("Level") or "5"
    return level == "5"


def _row(code, lines, source):
    titles = [next((told for line in lines if (told := _told(line, names))), "") for names in (TITLES, FRENCH_TITLES)]
    others = "; ".join(told for line in lines if (told := _told(line, OTHER_TITLES) or _example(line)))
    if not titles[0]:
        raise Unusable(f"{code}: no title")
    if code[1] > "5":
        raise Unusable(f"{code}: the second digit of a unit group is its TEER, 0 to 5")
    return Occupation(
        code=code,
        teer=int(code[1]),
        title_en=titles[0][:200],
        title_fr=titles[1][:200],
        other_titles=others,
        words=f" {searchable(' '.join((*titles, others)))} {code}",
        source="; ".join(filter(None, (source, DOUBTS.get(_told(lines[0], ("to_confirm",)))))),
    )


def _example(line):
    label, what = ((line.get(name) or "").strip() for name in ELEMENT)
    return what if "example" in label.lower() else ""


def _told(line, names):
    return next(((line[name] or "").strip() for name in names if name in line), "")
