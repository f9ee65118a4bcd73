"""Mails that came back, read as what they say (RFC 3464). Anybody can send one: nothing in it is believed by itself.

A report is a `multipart/report` of three parts: words for people, which are passed over; `message/delivery-status`, a
group of lines for each recipient; and the mail that it is about, or its headers, where our Message-ID stands.
"""

import email
import hashlib
from collections.abc import Iterator
from email.message import Message

from letters.returns import News, What

MOST_BYTES = 256 * 1024  # of one mail that are read: what counts stands before the copy of what was sent
MOST_RECIPIENTS = 20
# A mail that failed did not arrive, whatever the reason; one that is delayed may yet.
ACTIONS = {"failed": What.HARD, "delivered": What.DELIVERED}


def news_in(data: bytes) -> list[News]:
    """What a mail says of letters; nothing where it is no report, or one that nobody can read. Raises nothing."""
    try:
        mail = email.message_from_bytes(data[:MOST_BYTES])
        if mail.get_content_type() != "multipart/report":
            return []
        parts = [part for part in _parts(mail) if isinstance(part, Message)]
        message_id = next(filter(None, map(_message_id, parts)), "")
        key = hashlib.sha256(data).hexdigest()
        return [News(message_id, what, told, key) for what, told in _recipients(parts)] if message_id else []
    except Exception:  # hostile mails break the parser in ways that nobody can list; such a mail says nothing
        return []


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return payload if isinstance(payload, list) else []


def _message_id(part: Message) -> str:
    """The Message-ID of what came back, where this part holds it."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return _text(next(iter(_parts(part)), Message()), "Message-ID")
    if kind == "text/rfc822-headers":
        return _text(email.message_from_bytes(part.get_payload(decode=True) or b""), "Message-ID")
    return ""


def _recipients(parts: list[Message]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(what became of it, the addresses) for each recipient; the first group speaks of the whole mail."""
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    groups = _parts(status)[1:] if status else []
    for group in groups[:MOST_RECIPIENTS]:
        what = ACTIONS.get(_text(group, "Action").lower())
        told = tuple(filter(None, (_address(group, name) for name in ("Original-Recipient", "Final-Recipient"))))
        if what and told:
            yield what, told


def _address(group: Message, name: str) -> str:
    """The address behind its type: "rfc822; amina@example.org"."""
    kind, _semicolon, address = _text(group, name).partition(";")
    return address.strip().strip("<>") if kind.strip().lower() in ("rfc822", "utf-8") else ""


def _text(message: Message, name: str) -> str:
    return "".join(str(message.get(name) or "").split("\n")).strip()
