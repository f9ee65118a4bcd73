"""Who works in the loan office: roles given and taken, each change proposed by one person and confirmed by another."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import override

from accounts.models import Role, RoleChange, RoleGrant, User
from config import clock
from letters.post import post

PROPOSE = frozenset({Role.MANAGER})
CONFIRM = frozenset({Role.MANAGER, Role.COMMITTEE})


class AlreadyStaffed(Exception):
    """The office has a manager: further roles are given from inside."""


class ChangeRefused(Exception):
    """A change of roles that cannot be. `code`: held_already | not_held | last_manager | no_days | days_over |
    own_stand_in | proposed_already | decided_already.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@transaction.atomic
def first_manager(email, *, name, language="en"):
    """Open the office: its first manager. Works once; raises AlreadyStaffed afterwards."""
    if RoleGrant.objects.filter(role=Role.MANAGER).exists():
        raise AlreadyStaffed
    return give_role(User.objects.known_as(email, name=name, language=language), Role.MANAGER, by=None).user


def give_role(user, role, *, by):
    """Let `user` hold `role` from now on; returns the grant (the one in force when already held).

    For the first manager, the demo and tests: in an office, roles change by `propose` and `confirm`.
    """
    user.__dict__.pop("roles", None)
    grant, _ = RoleGrant.objects.get_or_create(
        user=user,
        role=Role(role),
        ended_at=None,
        stands_in_for=None,
        defaults={"granted_by": by, "granted_at": clock.now()},
    )
    return grant


@transaction.atomic
def propose(kind, person, role, *, by, stands_in_for=None, first_day=None, last_day=None):
    """A manager proposes to give or take a role, or that `person` stands in with it for somebody on some days.

    The person is told. Raises PermissionDenied, and ChangeRefused: held_already, not_held, last_manager, no_days,
    days_over, own_stand_in, proposed_already.
    """
    if not by.roles & PROPOSE:
        raise PermissionDenied("roles are proposed by a manager")
    _refuse_nonsense(kind, person, role, stands_in_for, first_day, last_day)
    if RoleChange.objects.filter(kind=kind, person=person, role=role, is_confirmed=None).exists():
        raise ChangeRefused("proposed_already")
    change = RoleChange.objects.create(
        kind=kind,
        person=person,
        role=role,
        stands_in_for=stands_in_for,
        first_day=first_day,
        last_day=last_day,
        proposed_by=by,
        proposed_at=clock.now(),
    )
    if kind != RoleChange.Kind.TAKE:
        _tell(change)
    return change


def may_confirm(change, by):
    """A second person: a manager or committee member who neither proposed it nor is concerned.

    In an office where no such person is left, whoever is given the role accepts it: that is the second person.
    """
    if by.pk == change.proposed_by_id:
        return False
    if by.pk == change.person_id:
        return change.kind != RoleChange.Kind.TAKE and not _others_who_confirm(change)
    return bool(by.roles & CONFIRM)


@transaction.atomic
def decide(change, *, by, confirmed):
    """The second person confirms or refuses; confirmed, it holds at once. Whoever proposed it may take it back.

    Raises PermissionDenied, and ChangeRefused: decided_already, and what the change meanwhile cannot be any more.
    """
    change = RoleChange.objects.select_for_update().get(pk=change.pk)
    if change.is_confirmed is not None:
        raise ChangeRefused("decided_already")
    takes_back = by.pk == change.proposed_by_id and not confirmed
    if not (takes_back or may_confirm(change, by)):
        raise PermissionDenied("a second person confirms")
    change.is_confirmed, change.decided_at = confirmed, clock.now()
    change.decided_by = None if takes_back else by
    if confirmed:
        _refuse_nonsense(
            change.kind, change.person, change.role, change.stands_in_for, change.first_day, change.last_day
        )
        _carry_out(change)
    change.save()
    return change


def _carry_out(change):
    if change.kind == RoleChange.Kind.TAKE:
        held = RoleGrant.objects.filter(user=change.person, role=change.role, ended_at=None)
        held.update(ended_at=clock.now())
        return
    RoleGrant.objects.create(
        user=change.person,
        role=change.role,
        granted_by=change.proposed_by,
        granted_at=clock.now(),
        stands_in_for=change.stands_in_for,
        first_day=change.first_day,
        last_day=change.last_day,
    )


def _refuse_nonsense(kind, person, role, stands_in_for, first_day, last_day):
    holds = RoleGrant.objects.in_force().filter(user=person, role=role).exists()
    if kind == RoleChange.Kind.TAKE:
        if not holds:
            raise ChangeRefused("not_held")
        if role == Role.MANAGER and User.objects.holding(Role.MANAGER).count() == 1:
            raise ChangeRefused("last_manager")
        return
    if holds:
        raise ChangeRefused("held_already")
    if kind == RoleChange.Kind.STAND_IN:
        _refuse_wrong_days(person, role, stands_in_for, first_day, last_day)


def _refuse_wrong_days(person, role, stands_in_for, first_day, last_day):
    if stands_in_for is None or stands_in_for == person:
        raise ChangeRefused("own_stand_in")
    if not RoleGrant.objects.in_force().filter(user=stands_in_for, role=role).exists():
        raise ChangeRefused("not_held")
    if first_day is None or last_day is None or last_day < first_day:
        raise ChangeRefused("no_days")
    if last_day < clock.today():
        raise ChangeRefused("days_over")


def _others_who_confirm(change):
    here = (person for person in User.objects.staff() if person.roles & CONFIRM)
    return [person for person in here if person.pk not in (change.proposed_by_id, change.person_id)]


def _tell(change):
    with override(change.person.reads):
        role = str(Role(change.role).label)
    post(
        "role_proposed",
        to=change.person,
        facts={
            "name": change.person.name,
            "proposer": change.proposed_by.name,
            "role": role,
            "link": f"{settings.SITE_URL}/office/people/",
        },
        occasion=f"role:{change.pk}",
    )
