"""The people who sign in: their e-mail, their language, the roles they hold, the codes we sent them."""

from functools import cached_property

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from config import clock


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
        return frozenset(RoleGrant.objects.in_force().filter(user=self).values_list("role", flat=True))

    @property
    def is_staff(self):
        """Whether this person works in the loan office."""
        return bool(self.roles)


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
