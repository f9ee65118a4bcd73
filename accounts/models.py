"""The people who sign in: their e-mail, their language, the roles they hold, the codes we sent them."""

from functools import cached_property

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.doors import DoorEvent, Recovery, Session
from config import clock
from config.languages import BINDING, ENGLISH, NAMES
from letters.languages import offered
from vault.fields import EncryptedTextField
from vault.models import Sealed


class Role(models.TextChoices):
    """What a member of staff is trusted with. One person may hold several; applicants hold none."""

    OFFICER = "officer", _("loan officer")
    MANAGER = "manager", _("manager")
    FINANCE = "finance", _("finance")
    COMMITTEE = "committee", _("committee member")
    AUDITOR = "auditor", _("auditor")


class UserManager(BaseUserManager):
    def create_user(self, email, **more):
        """A person who signs in by a code sent to `email`; nobody has a password."""
        user = self.model(email=email.strip().lower(), **more)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def known_as(self, email, **more):
        """The person who owns this address: the one we know, or a new one, who proves it at the first sign-in."""
        return self.filter(email=email.strip().lower()).first() or self._invite(email, more)

    def _invite(self, email, more):
        user = self.create_user(email, **more)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
        return user

    def holding(self, role):
        """Everybody who holds `role` now."""
        return self.filter(is_active=True, pk__in=RoleGrant.objects.in_force().filter(role=role).values("user"))

    def staff(self):
        """Everybody who works here now, by name, with their roles: one query."""
        people = {}
        for grant in RoleGrant.objects.in_force().filter(user__is_active=True).select_related("user"):
            person = people.setdefault(grant.user_id, grant.user)
            person.__dict__["roles"] = person.__dict__.get("roles", frozenset()) | {grant.role}
        return sorted(people.values(), key=lambda person: (person.name, person.pk))


class User(AbstractBaseUser):
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    binding_language = models.CharField(  # of contracts and decisions; asked once of who reads a further language
        max_length=7, choices=[(code, NAMES[code]) for code in BINDING], blank=True
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self):
        return self.name or self.email

    @cached_property
    def roles(self):
        """The roles held now, as a frozen set of codes."""
        return frozenset(self._at_work)

    @property
    def has_second_factor(self):
        """Whether this person, who works here, has set up the app; a passkey is a way in, no second step."""
        return any(self._at_work.values())

    @cached_property
    def _at_work(self):
        """{role held now: whether the second factor stands}: every page of the office asks both."""
        app = Authenticator.objects.filter(user=OuterRef("user")).exclude(type=Authenticator.Type.WEBAUTHN)
        held = RoleGrant.objects.in_force().filter(user=self).annotate(has_app=Exists(app))
        return dict(held.values_list("role", "has_app"))

    @property
    def is_staff(self):
        """Whether this person works in the loan office."""
        return bool(self.roles)

    @property
    def binds_in(self):
        """English or French: the language in which a contract or a decision binds this person."""
        return self.language if self.language in BINDING else self.binding_language or ENGLISH

    @property
    def reads(self):
        """The language we write to this person in: theirs while we offer it, else the one that binds."""
        return self.language if self.language in BINDING or self.language in offered() else self.binds_in

    @property
    def proven_phone(self):
        """Their Phone, once it is proven, else None."""
        phone = getattr(self, "phone", None)
        return phone if phone is not None and phone.is_proven else None

    @property
    def text_number(self):
        """The number to which they want news by text, or an empty text."""
        phone = self.proven_phone
        return phone.number_sealed if phone and phone.notices != Phone.Notices.MAIL else ""

    @property
    def wants_mail(self):
        """Whether news goes to them by mail too; what no text can tell always does."""
        phone = self.proven_phone
        return phone is None or phone.notices != Phone.Notices.TEXT


class RoleGrantQuerySet(models.QuerySet):
    def in_force(self, day=None):
        """The roles held on `day` (today): lasting ones, and those of stand-ins on their days."""
        day = day or clock.today()
        begun = models.Q(first_day=None) | models.Q(first_day__lte=day)
        going_on = models.Q(last_day=None) | models.Q(last_day__gte=day)
        return self.filter(begun, going_on, ended_at=None)


class RoleGrant(models.Model):
    """A role somebody was given, by whom and from when; ended, never deleted. A stand-in's has its days."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=12, choices=Role)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    stands_in_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ended_at=None, stands_in_for=None),
                name="a_role_is_held_once",
            ),
            models.CheckConstraint(
                condition=models.Q(stands_in_for=None, first_day=None, last_day=None)
                | models.Q(stands_in_for__isnull=False, last_day__gte=models.F("first_day")),
                name="a_stand_in_has_days",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.role}"


class RoleChange(models.Model):
    """A change of roles that one person proposed and a second confirmed or refused. The rows are its history."""

    class Kind(models.TextChoices):
        GIVE = "give", _("give a role")
        TAKE = "take", _("take a role away")
        STAND_IN = "stand_in", _("stand in for somebody")

    kind = models.CharField(max_length=8, choices=Kind)
    person = models.ForeignKey(User, models.PROTECT, related_name="role_changes")
    role = models.CharField(max_length=12, choices=Role)
    stands_in_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(null=True)  # null while it waits

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "person", "role"],
                condition=models.Q(is_confirmed=None),
                name="a_change_is_proposed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="a_change_of_roles_takes_two",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.role}: {self.person}"


class OneTimeCode(models.Model):
    """A code sent to prove that the owner of an address is here now. Only its keyed hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="codes")
    purpose = models.SlugField()
    subject = models.CharField(max_length=50)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.purpose} code for {self.user}"


class Phone(Sealed):
    """A person's telephone for text messages. It is used once a code sent to it was typed, not before.

    `number_sealed` (E.164) and `number_hash` (vault.lookup, purpose "accounts.phone") are of the proven number;
    `asked_sealed` is one that waits for its code. Families share phones: one number may stand at several people.
    """

    class Notices(models.TextChoices):
        MAIL = "mail", _("By e-mail")
        TEXT = "text", _("By text message")
        BOTH = "both", _("By e-mail and by text message")

    user = models.OneToOneField(User, models.CASCADE, related_name="phone")
    number_sealed = EncryptedTextField(null=True)
    number_hash = models.CharField(max_length=64, blank=True, db_index=True)
    proven_at = models.DateTimeField(null=True)
    asked_sealed = EncryptedTextField(null=True)
    notices = models.CharField(max_length=4, choices=Notices, default=Notices.MAIL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(proven_at=None, number_hash="")
                | (models.Q(proven_at__isnull=False) & ~models.Q(number_hash="")),
                name="only_a_proven_number_counts",
            )
        ]

    def __str__(self):
        return f"phone of {self.user_id}"

    @property
    def is_proven(self):
        """Whether its owner typed a code that was sent to it."""
        return self.proven_at is not None


__all__ = ["DoorEvent", "OneTimeCode", "Phone", "Recovery", "Role", "RoleChange", "RoleGrant", "Session", "User"]
