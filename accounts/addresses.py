"""The e-mail address of an account: changed by a code at the new one, told at the old one."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts import codes, sessions
from accounts.models import DoorEvent, Recovery, User
from config import clock
from letters.post import post
from vault.lookup import keyed_hash

PURPOSE = "new-address"


class AddressTaken(Exception):
    """Another account has this address. Told to staff; whoever types it in public learns nothing from it."""


def is_taken(address, *, but_for):
    """Whether an account other than that of `but_for` has this address."""
    return (
        User.objects.filter(email__iexact=address).exclude(pk=but_for.pk).exists()
        or EmailAddress.objects.filter(email__iexact=address).exclude(user=but_for).exists()
    )


def masked(address):
    """An address for the eyes of whoever knows it: "a•••@example.org"."""
    name, _at, house = address.rpartition("@")
    return f"{name[:1]}•••@{house}"


@transaction.atomic
def send_code(user, address):
    """Mail six digits to `address`; until they are typed nothing changes. Raises CodeError("too_many").

    An address that has an account already gets a letter without them, and the page says the same.
    """
    code, digits = codes.draw(user, purpose=PURPOSE, subject=_subject(address))
    taken = is_taken(address, but_for=user)
    facts = {"url": settings.SITE_URL + reverse("account_login")} if taken else {"code": digits}
    post(
        "account_exists" if taken else "new_address_code",
        to=None if taken else user,
        address=address,
        language=user.reads,
        facts=facts,
        occasion=f"code:{code.pk}",
    )


def change(user, address, *, typed, keep):
    """Use up the code: `address` takes the place of the old one, and every session but `keep` ends.

    A recovery that runs is stopped by it. Raises CodeError; also where somebody else was given the address meanwhile.
    """
    codes.prove(user, purpose=PURPOSE, subject=_subject(address), typed=typed)
    try:
        with transaction.atomic():
            running = list(Recovery.objects.select_for_update().filter(person=user, end=""))  # before the account
            move(user, address, by=user, keep=keep)
            for recovery in running:
                recovery.end_as(Recovery.End.STOPPED, by=user)
    except AddressTaken:
        raise codes.CodeError("wrong") from None


@transaction.atomic
def move(user, address, *, by, keep=None):
    """Give `user` this address, end their sessions but `keep`, and tell the old one. Returns the event.

    Raises AddressTaken.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if is_taken(address, but_for=user):
        raise AddressTaken
    old, user.email = user.email, address.lower()
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    event = DoorEvent.objects.create(kind=DoorEvent.Kind.EMAIL_CHANGED, user=user, by=by, at=clock.now())
    sessions.end_all(user, keep=keep)
    post(
        "email_changed",
        to=user,
        address=old,
        facts={"name": user.name, "new_address": masked(user.email)},
        occasion=f"door:{event.pk}",
    )
    return event


def _subject(address):
    return keyed_hash(address, purpose="accounts.new_address")[:50]
