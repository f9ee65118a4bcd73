"""The person: who they are and how to reach them; who asks to be called; who else helps them; whom we know as ours."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applicants import areas, occupations, search_words, voluntary  # noqa: F401  (tables of their own)
from applicants.target_group import Definition, Education
from config import clock
from letters.spoken import spoken
from vault.fields import EncryptedTextField
from vault.lookup import keyed_hash
from vault.models import Sealed


class Applicant(Sealed):
    """Somebody who asks for a loan. Filled from the form at submission, so a draft leaves no trace here."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="applicant")
    full_name = models.CharField(max_length=150, blank=True)
    called = models.CharField(max_length=80, blank=True)  # how to address them
    born_on = EncryptedTextField(null=True)  # ISO date
    phone = models.CharField(max_length=40, blank=True)
    address = EncryptedTextField(null=True)
    postal_code = models.CharField(max_length=12, blank=True)
    sin = EncryptedTextField(null=True)  # nine digits, when told; read by nobody's page
    sin_hash = models.CharField(max_length=64, blank=True, db_index=True)  # keyed: finds the same number told twice
    sin_expires_on = models.DateField(null=True)  # of a number that begins with 9

    class Meta:
        indexes = [
            models.Index(
                fields=["sin_expires_on"],
                condition=models.Q(sin_expires_on__isnull=False),
                name="applicant_number_ends",
            ),
            models.Index(fields=["full_name"], name="applicant_by_name"),
        ]

    def __str__(self):
        return self.full_name or str(self.user)

    @property
    def greeting(self):
        """The name to write after "Dear"."""
        return self.called or self.full_name or self.user.name

    def remember_sin(self, number, expires_on):
        """Keep a social insurance number sealed, or with "" forget it. Does not save."""
        self.sin = number or None
        self.sin_hash = keyed_hash(number, purpose="applicants.sin") if number else ""
        self.sin_expires_on = expires_on if number else None


class PartnerQuerySet(models.QuerySet):
    def current(self, day=None):
        """Those that still help people on `day` (today), by name."""
        return self.exclude(ended_on__lt=day or clock.today()).order_by("name_en")


class Partner(models.Model):
    """Somebody else who helps newcomers: whom we send people to, and some who send people to us."""

    class Kind(models.TextChoices):
        LENDER = "lender", _("Loans and grants")
        SETTLEMENT = "settlement", _("Settling in Canada")
        LANGUAGE = "language", _("English and French classes")
        EMPLOYMENT = "employment", _("Finding work")
        BUSINESS = "business", _("Starting a business")

    code = models.SlugField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name_en = models.CharField(max_length=150)
    name_fr = models.CharField(max_length=150)
    says_en = models.TextField()  # what they do, for whom
    says_fr = models.TextField()
    in_other_languages = models.JSONField(
        default=dict, blank=True
    )  # language → {"says": …}; names stay: letters.spoken
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    email = models.EmailField(blank=True)  # where referrals go
    language = models.CharField(max_length=2, blank=True)  # in which we write to them: en or fr; empty: English
    helps = models.JSONField(
        default=list
    )  # codes of loans.screening.SITUATIONS, all of which must hold for us to name them
    refers = models.BooleanField(default=False)  # sends people to us: named under "who sent me"
    source = models.CharField(max_length=300)
    as_of = models.DateField()  # the day on which the source said so
    ended_on = models.DateField(null=True)

    objects = PartnerQuerySet.as_manager()

    def __str__(self):
        return self.code

    @property
    def name(self):
        """The name in the reader's language."""
        return spoken(self, "name").text

    @property
    def says(self):
        """What they do, in the reader's language."""
        return spoken(self, "says").text


class CallBackQuerySet(models.QuerySet):
    def waiting(self):
        """Those whom nobody has called yet, the longest wait first."""
        return self.filter(done_at=None).order_by("asked_at", "pk")

    def done(self):
        """Those that somebody called, the newest call first."""
        return self.filter(done_at__isnull=False).order_by("-done_at", "-pk")

    def over(self, day):
        """Those of which nothing needs to be kept on `day`."""
        return self.filter(done_at__date__lte=day - timedelta(days=CallBack.KEPT_DAYS))


class CallBack(Sealed):
    """Somebody asks to be called: a task for the office. Who they are stays sealed, and is erased after the call."""

    KEPT_DAYS = 90  # after the call; then the night erases the row

    class Language(models.TextChoices):
        """What the office speaks, each in its own name; for the others there is an interpreter."""

        ENGLISH = "en", "English"
        FRENCH = "fr", "Français"

    class When(models.TextChoices):
        ANY_TIME = "any", _("At any time")
        MORNING = "morning", _("In the morning")
        AFTERNOON = "afternoon", _("In the afternoon")

    name = EncryptedTextField()
    phone = EncryptedTextField()
    language = models.CharField(max_length=2, choices=Language)  # in which we call
    interpreter = EncryptedTextField()  # the language to interpret; empty: none wanted
    suits = models.CharField(max_length=10, choices=When)
    words = EncryptedTextField()
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = EncryptedTextField(null=True)  # what came of it
    once_key = models.CharField(max_length=64, null=True, unique=True)  # of the form that asked

    objects = CallBackQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None) | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="a_call_is_made_by_somebody",
            )
        ]

    def __str__(self):
        return f"call {self.pk}"

    @property
    def kept_until(self):
        """The day on whose night the row is erased; None while nobody has called."""
        return self.done_at and clock.day_of(self.done_at) + timedelta(days=self.KEPT_DAYS)


class TargetDefinition(models.Model):
    """Dated thresholds of the target groups, each with its source. Never edited: a new row takes over on its day."""

    effective_from = models.DateField(unique=True)
    full_time_hours = models.PositiveSmallIntegerField()
    least_education = models.CharField(max_length=30, choices=[(level.value, level.value) for level in Education])
    lowest_skill_teer = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)

    def __str__(self):
        return f"target groups from {self.effective_from}"

    @classmethod
    def in_force(cls, day=None):
        """The definition that holds on `day` (today); raises DoesNotExist when the office was never furnished."""
        row = cls.objects.filter(effective_from__lte=day or clock.today()).order_by("-effective_from").first()
        if row is None:
            raise cls.DoesNotExist("no target definition is in force: run manage.py furnish")
        return Definition(row.full_time_hours, Education(row.least_education), row.lowest_skill_teer)
