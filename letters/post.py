"""The one door through which words leave the house."""

from collections.abc import Iterable, Sequence
from email.utils import parseaddr
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from config import clock
from letters.delivery import SWEEP_AFTER
from letters.kinds import KINDS
from letters.models import Letter
from letters.tasks import deliver, deliver_all
from vault.lookup import keyed_hash
from vault.models import StoredFile

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


PARTICULARS = ("address", "language", "facts", "case_reference", "message_id", "created_at", "try_again_at")


class NotPostable(ValueError):
    """A letter that could not be written: no such kind, nobody to send it to, or facts that JSON cannot say."""


def post(
    kind: str,
    *,
    to: "AbstractBaseUser | None" = None,
    facts: dict,
    occasion: str,
    case_reference: str = "",
    address: str = "",
    language: str = "",
    attachments: Iterable[StoredFile] = (),
    officer_name: str = "",
    officer_email: str = "",
) -> Letter:
    """Write a letter of `kind` inside the transaction of what it tells; it is sent once that is committed.

    `facts` hold whole cents, texts, ISO dates, lists and dicts of them: templates do the formatting. The second letter
    of one kind to one person (or address, when `to` is None) on one `occasion` is the first one, unchanged.
    Replies go to the officer, if one is named, and to the office.
    The language is the person's, else `language`, else the house's. Raises NotPostable, and
    TransactionManagementError outside a transaction.
    """
    letter = draft(
        kind,
        to=to,
        facts=facts,
        occasion=occasion,
        case_reference=case_reference,
        address=address,
        language=language,
        officer_name=officer_name,
        officer_email=officer_email,
    )
    values = {name: getattr(letter, name) for name in PARTICULARS}
    letter, is_new = Letter.objects.get_or_create(
        kind=kind, to=to, occasion=occasion, address_hash=letter.address_hash, defaults=values
    )
    if is_new:
        letter.attachments.set(attachments)
        _ring_for(letter)
    return letter


def draft(
    kind: str,
    *,
    to: "AbstractBaseUser | None" = None,
    facts: dict,
    occasion: str,
    case_reference: str = "",
    address: str = "",
    language: str = "",
    officer_name: str = "",
    officer_email: str = "",
) -> Letter:
    """A letter as `post` takes it, checked and not yet posted. Raises as `post`."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a letter is posted inside the transaction of what it tells")
    _check_kind(kind, facts, occasion)
    address = (address or getattr(to, "email", "")).strip()
    if not address:
        raise NotPostable("a letter needs an address")
    officer = {"officer_name": officer_name, "officer_email": officer_email}
    facts = {**facts, **{name: fact for name, fact in officer.items() if fact}}
    _check_facts(facts, "facts")
    return Letter(
        kind=kind,
        to=to,
        occasion=occasion,
        address_hash="" if to else keyed_hash(address, purpose="letters.address"),
        **_particulars(address, getattr(to, "language", "") or language, facts, case_reference),
    )


def post_all(letters: Sequence[Letter]) -> None:
    """Post drafts to persons in two queries, those left out that were posted before.

    Whoever posts the same occasions must wait for the same lock: here, that of the case.
    """
    occasions = {letter.occasion for letter in letters}
    known = Letter.objects.filter(to__in={letter.to_id for letter in letters}, occasion__in=occasions)
    posted = set(known.values_list("kind", "to_id", "occasion"))
    new = Letter.objects.bulk_create(
        letter for letter in letters if (letter.kind, letter.to_id, letter.occasion) not in posted
    )
    if len(new) > 1:
        transaction.on_commit(lambda: deliver_all.delay([letter.pk for letter in new]), robust=True)
    elif new:
        _ring_for(new[0])


def _ring_for(letter):
    # robust: a dead broker is no error page, the sweep delivers what nobody rang for. Not a partial: Django logs
    # the failed call by its __qualname__, which a partial lacks.
    transaction.on_commit(lambda: deliver.delay(letter.pk), robust=True)


def _particulars(address, language, facts, case_reference):
    now = clock.now()
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return {
        "address": address,
        "language": language or settings.LANGUAGE_CODE,
        "facts": facts,
        "case_reference": case_reference,
        "message_id": f"<{uuid4().hex}@{domain}>",
        "created_at": now,
        "try_again_at": now + SWEEP_AFTER,
    }


def _check_kind(kind, facts, occasion):
    if kind not in KINDS:
        raise NotPostable(f"no letter of the kind {kind!r}: see letters/kinds.py")
    if missing := [fact for fact in KINDS[kind].needs if facts.get(fact) in (None, "")]:
        raise NotPostable(f"the letter {kind!r} cannot be written without: {', '.join(missing)}")
    if not occasion:
        raise NotPostable("a letter needs its occasion")


def _check_facts(value, where):
    if isinstance(value, dict):
        for name, fact in value.items():
            if not isinstance(name, str):
                raise NotPostable(f"{where}: a name must be text, not {name!r}")
            _check_facts(fact, f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for number, fact in enumerate(value):
            _check_facts(fact, f"{where}[{number}]")
    elif not (value is None or isinstance(value, str | int)):
        raise NotPostable(f"{where} is a {type(value).__name__}: whole numbers, texts and ISO dates only")
