"""Who works in the loan office: roles given and taken."""

from django.db import transaction

from accounts.models import Role, RoleGrant, User
from config import clock


class AlreadyStaffed(Exception):
    """The office has a manager: further roles are given from inside."""


@transaction.atomic
def first_manager(email, *, name, language="en"):
    """Open the office: its first manager. Works once; raises AlreadyStaffed afterwards."""
    if RoleGrant.objects.filter(role=Role.MANAGER).exists():
        raise AlreadyStaffed
    return give_role(User.objects.known_as(email, name=name, language=language), Role.MANAGER, by=None).user


def give_role(user, role, *, by):
    """Let `user` hold `role` from now on; returns the grant (the one in force when already held)."""
    user.__dict__.pop("roles", None)
    grant, _ = RoleGrant.objects.get_or_create(
        user=user, role=Role(role), ended_at=None, defaults={"granted_by": by, "granted_at": clock.now()}
    )
    return grant
