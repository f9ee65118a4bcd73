"""The mailbox to which mails come back (settings.BOUNCES_URL): read, never emptied.

`maildir:///a/folder` is a folder into which the mail server of the house delivers; `imaps://user:password@host/INBOX` a
mailbox elsewhere. What was read is marked as seen once its news is kept: who dies in between reads it again.
"""

import imaplib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from letters.bounces import MOST_BYTES

MOST_MAILS = 500  # at one reading; the next one goes on
TIMEOUT = 20  # seconds
Mail = tuple[bytes, Callable[[], object]]  # its first bytes, and what marks it as seen


def mails() -> Iterator[Mail]:
    """The mails nobody has read yet, at most MOST_MAILS. None where no mailbox is set.

    Raises ImproperlyConfigured for an address of another kind; OSError, imaplib.IMAP4.error where nobody answers.
    """
    where = urlsplit(settings.BOUNCES_URL)
    if not settings.BOUNCES_URL:
        return
    if where.scheme == "maildir":
        yield from _in_folder(Path(unquote(where.path)))
    elif where.scheme == "imaps":
        yield from _by_imap(where)
    else:
        raise ImproperlyConfigured("BOUNCES_URL: maildir:///a/folder or imaps://user:password@host/mailbox")


def _in_folder(folder: Path) -> Iterator[Mail]:
    (folder / "cur").mkdir(exist_ok=True)
    new = sorted(path for path in (folder / "new").iterdir() if path.is_file() and not path.is_symlink())
    for path in new[:MOST_MAILS]:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES)
        seen = folder / "cur" / f"{path.name.partition(':')[0]}:2,S"
        yield data, lambda path=path, seen=seen: path.rename(seen)


def _by_imap(where) -> Iterator[Mail]:
    server = imaplib.IMAP4_SSL(where.hostname or "", where.port or imaplib.IMAP4_SSL_PORT, timeout=TIMEOUT)
    try:
        server.login(unquote(where.username or ""), unquote(where.password or ""))
        answer, _count = server.select(unquote(where.path.strip("/")) or "INBOX")
        if answer != "OK":
            raise imaplib.IMAP4.error("the mailbox cannot be opened")
        _answer, found = server.uid("search", "UNSEEN")
        for uid in (found[0] or b"").split()[:MOST_MAILS]:
            number = uid.decode("ascii")
            _answer, lines = server.uid("fetch", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
            data = next((line[1] for line in lines if isinstance(line, tuple)), b"")
            yield data, lambda number=number: server.uid("store", number, "+FLAGS", r"(\Seen)")
    finally:
        server.logout()
