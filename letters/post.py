"""The one door through which words leave the house."""

from collections.abc import Iterable, Sequence
from email.utils import parseaddr
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from config import clock
from config.languages import ENGLISH, FURTHER
from letters import texts
from letters.delivery import SWEEP_AFTER
from letters.kinds import KINDS
from letters.mailbox import is_mailbox
from letters.models import FAILED, POST, TEXT, Letter
from letters.tasks import deliver, deliver_all
from vault.lookup import keyed_hash
from vault.models import StoredFile

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


PARTICULARS = ("address", "language", "facts", "case_reference", "message_id", "created_at", "try_again_at", "state")


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
    Replies go to the officer, if one is named, and to the office. Whoever wants texts gets one too, or instead, where
    the kind has one; then the first of the two is returned. To a person without a mailbox it is a letter by post, and a
    text where we know their number; a code cannot be posted and has failed at once.
    The language is the person's, else `language`, else the house's. Raises NotPostable, and
    TransactionManagementError outside a transaction.
    """
    words = draft(
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
    files = list(attachments)
    first, *_more = [_posted(each, files) for each in _by_their_wishes(words, carries_papers=bool(files))]
    return first


def _posted(draft, attachments):
    values = {name: getattr(draft, name) for name in PARTICULARS}
    letter, is_new = Letter.objects.get_or_create(
        kind=draft.kind,
        to=draft.to,
        occasion=draft.occasion,
        address_hash=draft.address_hash,
        channel=draft.channel,
        defaults=values,
    )
    if is_new:
        if letter.channel != TEXT:
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
    language = getattr(to, "reads", "") or language
    if KINDS[kind].binds and language in FURTHER:
        facts["binds_in"] = getattr(to, "binds_in", ENGLISH)
    _check_facts(facts, "facts")
    return Letter(
        kind=kind,
        to=to,
        occasion=occasion,
        address_hash="" if to else keyed_hash(address, purpose="letters.address"),
        **_particulars(address, language, facts, case_reference),
    )


def again_by_post(mail: Letter) -> Letter:
    """A letter by post in the place of one by mail: the same facts, words and papers. It waits to be printed.

    Written once: the second is the first one. Raises NotPostable for a letter to nobody we know, or with a code.
    """
    if mail.to is None or KINDS[mail.kind].secret:
        raise NotPostable("only a letter to a person, without a code, can be posted")
    particulars = _particulars(mail.address, mail.language, mail.facts, mail.case_reference)
    where = {"kind": mail.kind, "to": mail.to, "occasion": mail.occasion, "channel": POST}
    letter, is_new = Letter.objects.get_or_create(**where, defaults={**particulars, "instead_of": mail})
    if is_new:
        letter.attachments.set(mail.attachments.all())
    return letter


def post_all(letters: Sequence[Letter]) -> None:
    """Post drafts to persons in two queries, those left out that were posted before.

    Whoever posts the same occasions must wait for the same lock: here, that of the case.
    """
    occasions = {letter.occasion for letter in letters}
    known = Letter.objects.filter(to__in={letter.to_id for letter in letters}, occasion__in=occasions)
    posted = set(known.values_list("kind", "to_id", "occasion", "channel"))
    wanted = [each for letter in letters for each in _by_their_wishes(letter)]
    new = Letter.objects.bulk_create(
        letter for letter in wanted if (letter.kind, letter.to_id, letter.occasion, letter.channel) not in posted
    )
    if len(new) > 1:
        transaction.on_commit(lambda: deliver_all.delay([letter.pk for letter in new]), robust=True)
    elif new:
        _ring_for(new[0])


def _by_their_wishes(letter, *, carries_papers=False):
    """The letter by mail, by text, or both, as the person wants it and the kind can be told.

    Papers must arrive: what carries some goes by mail or by post too, whoever wants texts only.
    """
    kind = KINDS[letter.kind]
    if kind.is_text:
        letter.channel = TEXT
        return [letter]
    if not is_mailbox(letter.address):
        letter.channel, letter.state = POST, FAILED if kind.secret else letter.state
    number = getattr(letter.to, "text_number", "") if kind.text and texts.is_on() else ""
    if not number:
        return [letter]
    particulars = _particulars(number, letter.language, letter.facts, letter.case_reference)
    text = Letter(kind=letter.kind, to=letter.to, occasion=letter.occasion, channel=TEXT, **particulars)
    is_mailed = carries_papers or letter.to.wants_mail or letter.channel == POST
    return [letter, text] if is_mailed else [text]


def _ring_for(letter):
    if letter.channel == POST:
        return
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
