"""What was signed, by whom: bytes, not templates."""

from django.db import models

from vault.fields import EncryptedTextField
from vault.models import Sealed, StoredFile


class Agreement(models.Model):
    """The loan agreement in one language, made once. Its bytes and their hash are what binds."""

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="agreements")
    language = models.CharField(max_length=7)
    file = models.OneToOneField(StoredFile, models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "language"], name="one_agreement_a_language")]

    def __str__(self):
        return f"{self.loan_id} {self.language}"


class Signature(Sealed):
    """One party's signature under one agreement: the typed name, after a fresh code."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    party = models.ForeignKey("loans.Party", models.PROTECT, related_name="signatures")
    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="signatures")
    event = models.OneToOneField("loans.Event", models.PROTECT)
    typed_name = EncryptedTextField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "party"], name="a_party_signs_once")]

    def __str__(self):
        return f"{self.party_id} under {self.agreement_id}"
