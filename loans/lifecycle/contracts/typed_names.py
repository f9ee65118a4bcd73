"""A name that is put under a paper online: the words, what proves who typed it, and what is kept of it."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.utils.translation import get_language

from accounts import codes
from accounts.models import OneTimeCode, User
from accounts.passkeys import Shown
from config import clock
from loans.lifecycle.refusal import Refused
from loans.models import Event, Loan
from loans.offer_words import TICKS
from vault.lookup import keyed_hash

PURPOSE = "sign"  # of the fresh code


def send_code(loan: Loan, *, by: User) -> None:
    """Mail the signer a fresh code. Raises accounts.codes.CodeError("too_many")."""
    codes.send(by, purpose=PURPOSE, subject=loan.number)


def check_words(agreed: bool, typed_name: str, helper: str, helped_in: str, *, debit: bool = True) -> None:
    """What is looked at first under every paper that is signed online; the names are those of `sign`.

    Raises Refused: not_agreed, no_debit, no_name, helper_unfinished.
    """
    if not agreed:
        raise Refused("not_agreed")
    if not debit:
        raise Refused("no_debit")
    if not typed_name.strip():
        raise Refused("no_name")
    if bool(helper.strip()) != bool(helped_in.strip()):
        raise Refused("helper_unfinished", field="helped_in" if helper.strip() else "helper")


def ticks_in_words(ticks: Sequence[str]) -> list[dict[str, str]]:
    """These ticks (codes of loans.offer_words.TICKS) as a signature keeps them: in the words that were read."""
    return [{"code": tick, "language": get_language() or "", "words": str(TICKS[tick])} for tick in ticks]


def proof_of(loan: Loan, by: User, code: str, passkey: Shown | None) -> dict[str, Any]:
    """What a signature of `by` rests on, as plain values: the passkey that they showed, or else the `code`, used up.

    Raises Refused("passkey_wanted"); CodeError when the code proves nothing.
    """
    if passkey is not None:
        return _shown_by(by, passkey)
    return _told_of(codes.prove(by, purpose=PURPOSE, subject=loan.number, typed=code))


def name_put(
    event: Event,
    typed_name: str,
    proof: dict[str, Any],
    ticks: Sequence[dict[str, str]],
    *,
    came_from: str = "",
    helper: str = "",
    helped_in: str = "",
) -> dict[str, Any]:
    """What is kept of every name that is put under a paper, as columns of a TypedName; the words are those of `put`."""
    return {
        "event": event,
        "typed_name": typed_name.strip()[:150],
        "signed_at": clock.now(),
        "proof": proof,
        "ticks": list(ticks),
        "came_from": keyed_hash(came_from, purpose="loans.came_from") if came_from else "",
        "helper": helper.strip()[:150] or None,
        "helped_in": helped_in.strip()[:60],
    }


def _shown_by(by: User, passkey: Shown) -> dict[str, Any]:
    if not passkey.proves(by):
        raise Refused("passkey_wanted")
    return {"way": "passkey", "key": passkey.key, "used_at": passkey.at.astimezone(UTC).isoformat()}


def _told_of(proof: OneTimeCode) -> dict[str, Any]:
    """The check that a signature rests on: which code, by which road, when it was sent and used."""
    moments = {"sent_at": proof.created_at, "used_at": proof.used_at}
    told = {name: moment.astimezone(UTC).isoformat() for name, moment in moments.items() if moment}
    return {"way": "code_by_mail", "key": proof.pk, **told}
