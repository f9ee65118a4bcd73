from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.bounces import MOST_RECIPIENTS, news_in
from letters.models import Trace
from tests.returned import report

LETTER = SimpleNamespace(message_id="<1@loans.example.org>", address="amina@example.org")
WHOLE = report(LETTER)


def test_a_mail_that_failed_did_not_arrive():
    (news,) = news_in(WHOLE)
    assert (news.message_id, news.what, news.recipients) == (
        "<1@loans.example.org>",
        Trace.What.HARD,
        ("amina@example.org", "amina@example.org"),
    )


def test_a_mailbox_that_stayed_full_to_the_end_is_a_letter_that_did_not_arrive():
    assert [news.what for news in news_in(report(LETTER, status="4.2.2"))] == [Trace.What.HARD]


def test_a_mail_that_is_delayed_may_still_arrive():
    assert news_in(report(LETTER, action="delayed", status="4.4.1")) == []


def test_a_mail_that_arrived_is_told_too():
    assert [news.what for news in news_in(report(LETTER, action="delivered", status="2.0.0"))] == [Trace.What.DELIVERED]


def test_one_that_was_forwarded_names_both_addresses():
    (news,) = news_in(report(LETTER, final="amina@elsewhere.example"))
    assert news.recipients == ("amina@example.org", "amina@elsewhere.example")


def test_the_headers_of_what_was_sent_are_enough():
    data = WHOLE.replace(b"Content-Type: message/rfc822", b"Content-Type: text/rfc822-headers")
    assert [news.message_id for news in news_in(data)] == ["<1@loans.example.org>"]


def test_two_reports_are_two_pieces_of_news_and_the_same_one_is_one():
    one, again, other = (news_in(report(LETTER, number=number))[0].key for number in (1, 1, 2))
    assert one == again != other


def test_a_mail_by_a_person_says_nothing():
    assert news_in(b"From: amina@example.org\nSubject: Re: Your loan\n\nAction: failed\n") == []
    assert news_in(b"") == []


def test_a_report_inside_the_mail_that_came_back_is_not_read():
    inner = WHOLE.replace(b'boundary="B"', b'boundary="C"').replace(b"--B", b"--C").replace(b"<1@", b"<2@")
    data = report(LETTER, action="relayed").replace(b"\nHello.", b"\n" + inner)
    assert news_in(data) == []


def test_of_many_recipients_only_the_first_are_read():
    group = b"\nFinal-Recipient: rfc822; x@example.org\nAction: failed\nStatus: 5.0.0\n"
    data = WHOLE.replace(b"\n--B\nContent-Type: message/rfc822", group * 200 + b"\n--B\nContent-Type: message/rfc822")
    assert len(news_in(data)) == MOST_RECIPIENTS


@pytest.mark.parametrize(
    "data",
    [
        WHOLE.replace(b"message/rfc822", b"message/partial"),
        WHOLE.replace(b"<1@loans.example.org>", b""),
        WHOLE.replace(b"rfc822;", b"x400;"),
        WHOLE.replace(b"--B", b"--A"),
        WHOLE.replace(b"Action: failed", b"Action: =?utf-8?q?failed?="),
        WHOLE.replace(b"multipart/report", b"multipart/mixed"),
        b"Content-Type: multipart/report; boundary=B\n\n"
        + b"--B\nContent-Type: multipart/report; boundary=B\n\n" * 5000,
        b"".join(b"Content-Type: multipart/report; boundary=%d\n\n--%d\n" % (n, n) for n in range(5000)),
        b"Content-Type: message/rfc822\n\n" * 20_000,
        b"Content-Type: multipart/report; boundary=B\n\n--B\nContent-Type: message/rfc822; charset=\xff\n\n\xff\xfe",
        b"A: b\n" * 1_000_000,
    ],
    ids=lambda data: repr(data[-30:]),
)
def test_a_mail_that_wants_to_break_the_reader_says_nothing(data):
    assert news_in(data) == []


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 60), st.binary(max_size=40)), max_size=8))
def test_a_report_with_anything_changed_is_read_or_not_and_never_fails(changes):
    data = WHOLE
    for start, length, put in changes:
        data = data[:start] + put + data[start + length :]
    for news in news_in(data):
        assert news.message_id
        assert news.recipients
        assert news.what in (Trace.What.HARD, Trace.What.DELIVERED)


@given(st.binary(max_size=2000))
def test_noise_says_nothing(data):
    assert news_in(data) == []
