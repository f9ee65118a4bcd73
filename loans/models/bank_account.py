"""Where the money of a loan goes and comes from: bank details, each entry a row, and the institutions by number."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from config import clock
from loans.models.agreement import DebitSignature, Signature
from loans.models.application import Application
from loans.models.credit import CurrentQuerySet
from loans.models.loan import OVER, Loan
from loans.models.party import Party
from vault.fields import EncryptedTextField
from vault.lookup import keyed_hash
from vault.models import Sealed

LAST = 3  # digits of an account number that anybody reads
MONEY_MOVES = (Loan.State.OFFERED, Loan.State.SIGNED, Loan.State.ACTIVE)


class Institution(models.Model):
    """A bank or credit union by its number, so that who types can be told its name. The office may add others."""

    code = models.SlugField(max_length=3, unique=True)  # three digits
    name = models.CharField(max_length=150)
    usual_digits = models.CharField(max_length=40, blank=True)  # how long its account numbers are: "7, 12"; empty: any
    source = models.CharField(max_length=300)
    as_of = models.DateField()  # the day on which the source said so
    ended_on = models.DateField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name

    def has_usual(self, length):
        """Whether account numbers of this length are usual there, or nothing is known of it."""
        known = self.usual_digits.replace(",", " ").split()
        return not known or str(length) in known


class BankAccountQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Bank details that this person may know of, never in full: their own, and those of what they work on."""
        cases = Application.objects.open_to_staff(user).order_by()
        loans = Loan.objects.open_to_staff(user).order_by()
        worked_on = Q(party__application__in=cases.values("pk")) | Q(party__application__in=loans.values("application"))
        return self.filter(Q(party__user=user) | worked_on)

    def in_force(self, day=None):
        """Verified, allowed, not refused since, and to be used on `day` (today): of each person the newest one counts.

        Once somebody has signed a loan, an account is allowed when they agreed to its debit agreement.
        """
        verified = self.filter(verified__isnull=False, refused=None, erased_on=None)
        return verified.filter(usable_from__lte=day or clock.today()).knowing_authority().filter(is_allowed=True)

    def knowing_authority(self):
        """Each with `is_allowed`: whether its owner lets us draw from it, by the loan they signed or since then.

        Who has not signed is not drawn from yet, and a guarantor never is: of them no authority is asked.
        """
        signed = Signature.objects.filter(party=OuterRef("party")).exclude(loan__state__in=OVER)
        since = DebitSignature.objects.filter(account=OuterRef("pk")).exclude(paper__loan__state__in=OVER)
        with_it = Exists(signed.filter(account=OuterRef("pk")))
        asks_none = Q(party__kind=Party.Kind.GUARANTOR) | ~Exists(signed)
        return self.annotate(is_allowed=asks_none | with_it | Exists(since))

    def to_agree(self):
        """Those whose debit agreement waits for its payer, who has signed: of each person the newest that stands."""
        signed = Signature.objects.filter(party=OuterRef("party"), loan__state__in=MONEY_MOVES)
        later = BankAccount.objects.filter(party=OuterRef("party"), pk__gt=OuterRef("pk"), refused=None, erased_on=None)
        newest = self.filter(Exists(signed), refused=None, erased_on=None).exclude(Exists(later))
        return newest.knowing_authority().filter(is_allowed=False)

    def waiting(self):
        """Entered, and neither verified, refused nor replaced by a later entry."""
        later = BankAccount.objects.filter(party=OuterRef("party"), pk__gt=OuterRef("pk"))
        return self.filter(verified=None, refused=None, erased_on=None).exclude(Exists(later))

    def standing(self):
        """What counts in any way, whoever's: whatever is verified, today or from its day on, and what waits."""
        later = BankAccount.objects.filter(party=OuterRef("party"), pk__gt=OuterRef("pk"))
        return self.filter(refused=None, erased_on=None).filter(Q(verified__isnull=False) | ~Exists(later))


class BankAccount(Sealed):
    """Bank details of somebody who stands in a loan, as they were once entered. Other ones are a new row.

    `event` says who entered them and when, `verified` who compared them with the paper `verified_with`, `refused` who
    would not take them, with the reason. `replaces` is the entry that stood before. Nobody reads the numbers in full.
    """

    party = models.ForeignKey("loans.Party", models.PROTECT, related_name="bank_accounts")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="bank_account")
    institution = EncryptedTextField(null=True)  # three digits; the numbers are null once they are erased
    transit = EncryptedTextField(null=True)  # five digits
    number = EncryptedTextField(null=True)  # seven to twelve digits
    number_hash = models.CharField(max_length=64, blank=True, db_index=True)  # keyed, of all three: finds the same
    paper = models.ForeignKey("loans.Document", models.PROTECT, null=True, related_name="+")  # from which it was typed
    usable_from = models.DateField()  # no money moves by it before this day
    verified = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="+")
    verified_with = models.ForeignKey("loans.Document", models.PROTECT, null=True, related_name="+")
    refused = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    erased_on = models.DateField(null=True)  # the day on which the numbers went, because their years were over

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified=None, verified_with=None) | Q(verified__isnull=False, verified_with__isnull=False),
                name="bank_details_are_verified_with_a_paper",
            )
        ]
        indexes = [
            models.Index(
                fields=["party"],
                condition=Q(verified=None, refused=None, erased_on=None),
                name="bank_details_to_verify",
            )
        ]

    def __str__(self):
        return f"bank details {self.pk} of {self.party_id}"

    @property
    def ends_in(self):
        """The last digits of the account number, all that anybody reads; empty once it is erased."""
        return self.number[-LAST:] if self.number else ""

    def remember(self, numbers):
        """Keep these numbers (loans.bank_numbers.Numbers); does not save."""
        self.institution, self.transit, self.number = numbers.institution, numbers.transit, numbers.number
        self.number_hash = hash_of(numbers)

    def forget(self, day):
        """Keep no number any more; does not save."""
        self.institution = self.transit = self.number = None
        self.number_hash, self.erased_on = "", day


def hash_of(numbers):
    """What stands for an account in a look-up column."""
    return keyed_hash(f"{numbers.institution}-{numbers.transit}-{numbers.number}", purpose="loans.bank_account")
