"""The clauses of our contracts: what the office words and dates itself, and a second person confirms."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config import clock
from letters.spoken import spoken


class ContractClauseQuerySet(models.QuerySet):
    def in_force(self, day=None):
        """The wordings that hold on `day` (today), one of each clause, in the order in which they are printed."""
        found = {}
        for row in self.filter(effective_from__lte=day or clock.today()).order_by("effective_from"):
            found[row.code] = row
        return sorted(found.values(), key=lambda row: (row.place, row.pk))


class ContractClause(models.Model):
    """One wording of one clause, from a day on; other words are a new row (`loans.settings.clauses`).

    Its text has placeholders of `loans.contract_places` for the facts of a loan; an empty line begins a new paragraph.
    A paper that was made keeps its own words.
    """

    class Paper(models.TextChoices):
        AGREEMENT = "agreement", _("Loan agreement")
        DEBIT_AGREEMENT = "debit_agreement", _("Pre-authorised debit agreement")
        PRIVACY = "privacy", _("Privacy summary")

    class Stands(models.TextChoices):
        ALWAYS = "always", _("always")
        GUARANTEED = "guaranteed", _("when somebody guarantees the loan")

    code = models.SlugField(max_length=60)
    paper = models.SlugField(max_length=20, choices=Paper)
    place = models.PositiveSmallIntegerField()
    stands = models.SlugField(max_length=12, choices=Stands, default=Stands.ALWAYS)
    title_en = models.CharField(max_length=100)
    title_fr = models.CharField(max_length=100)
    text_en = models.TextField()
    text_fr = models.TextField()
    effective_from = models.DateField()

    objects = ContractClauseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="one_clause_wording_a_day"),
            models.CheckConstraint(condition=Q(place__gt=0), name="a_clause_has_its_place"),
        ]

    def __str__(self):
        return f"{self.code}, from {self.effective_from}"

    @property
    def title(self) -> str:
        """Its heading, in the reader's language."""
        return spoken(self, "title").text

    @property
    def text(self) -> str:
        """Its words, with their placeholders, in the reader's language."""
        return spoken(self, "text").text
