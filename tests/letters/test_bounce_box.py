import imaplib
import os

import pytest
from django.core.exceptions import ImproperlyConfigured

from letters import bounce_box
from letters.bounces import MOST_BYTES


@pytest.fixture
def folder(tmp_path, settings):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    settings.BOUNCES_URL = f"maildir://{tmp_path}"
    return tmp_path


def read():
    """Each mail, marked as seen after it was taken."""
    found = []
    for data, mark in bounce_box.mails():
        found.append(data)
        mark()
    return found


def test_without_a_mailbox_nothing_is_read(settings):
    settings.BOUNCES_URL = ""
    assert read() == []


def test_new_mails_of_a_folder_are_read_once_and_kept(folder):
    (folder / "new" / "1.mx").write_bytes(b"one")
    (folder / "new" / "2.mx").write_bytes(b"two")
    assert read() == [b"one", b"two"]
    assert read() == []
    assert sorted(path.name for path in (folder / "cur").iterdir()) == ["1.mx:2,S", "2.mx:2,S"]


def test_a_mail_whose_news_was_not_kept_is_read_again(folder):
    (folder / "new" / "1.mx").write_bytes(b"one")
    assert [data for data, _mark in bounce_box.mails()] == [b"one"]
    assert read() == [b"one"]


def test_a_huge_mail_is_read_as_far_as_it_matters(folder):
    (folder / "new" / "1.mx").write_bytes(b"x" * (MOST_BYTES + 5))
    assert [len(data) for data in read()] == [MOST_BYTES]


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("mine")
    os.symlink(secret, folder / "new" / "1.mx")
    assert read() == []


def test_another_kind_of_address_is_said(settings):
    settings.BOUNCES_URL = "pop3://mail.example.org"
    with pytest.raises(ImproperlyConfigured):
        read()


class Server:
    """An IMAP server with two unread mails, as imaplib shows one."""

    def __init__(self, host, port, timeout):
        self.asked, self.seen = [(host, port, timeout)], []
        Server.last = self

    def login(self, user, password):
        self.asked.append((user, password))

    def select(self, box):
        self.asked.append(box)
        return ("OK", [b"2"]) if box != "Nothing" else ("NO", [b""])

    def uid(self, verb, *args):
        if verb == "search":
            return "OK", [b"7 9"]
        if verb == "fetch":
            return "OK", [(b"1 (UID %b BODY[]<0> {4}" % args[0].encode(), b"mail" + args[0].encode()), b")"]
        self.seen.append(args)
        return "OK", [b""]

    def logout(self):
        self.asked.append("bye")


@pytest.fixture
def server(monkeypatch, settings):
    monkeypatch.setattr(imaplib, "IMAP4_SSL", Server)
    settings.BOUNCES_URL = "imaps://loans%40example.org:p%2Fw@mail.example.org/Bounces"


def test_unread_mails_of_a_mailbox_are_read_and_marked(server):
    assert read() == [b"mail7", b"mail9"]
    assert Server.last.asked == [("mail.example.org", 993, 20), ("loans@example.org", "p/w"), "Bounces", "bye"]
    assert Server.last.seen == [("7", "+FLAGS", r"(\Seen)"), ("9", "+FLAGS", r"(\Seen)")]


def test_a_mailbox_that_cannot_be_opened_is_said(server, settings):
    settings.BOUNCES_URL = "imaps://a:b@mail.example.org/Nothing"
    with pytest.raises(imaplib.IMAP4.error):
        read()
    assert Server.last.asked[-1] == "bye"
