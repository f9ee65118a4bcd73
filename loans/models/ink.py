"""The book in ink: facts that happened, entries that follow from them. Append-only (loans.models.guards)."""

from django.db import models
from django.db.models import Q

from loans.models.looking_back import EntryQuerySet, FactQuerySet
from money.book import Account, FactKind
from vault.fields import EncryptedTextField
from vault.models import Sealed


class Fact(models.Model):
    """One thing that happened to a loan's money. Never changed, never deleted; mended by a reversal.

    Chained: `hash` covers this row and `previous_hash`, so a changed, dropped or inserted fact breaks the chain.
    """

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="facts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in FactKind])
    on = models.DateField()  # value date
    recorded_at = models.DateTimeField()
    cents = models.BigIntegerField()
    detail = models.JSONField(default=dict)  # codes, ids, cents, ISO dates, salted hashes
    event = models.ForeignKey("loans.Event", models.PROTECT, related_name="facts")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    hash_version = models.PositiveSmallIntegerField()

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["loan", "number"], name="one_fact_a_number"),
            models.CheckConstraint(condition=Q(cents__gte=0), name="a_fact_is_not_negative"),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False) | (~Q(kind="reversal") & Q(reverses=None)),
                name="a_reversal_names_its_fact",
            ),
        ]

    def __str__(self):
        return f"{self.loan_id}/{self.number} {self.kind}"


class Entry(models.Model):
    """One line of the books, a consequence of a fact: debit and credit in one row, so it cannot be out of balance."""

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="entries")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="entries")  # that caused this row to be written
    on = models.DateField()
    booked_on = models.DateField()  # the open period's day when `on` is in a closed one
    recorded_at = models.DateTimeField()
    debit = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Account])
    credit = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Account])
    cents = models.BigIntegerField()
    fund = models.ForeignKey("loans.Fund", models.PROTECT)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="an_entry_moves_money"),
            models.CheckConstraint(condition=~Q(debit=models.F("credit")), name="an_entry_has_two_sides"),
        ]

    def __str__(self):
        return f"{self.loan_id} {self.debit}/{self.credit} {self.cents}"


class Root(models.Model):
    """One night's seal over the whole book: a hash of every loan's last fact, of every signing (from version 2 on), and
    of the root before it. It leaves the house (loans.lifecycle.ledger.roots), so that whoever holds the database cannot
    quietly cut, drop or rebuild a chain.
    """

    number = models.PositiveIntegerField(unique=True)
    on = models.DateField(unique=True)  # the office's day
    made_at = models.DateTimeField()
    through = models.BigIntegerField()  # the id of the newest fact it covers: all up to it are, none after
    loan_count = models.PositiveIntegerField()  # loans with a fact
    signed_through = models.BigIntegerField(default=0)  # the id of the newest SigningRecord it covers
    signing_count = models.PositiveIntegerField(default=0)
    signings_hash = models.CharField(max_length=64, blank=True)  # over all of them; empty in version 1
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    hash_version = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"root {self.number}"


class Receipt(Sealed):
    """Who paid, in words: beside the fact, so that it can be erased while the chain stays provable."""

    fact = models.OneToOneField(Fact, models.PROTECT, related_name="receipt")
    salt = models.CharField(max_length=32)
    payer = EncryptedTextField()

    def __str__(self):
        return f"receipt for {self.fact_id}"
