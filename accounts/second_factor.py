"""The secrets of the second factor, sealed in the sign-in library's own table."""

import base64
import binascii
import logging
from collections import Counter

from allauth.mfa.models import Authenticator
from django.db import transaction

from vault import keys
from vault.errors import Damaged, VaultError

PLACE = "mfa_authenticator.data"  # the library seals before it has a row, so the place names none
SEALED = ("secret", "seed")  # the keys of Authenticator.data that the library seals

log = logging.getLogger(__name__)


def seal_secret(text: str) -> str:
    """`text` sealed, as the library keeps it."""
    return base64.urlsafe_b64encode(keys.seal(text.encode(), place=PLACE)).decode()


def open_secret(sealed: str) -> str:
    """What `seal_secret` was given; raises a VaultError when it cannot be read."""
    return keys.unseal(_bytes(sealed), place=PLACE).decode()


def _bytes(sealed: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(sealed)
    except (binascii.Error, ValueError):
        raise Damaged("a secret of the second factor is not even text of the vault") from None


def reseal(*, batch: int) -> Counter:
    """Seal every secret again under the newest key, for `manage.py rekey`; safe to stop and to run again."""
    counts: Counter = Counter()
    last = 0
    while done := _next(last, batch, counts):
        last = done[-1]
    return counts


@transaction.atomic
def _next(after: int, batch: int, counts: Counter) -> list[int]:
    found = list(Authenticator.objects.select_for_update().filter(pk__gt=after).order_by("pk")[:batch])
    for authenticator in found:
        try:
            _reseal(authenticator, counts)
        except VaultError as error:
            counts["damaged"] += 1
            log.error("second factor %s: %s", authenticator.pk, error)
    counts["rows"] += len(found)
    return [authenticator.pk for authenticator in found]


def _reseal(authenticator: Authenticator, counts: Counter) -> None:
    stale = {
        name: sealed
        for name, sealed in authenticator.data.items()
        if name in SEALED and keys.version_of(_bytes(sealed)) != keys.newest_version()
    }
    if not stale:
        return
    authenticator.data |= {name: seal_secret(open_secret(sealed)) for name, sealed in stale.items()}
    authenticator.save(update_fields=["data"])
    counts["resealed"] += len(stale)
