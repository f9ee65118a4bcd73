"""What became of letters by mail: said by the provider, or by the mails that come back. Kept in ink.

Only news of a letter that we sent, about the address it was sent to, counts: anybody can write us a mail that looks
like one that came back. What is said twice counts once.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from letters.models import MAIL, TEXT, Letter, Trace
from vault.lookup import keyed_hash

What = Trace.What
SAYABLE = frozenset((What.DELIVERED, What.HARD, What.SOFT, What.COMPLAINED))
MOST_SOFT = 3  # mails to one address that came back for now, since one arrived there: the third counts as for good
MOST_NEWS = 200  # rows of one letter; who sends more is not a mail server


@dataclass(frozen=True)
class News:
    """What somebody says of a letter: its Message-ID, one of SAYABLE, and the addresses it may have gone to.

    `key` tells two pieces of news of one letter apart, where the sender has a number for each.
    """

    message_id: str
    what: str
    recipients: tuple[str, ...]
    key: str = ""


def take_in(news: News) -> Trace | None:
    """Write it down; None where it is not of a letter of ours to that address, or was said before."""
    message_id = news.message_id.strip()[:200]
    if news.what not in SAYABLE or not message_id.isprintable():  # no database looks for what no Message-ID holds
        return None
    letter = Letter.objects.filter(message_id=message_id, channel=MAIL).first() if message_id else None
    if letter is None or not _went_to(letter, news.recipients) or letter.traces.count() >= MOST_NEWS:
        return None
    key = hashlib.sha256(f"{news.what}\n{news.key}".encode()).hexdigest()
    hashed = address_hash(letter.address)
    trace, is_new = Trace.objects.get_or_create(
        letter=letter, key=key, defaults={"what": news.what, "address_hash": hashed}
    )
    return trace if is_new else None


def _went_to(letter: Letter, recipients: Iterable[str]) -> bool:
    return letter.address.strip().lower() in {each.strip().lower() for each in recipients}


def handed_over(letter: Letter) -> None:
    """The mail server took this letter, with these files: the beginning of the proof. A text carries none."""
    if letter.channel == TEXT:
        return
    files = list(letter.attachments.order_by("pk").values_list("sha256", flat=True))
    if files:
        hashed = address_hash(letter.address)
        Trace.objects.get_or_create(
            letter=letter,
            key=What.HANDED_OVER,
            defaults={"what": What.HANDED_OVER, "address_hash": hashed, "files": files},
        )


def address_hash(address: str) -> str:
    """What stands for an address where it must be found again."""
    return keyed_hash(address.strip().lower(), purpose="letters.address")


def is_out_of_reach(address: str) -> bool:
    """Whether mail to this address came back: once for good, or the third time for now, and none arrived since."""
    return _is_lost(Trace.objects.filter(address_hash=address_hash(address)))


def _is_lost(traces) -> bool:
    soft = 0
    for what in traces.order_by("-pk").values_list("what", flat=True)[:MOST_NEWS]:
        if what == What.DELIVERED:
            return False
        soft += what == What.SOFT
        if what == What.HARD or soft >= MOST_SOFT:
            return True
    return False


def did_not_arrive(trace: Trace) -> bool:
    """Whether, with this news, the letter is one that did not arrive: somebody has to ring, or to post it."""
    if trace.what == What.HARD:
        return True
    return trace.what == What.SOFT and _is_lost(Trace.objects.filter(address_hash=trace.address_hash))


def arrived(user, kind: str) -> None:
    """Somebody typed what the newest letter of this kind told them: mail reaches them again."""
    letter = Letter.objects.filter(to=user, kind=kind, channel=MAIL).order_by("-pk").first()
    if letter and is_out_of_reach(letter.address):
        hashed = address_hash(letter.address)
        told = {"what": What.DELIVERED, "address_hash": hashed}
        Trace.objects.get_or_create(letter=letter, key="typed", defaults=told)
