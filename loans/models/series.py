"""Running numbers people can read aloud: T-2027-0042."""

from django.db import models, transaction
from django.db.models import F


class Series(models.Model):
    """The last number given out of a series in a year."""

    letter = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "year"], name="one_series_a_year")]

    def __str__(self):
        return f"{self.letter}-{self.year}"

    @classmethod
    def next(cls, letter, year):
        """The next reference of the series, such as `T-2027-0042`; two callers never get the same one."""
        with transaction.atomic():
            cls.objects.get_or_create(letter=letter, year=year)
            cls.objects.filter(letter=letter, year=year).update(last=F("last") + 1)
            return f"{letter}-{year}-{cls.objects.get(letter=letter, year=year).last:04d}"
