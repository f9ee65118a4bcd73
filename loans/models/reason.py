"""The bank of reasons: why the office says yes or no, in words that the office writes and dates."""

from django.db import models

from config import clock
from letters.spoken import spoken


class ReasonWords(models.Model):
    """One wording of one reason, from a day on. In ink (loans.models.guards): other words are a new row.

    A decision names the rows it was told in, so it keeps its words whatever the office writes later.
    """

    class Kind(models.TextChoices):
        SUPPORT = "support", "for a loan"
        DECLINE = "decline", "against it"

    kind = models.CharField(max_length=7, choices=Kind)
    code = models.SlugField()
    purpose = models.SlugField(blank=True)  # only for loans of this purpose; empty: for all
    sentence_en = models.CharField(max_length=300)
    sentence_fr = models.CharField(max_length=300)
    change_en = models.CharField(max_length=300, blank=True)  # what would change a no
    change_fr = models.CharField(max_length=300, blank=True)
    in_other_languages = models.JSONField(default=dict, blank=True)  # language → {"sentence": …, "change": …}
    helpers = models.JSONField(default=list, blank=True)  # kinds of applicants.Partner that may help
    rests_on_report = models.BooleanField(default=False)  # a credit report: the letter then names the bureau
    is_offered = models.BooleanField(default=True)  # a later row without it ends the reason
    to_confirm = models.JSONField(default=list, blank=True)  # languages whose words nobody has confirmed yet
    effective_from = models.DateField()

    class Meta:
        ordering = ["effective_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="support") | ~(models.Q(change_en="") | models.Q(change_fr="")),
                name="a_no_says_what_would_change_it",
            )
        ]

    def __str__(self):
        return f"{self.kind}: {self.code}, from {self.effective_from}"

    @classmethod
    def in_force(cls, day=None):
        """The wordings that hold on `day` (today), the newest of each reason, in the order in which they came."""
        newest = {}
        for row in cls.objects.filter(effective_from__lte=day or clock.today()):
            newest[row.kind, row.code] = row
        return [row for row in newest.values() if row.is_offered]

    @property
    def sentence(self):
        """The reason, in the reader's language."""
        return spoken(self, "sentence").text

    @property
    def what_would_change_it(self):
        """For a no: what would change it, in the reader's language."""
        return spoken(self, "change").text
