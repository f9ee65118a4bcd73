"""The register of complaints: what somebody says went wrong, who looks into it, and what they were answered."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from config import clock
from loans.models.conflict import Conflict
from loans.models.series import Series
from vault.fields import EncryptedTextField
from vault.models import Sealed


class ComplaintQuerySet(models.QuerySet):
    def open_to(self, reader):
        """What this member of staff may read: never one about themselves, their own, or of a case hidden from them.

        Managers and auditors read all others, a committee member those that name a manager, an owner their own.
        """
        hidden = Conflict.objects.hiding(OuterRef("application"), reader)
        found = self.exclude(pk__in=self.model.objects.filter(about=reader).values("pk"))
        found = found.filter(~Exists(hidden)).exclude(user=reader)
        found = found.exclude(pk__in=self.model.objects.filter(application__parties__user=reader).values("pk"))
        if reader.roles & {Role.MANAGER, Role.AUDITOR}:
            return found
        mine = Q(owner=reader) if reader.roles & OWNERS else Q(pk__in=[])
        if Role.COMMITTEE in reader.roles:
            managers = User.objects.holding(Role.MANAGER).values("pk")
            mine |= Q(pk__in=self.model.objects.filter(about__in=managers).values("pk"))
        return found.filter(mine)

    def waiting(self):
        """Those that nobody has answered, the first due on top."""
        return self.filter(answered_at=None).order_by("due_on", "pk")


OWNERS = frozenset((Role.OFFICER, Role.MANAGER, Role.COMMITTEE))  # who may look into one


class Complaint(Sealed):
    """Something went wrong for somebody. Words and names are sealed, and erased some years after the answer.

    `about` are the members of staff of whom it speaks: they never see it.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", _("An answer that you gave me")
        MANNER = "manner", _("How somebody treated me")
        WAIT = "wait", _("I wait too long")
        MONEY = "money", _("A payment, a fee or my loan")
        PRIVACY = "privacy", _("What became of what I told you")
        ACCESS = "access", _("I could not use something")
        OTHER = "other", _("Something else")

    class Way(models.TextChoices):
        PAGE = "page", _("on our page")
        TELEPHONE = "telephone", _("by telephone")
        LETTER = "letter", _("by letter")
        EMAIL = "email", _("by e-mail")
        IN_PERSON = "in_person", _("in person")

    class Outcome(models.TextChoices):
        RIGHT = "right", _("It was right: we mend it")
        PARTLY = "partly", _("It was right in part")
        NOT_RIGHT = "not_right", _("We found nothing to mend")
        TAKEN_BACK = "taken_back", _("It was taken back")

    number = models.CharField(max_length=15, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    way = models.CharField(max_length=10, choices=Way)
    language = models.CharField(max_length=7)  # in which the person reads
    words = EncryptedTextField(null=True)
    whom = EncryptedTextField(null=True)  # of whom it speaks, as it was typed
    name = EncryptedTextField(null=True)
    email = EncryptedTextField(null=True)
    phone = EncryptedTextField(null=True)
    about = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # who was signed in
    application = models.ForeignKey("loans.Application", models.PROTECT, null=True, related_name="complaints")
    received_at = models.DateTimeField()
    due_on = models.DateField()  # by when we promised an answer
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = EncryptedTextField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    erased_on = models.DateField(null=True)
    once_key = models.CharField(max_length=64, null=True, unique=True)  # of the form that told us

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(answered_at=None), name="open_complaint")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, outcome="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(outcome=""),
                name="an_answered_complaint_says_by_whom_and_how",
            )
        ]

    def __str__(self):
        return self.number

    @staticmethod
    def next_number(year):
        """The next number of `year`, such as C-2026-0001."""
        return Series.next("C", year)

    @property
    def address(self):
        """The e-mail address at which the person is answered; empty where there is none."""
        return self.user.email if self.user_id else self.email or ""

    @property
    def is_overdue(self):
        """Whether an answer was due before today."""
        return self.answered_at is None and self.due_on < clock.today()
