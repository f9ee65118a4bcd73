"""Papers about a loan beside its agreement: made once, kept as they were delivered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loans.models.agreement import CODE_LENGTH
from vault.models import StoredFile


class LoanPaper(models.Model):
    """One paper in one language, made once on one occasion; `party` where it is for the eyes of one person alone.

    `code` is printed on it, as on an agreement.
    """

    class Kind(models.TextChoices):
        DISCLOSURE = "disclosure", _("Cost of borrowing statement")
        DEBIT_AGREEMENT = "debit_agreement", _("Pre-authorised debit agreement")
        PRIVACY = "privacy", _("Privacy summary")
        AMENDED_DISCLOSURE = "amended_disclosure", _("Amended cost of borrowing statement")
        YEARLY_STATEMENT = "yearly_statement", _("Yearly statement of a loan at a variable rate")
        CHANGED_DEBIT = "changed_debit", _("Notice of a changed debit")

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="papers")
    party = models.ForeignKey("loans.Party", models.PROTECT, null=True, related_name="papers")
    kind = models.SlugField(choices=Kind)
    language = models.CharField(max_length=7)
    occasion = models.CharField(max_length=60)  # "offer", "plan:12", "2027"
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="loan_paper")
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["loan", "kind", "language", "occasion"],
                condition=Q(party=None),
                name="a_paper_for_all_is_made_once",
            ),
            models.UniqueConstraint(
                fields=["loan", "kind", "language", "occasion", "party"],
                condition=Q(party__isnull=False),
                name="a_paper_for_one_is_made_once",
            ),
        ]

    def __str__(self):
        return f"{self.loan_id}: {self.kind} in {self.language}, {self.occasion}"
