"""A signature on paper: what a first member of staff recorded, the scan, and what a second one found."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vault.fields import EncryptedTextField
from vault.models import Sealed, StoredFile


class PaperSignature(Sealed):
    """One party signed a printed agreement by hand: recorded by `event`, then `confirmed` or `turned_down`.

    `document` is the hash of the agreement that was printed: other terms make another agreement, and this one void.
    Only once confirmed there is a Signature, and the scan is kept as long as the agreement. One that never counted goes
    with what was noted of the person (loans.lifecycle.erasing.note_retention).
    """

    class Explained(models.TextChoices):
        STAFF = "staff", _("somebody of the loan office")
        INTERPRETER = "interpreter", _("the interpreter")

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="paper_signatures")
    party = models.ForeignKey("loans.Party", models.PROTECT, related_name="paper_signatures")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="+")
    language = models.CharField(max_length=7)  # of the agreement
    document = models.CharField(max_length=64)  # SHA-256 of the agreement
    scan = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    thumbnail = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    sheets = models.PositiveIntegerField(default=1)
    name = EncryptedTextField()  # as it stands on the paper
    signed_on = models.DateField()
    explained_by = models.CharField(max_length=12, choices=Explained)  # the three questions
    interpreter = EncryptedTextField(null=True)  # their name; None: nobody interpreted
    interpreted_in = models.CharField(max_length=60, blank=True)  # the language, as it was told
    statement = models.TextField(blank=True)  # what the interpreter signed, as it was read
    statement_version = models.CharField(max_length=10, blank=True)
    confirmed = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="+")
    turned_down = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["loan", "party"],
                condition=Q(confirmed=None, turned_down=None),
                name="one_signature_on_paper_waits",
            ),
            models.CheckConstraint(
                condition=Q(confirmed=None) | Q(turned_down=None), name="a_signature_on_paper_is_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(interpreter__isnull=True) | ~Q(statement=""), name="an_interpreter_makes_a_statement"
            ),
        ]

    def __str__(self):
        return f"paper of {self.party_id} under {self.loan_id}"

    def discard(self):
        """Forget it, scan and all: the rows now, the bytes once that is committed."""
        self.delete()
        for file in (self.scan, self.thumbnail):
            if file:
                file.discard()
