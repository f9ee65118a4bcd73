"""Fresh codes: before something binding, the owner of the e-mail address proves to be here now."""

import secrets
from datetime import timedelta

from django.db import transaction

from accounts.models import OneTimeCode
from config import clock
from letters.post import post
from vault.lookup import keyed_hash

LIFETIME = timedelta(minutes=15)
TRIES = 5
PER_HOUR = 6


class CodeError(Exception):
    """A code that does not prove anything. `reason`: wrong | expired | too_many | none_sent."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def send(user, *, purpose, subject, kind="signing_code", number="", **facts):
    """Send `user` six digits for `purpose` on `subject`, good for 15 minutes; at most six codes an hour.

    They go to their e-mail address, or by text to `number` (E.164) where `kind` is a letter that is a text; `facts` are
    what that letter tells besides.

    Raises CodeError("too_many") when the hour's codes are used up.
    """
    with transaction.atomic():
        code, digits = draw(user, purpose=purpose, subject=subject)
        told = {**facts, "code": digits, "name": user.name}
        post(kind, to=user, address=number, facts=told, occasion=f"code:{code.pk}")
    return code


def draw(user, *, purpose, subject):
    """(code, digits): as `send`, for whoever writes another letter with the digits, in the same transaction."""
    now = clock.now()
    recent = OneTimeCode.objects.filter(user=user, purpose=purpose, created_at__gt=now - timedelta(hours=1))
    if recent.count() >= PER_HOUR:
        raise CodeError("too_many")
    digits = f"{secrets.randbelow(10**6):06d}"
    code = OneTimeCode.objects.create(
        user=user,
        purpose=purpose,
        subject=subject,
        digest=_digest(user, purpose, subject, digits),
        created_at=now,
        expires_at=now + LIFETIME,
    )
    return code, digits


def prove(user, *, purpose, subject, typed):
    """Use up the newest code for this purpose and subject; returns it. Every try counts, also when what follows fails.

    Raises CodeError when nothing was sent, time is up, five tries were made, or the digits are others.
    """
    with transaction.atomic():
        code = (
            OneTimeCode.objects.select_for_update()
            .filter(user=user, purpose=purpose, subject=subject, used_at=None)
            .order_by("-pk")
            .first()
        )
        reason = _judge(code, _digest(user, purpose, subject, "".join(typed.split())))
        if code is not None:
            code.tries += 1
            code.used_at = None if reason else clock.now()
            code.save(update_fields=["tries", "used_at"])
    if reason:
        raise CodeError(reason)
    return code


def _judge(code, digest):
    if code is None:
        return "none_sent"
    if code.expires_at <= clock.now():
        return "expired"
    if code.tries >= TRIES:
        return "too_many"
    return "" if secrets.compare_digest(code.digest, digest) else "wrong"


def _digest(user, purpose, subject, digits):
    return keyed_hash(f"{user.pk}|{subject}|{digits}", purpose=f"code:{purpose}")
