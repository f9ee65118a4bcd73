"""Credit reports: the bureaus that make them, how their scores are called, and each report that an officer entered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config import clock
from letters.spoken import spoken
from vault.fields import EncryptedJSONField
from vault.models import Sealed


class CurrentQuerySet(models.QuerySet):
    def current(self, day=None):
        """Those that still hold on `day` (today)."""
        return self.exclude(ended_on__lt=day or clock.today())


class CreditBureau(models.Model):
    """Who makes credit reports, and where people ask for their own. Written anew by the office (loans.settings)."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    address = models.TextField()
    phone = models.CharField(max_length=40)
    website = models.URLField(blank=True)
    source = models.CharField(max_length=300)
    as_of = models.DateField()  # the day on which the source said so
    is_confirmed = models.BooleanField(default=False)  # somebody of the office has made sure of it
    ended_on = models.DateField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class ScoreBand(models.Model):
    """Scores that are told by one name, from `least` to `most`; the office draws the lines and finds the names."""

    code = models.SlugField(unique=True)
    name_en = models.CharField(max_length=100)
    name_fr = models.CharField(max_length=100)
    in_other_languages = models.JSONField(default=dict, blank=True)  # language → {"name": …}: letters.spoken
    least = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    ended_on = models.DateField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        ordering = ["least", "pk"]
        constraints = [models.CheckConstraint(condition=Q(least__lte=models.F("most")), name="a_band_goes_upwards")]

    def __str__(self):
        return self.code

    @property
    def name(self):
        """The name in the reader's language."""
        return spoken(self, "name").text


class LenderKind(models.TextChoices):
    """To whom somebody owes, as far as it says how the debt behaves."""

    CARD = "card", _("Credit card")
    CREDIT_LINE = "credit_line", _("Line of credit")
    BANK_LOAN = "bank_loan", _("Loan of a bank or credit union")
    OTHER_LOAN = "other_loan", _("Loan of another lender")
    CAR = "car", _("Car loan or lease")
    STUDENT = "student", _("Student loan")
    MORTGAGE = "mortgage", _("Mortgage")
    PHONE = "phone", _("Telephone or internet contract")
    COLLECTION = "collection", _("Collection agency")
    OTHER = "other", _("Something else")


class CreditReportQuerySet(models.QuerySet):
    def standing(self):
        """Those that can be read: neither taken back nor erased."""
        return self.filter(taken_back=None, document__erased_on=None)

    def for_a_page(self):
        """With everything that a page tells of them."""
        return self.select_related("bureau", "document", "event__by", "consent", "taken_back__by", "taken_back__note")


class CreditReport(Sealed):
    """One report about the applicant, as an officer entered it. Its row stays when what it told is erased.

    `told` is {"band": code of a ScoreBand, "" for no score yet; "debts": [{"lender": LenderKind, "balance_cents": …,
    "monthly_cents": …, "in_arrears": …}, …]}, and null once it is erased or taken back.
    """

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="credit_reports")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="credit_report")
    consent = models.ForeignKey("loans.Consent", models.PROTECT, related_name="+")  # under which it was got
    bureau = models.ForeignKey(CreditBureau, models.PROTECT, related_name="+")
    reported_on = models.DateField()
    told = EncryptedJSONField(null=True)
    document = models.OneToOneField("loans.Document", models.PROTECT, related_name="credit_report")
    taken_back = models.OneToOneField("loans.Event", models.PROTECT, null=True, related_name="credit_report_taken_back")

    objects = CreditReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "bureau", "reported_on"],
                condition=Q(taken_back=None),
                name="a_credit_report_is_entered_once",
            )
        ]

    def __str__(self):
        return f"{self.application_id}: {self.bureau_id}, {self.reported_on}"

    @property
    def debts(self):
        """Its debts, a dict each; none once it is erased."""
        return self.told["debts"] if self.told else []

    @property
    def monthly_cents(self):
        """What its debts ask for in a month, together."""
        return sum(debt["monthly_cents"] for debt in self.debts)

    @property
    def balance_cents(self):
        """What is owed on its debts, together."""
        return sum(debt["balance_cents"] for debt in self.debts)

    def forget(self):
        """Drop what it told. Saves."""
        self.told = None
        self.save(update_fields=["told"])
