"""Passkeys: a way in without mail, kept by the person's own device. For applicants; staff sign in by mail and app.

The sign-in library knows the ceremony (Web Authentication, W3C) and keeps the rows; the house writes its own pages,
since the library's treat a passkey as a second step that a lost telephone would turn into a locked door.
"""

import struct
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import codes
from accounts.models import DoorEvent
from config import clock
from letters.post import post

MOST = 10
# Whatever stands in a forged answer of a browser ends as one of these.
FORGED = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error, AssertionError)


@dataclass(frozen=True)
class Shown:
    """A passkey that somebody showed: its key, whose it is, and when it was shown."""

    key: int
    user: int
    at: datetime

    def proves(self, user):
        """Whether it is this person's, and was shown in the last fifteen minutes."""
        return self.user == user.pk and clock.now() - self.at < codes.LIFETIME


class PasskeyError(Exception):
    """A passkey that proves nothing. `reason`: not_proven | too_many."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def passkeys_of(user):
    """Their passkeys, the oldest first."""
    return list(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("pk"))


def begin_adding(user):
    """What the browser is asked, to make a passkey for `user`; its answer must come from this session."""
    return auth.begin_registration(user, True)


def begin_showing():
    """What the browser is asked, to show any passkey it has for us."""
    return auth.begin_authentication()


@transaction.atomic
def add(user, name, credential):
    """Keep what the browser made, and tell `user`. Raises PasskeyError, and PermissionDenied for staff."""
    if user.is_staff:
        raise PermissionDenied("staff sign in by mail and app")
    if len(passkeys_of(user)) >= MOST:
        raise PasskeyError("too_many")
    try:
        made = auth.complete_registration(credential)
    except FORGED:
        raise PasskeyError("not_proven") from None
    finally:
        auth.clear_state()  # a question is answered once, also wrongly
    if auth.get_authenticator_by_credential_id(user, made.credential_data.credential_id):
        raise PasskeyError("not_proven")
    passkey = auth.WebAuthn.add(user, name, credential).instance
    _tell(user, DoorEvent.Kind.PASSKEY_ADDED)
    return passkey


def shown(credential):
    """The passkey that a browser shows. Raises PasskeyError; also for staff, and for whoever left."""
    try:
        user = auth.extract_user_from_response(credential)
        passkey = auth.complete_authentication(user, credential)
    except FORGED:
        raise PasskeyError("not_proven") from None
    finally:
        auth.clear_state()
    if user.is_staff or not user.is_active:
        raise PasskeyError("not_proven")
    passkey.record_usage()
    return passkey


def rename(passkey, name):
    """Call it `name` from now on."""
    passkey.wrap().name = name
    passkey.save(update_fields=["data"])


@transaction.atomic
def remove(passkey):
    """It opens nothing any more, and its owner is told."""
    user = passkey.user
    passkey.delete()
    _tell(user, DoorEvent.Kind.PASSKEY_REMOVED)


def _tell(user, kind):
    event = DoorEvent.objects.create(kind=kind, user=user, by=user, at=clock.now())
    change = "added" if kind == DoorEvent.Kind.PASSKEY_ADDED else "removed"
    post("passkey_changed", to=user, facts={"name": user.name, "change": change}, occasion=f"door:{event.pk}")
