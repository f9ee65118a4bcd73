"""A telephone for text messages: proven by a code sent to it, changed, forgotten."""

import re
import unicodedata

from django.conf import settings
from django.db import transaction

from accounts import codes
from accounts.models import Phone
from config import clock
from letters import texts
from letters.post import post
from vault.lookup import keyed_hash

FEWEST, MOST = 8, 15  # digits of a number with its country (ITU-T E.164)
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212.()/\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
HERE, WITH_TRUNK = 10, 11  # digits of a number of Canada, without and with its 1


class PhoneError(Exception):
    """A number that cannot be used. `reason`: not_a_number | not_here (no texts to that country) | off."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def read_number(typed: str) -> str:
    """What was typed as E.164: "613 555-0123" is "+16135550123"; "+33 6 …", "0033 …" and "011 33 …" are abroad.

    Digits of every script are read. Raises PhoneError("not_a_number").
    """
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed[:60]))
    digits = bare.removeprefix("+")
    if not digits.isdecimal():
        raise PhoneError("not_a_number")
    digits = "".join(str(int(digit)) for digit in digits)
    if not bare.startswith("+"):
        digits = _with_country(digits)
    if not FEWEST <= len(digits) <= MOST or digits.startswith("0"):
        raise PhoneError("not_a_number")
    if digits.startswith("1") and (len(digits) != WITH_TRUNK or digits[1] in "01"):
        raise PhoneError("not_a_number")
    return f"+{digits}"


def _with_country(digits):
    for abroad in ("011", "00"):
        if digits.startswith(abroad):
            return digits.removeprefix(abroad)
    if len(digits) == HERE:
        return f"1{digits}"
    if len(digits) == WITH_TRUNK and digits.startswith("1"):
        return digits
    raise PhoneError("not_a_number")


def hash_of(number: str) -> str:
    """What stands for an E.164 number in `Phone.number_hash`."""
    return keyed_hash(number, purpose="accounts.phone")


def send_code(user, typed: str) -> Phone:
    """Text six digits to the number that was typed; until they are typed nothing changes.

    Raises PhoneError, and CodeError("too_many").
    """
    if not texts.is_on():
        raise PhoneError("off")
    number = read_number(typed)
    if settings.SMS_PREFIXES and not number.startswith(tuple(settings.SMS_PREFIXES)):
        raise PhoneError("not_here")
    with transaction.atomic():
        phone, _is_new = Phone.objects.get_or_create(user=user)
        phone.asked_sealed = number
        phone.save(update_fields=["asked_sealed"])
        codes.send(user, purpose="phone", subject=hash_of(number)[:50], kind="phone_code", number=number)
    return phone


def prove(user, typed: str) -> Phone:
    """Use up the code: the number that waited is theirs now, and they hear of it by mail. Raises CodeError."""
    asked = Phone.objects.filter(user=user, asked_sealed__isnull=False).first()
    if asked is None:
        raise codes.CodeError("none_sent")
    number = asked.asked_sealed
    codes.prove(user, purpose="phone", subject=hash_of(number)[:50], typed=typed)
    with transaction.atomic():
        phone = Phone.objects.select_for_update().get(pk=asked.pk)
        phone.number_sealed, phone.number_hash, phone.asked_sealed = number, hash_of(number), None
        phone.proven_at = clock.now()
        phone.save()
        _tell(user, phone)
    return phone


def choose(user, notices: str) -> None:
    """Send news by mail, by text or both, from now on. Raises ValueError for anything else, and without a phone."""
    phone = Phone.objects.filter(user=user, proven_at__isnull=False).first()
    if phone is None or notices not in Phone.Notices:
        raise ValueError("there is no phone for texts, or no such wish")
    phone.notices = notices
    phone.save(update_fields=["notices"])


def forget(user) -> None:
    """No telephone any more, and no texts; they hear of it by mail."""
    with transaction.atomic():
        phone = Phone.objects.select_for_update().filter(user=user).first()
        if phone is None:
            return
        was_proven = phone.is_proven
        phone.delete()
        if was_proven:
            user._state.fields_cache.pop("phone", None)  # the user in hand has none any more
            _tell(user, None)


def _tell(user, phone):
    post(
        "phone_changed",
        to=user,
        facts={"name": user.name, "ends_in": phone.number_sealed[-2:] if phone else ""},
        occasion=f"phone:{clock.now().isoformat()}",
    )
