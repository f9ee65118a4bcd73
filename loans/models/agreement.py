"""What was signed, by whom: bytes, not templates."""

from django.db import models

from vault.fields import EncryptedTextField
from vault.models import Sealed, StoredFile

CODE_LENGTH = 12  # signs of letters.codes.ALPHABET: 60 bits


class Agreement(models.Model):
    """The loan agreement in one language, made once. Its bytes and their hash are what binds.

    `code` is printed on it: by it anybody asks whether it is genuine. Agreements of before have none.
    """

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="agreements")
    language = models.CharField(max_length=7)
    file = models.OneToOneField(StoredFile, models.PROTECT)
    code = models.CharField(max_length=CODE_LENGTH, null=True, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "language"], name="one_agreement_a_language")]

    def __str__(self):
        return f"{self.loan_id} {self.language}"


class VoidAgreement(models.Model):
    """An agreement, or a paper beside it, thrown away unsigned because other terms were chosen or other bank details
    came: whoever kept a copy is told so, and which of them it was.
    """

    class Why(models.TextChoices):
        OPTION = "option"  # the borrower chose another one
        OWN_TERMS = "own_terms"  # the borrower took terms of their own
        ACCOUNT = "account"  # bank details were told or refused

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="void_agreements")
    kind = models.SlugField(blank=True)  # of LoanPaper.Kind; empty: the agreement
    language = models.CharField(max_length=7)
    code = models.CharField(max_length=CODE_LENGTH, null=True, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()
    why = models.SlugField(choices=Why, blank=True)  # empty: thrown away before this was kept

    def __str__(self):
        return f"{self.loan_id} {self.language}, void"


class TypedName(Sealed):
    """A name that was put under a paper, after a fresh code.

    `proof` names the code that was typed (key, sent, used), or the passkey that was shown; `ticks` keeps what was
    ticked, each {code, language, words}; `came_from` is a keyed hash of the address it came from.
    """

    typed_name = EncryptedTextField()
    signed_at = models.DateTimeField()
    proof = models.JSONField(default=dict)
    ticks = models.JSONField(default=list)
    came_from = models.CharField(max_length=64, blank=True)
    helper = EncryptedTextField(null=True)  # who read with them or interpreted, as it was told; None: nobody
    helped_in = models.CharField(max_length=60, blank=True)  # the language in which they helped, as it was told

    class Meta:
        abstract = True


class Signature(TypedName):
    """One party's signature under one agreement; `account` is the one from which they let us draw with it."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    party = models.ForeignKey("loans.Party", models.PROTECT, related_name="signatures")
    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="signatures")
    event = models.OneToOneField("loans.Event", models.PROTECT)
    account = models.ForeignKey("loans.BankAccount", models.PROTECT, null=True, related_name="signatures")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "party"], name="a_party_signs_once")]

    def __str__(self):
        return f"{self.party_id} under {self.agreement_id}"


class DebitSignature(TypedName):
    """A payer's signature under a debit agreement of its own, for an account told after they signed the loan."""

    paper = models.OneToOneField("loans.LoanPaper", models.PROTECT, related_name="signature")
    account = models.ForeignKey("loans.BankAccount", models.PROTECT, related_name="debit_signatures")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="debit_signature")

    def __str__(self):
        return f"{self.account_id} under {self.paper_id}"

    @property
    def party(self):
        """Whose signature it is: the account's owner."""
        return self.account.party


class Explained(models.Model):
    """That one party had one of the three questions about the offer explained; what they answered is kept nowhere.

    Other terms ask them anew: these rows go with the plan they were asked about (loans.lifecycle.offering.choosing).
    """

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="explained")
    party = models.ForeignKey("loans.Party", models.PROTECT, related_name="explained")
    question = models.SlugField()  # a code of loans.lifecycle.offering.questions
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["loan", "party", "question"], name="a_question_is_explained_once")
        ]

    def __str__(self):
        return f"{self.question} to {self.party_id}"


class SigningRecord(models.Model):
    """That a loan was signed by all, and the hash of the sealed file that proves how; the nightly root takes it up.

    With a `paper`: that this debit agreement was signed, for another account. Append-only (loans.models.guards).
    """

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="signings")
    paper = models.OneToOneField("loans.LoanPaper", models.PROTECT, null=True, related_name="signing")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="signing")
    made_at = models.DateTimeField()
    hash = models.CharField(max_length=64)  # SHA-256 of the file; it stands in the event's detail too
    hash_version = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["loan"], condition=models.Q(paper=None), name="a_loan_is_signed_once")
        ]

    def __str__(self):
        return f"signing of {self.loan_id}"

    @property
    def is_erased(self):
        """Whether the years of the file are over: its hash is all that is left."""
        return not hasattr(self, "body")


class SigningFile(models.Model):
    """The sealed file of a signing, canonical JSON (lifecycle.contracts.evidence). Erased when its years are over."""

    record = models.OneToOneField(SigningRecord, models.PROTECT, related_name="body")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="signing")

    def __str__(self):
        return f"file of {self.record_id}"
