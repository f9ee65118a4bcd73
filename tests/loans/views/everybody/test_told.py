"""What a mail provider tells us: signed, small, of a letter and an address that belong together, or nothing."""

import hashlib
import hmac
import json

import pytest
from django.urls import reverse

from letters.models import Letter
from loans.models import Task
from loans.views.everybody.told import MOST_BYTES

pytestmark = pytest.mark.django_db
SECRET = "between us"
HERE = "/letters/told/"


@pytest.fixture(autouse=True)
def shared(settings):
    settings.LETTERS_TOLD_SECRET = SECRET


def signature(body, secret=SECRET):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def tell(client, told, *, secret=SECRET, signed=None):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    said = signature(body, secret) if signed is None else signed
    return client.post(HERE, body, content_type="application/json", headers={"X-Signature": said})


@pytest.fixture
def letter(in_review):
    return Letter.objects.get(kind="received")


@pytest.fixture
def news(letter):
    return {"message_id": letter.message_id, "what": "hard", "recipient": letter.address, "id": "evt-1"}


def test_news_of_a_letter_is_kept_and_asks_somebody(client, letter, news):
    assert tell(client, news).status_code == 204
    assert letter.traces.get().what == "hard"
    assert Task.objects.get().letter == letter
    assert tell(client, news).status_code == 204
    assert letter.traces.count() == 1


def test_a_letter_that_was_delivered_is_proof_and_no_task(client, letter, news):
    assert tell(client, {**news, "what": "delivered"}).status_code == 204
    assert letter.traces.get().what == "delivered"
    assert not Task.objects.exists()


def test_nobody_learns_what_we_sent(client, letter, news):
    known = tell(client, news)
    for strange in ({"message_id": "<x@example.org>"}, {"recipient": "claire@example.org"}):
        answer = tell(client, {**news, "id": "evt-2", **strange})
        assert (answer.status_code, answer.content) == (known.status_code, known.content)
    assert letter.traces.count() == 1


@pytest.mark.parametrize("signed", ["", "sha256=", "sha256=" + "0" * 64, "é", "md5=1"])
def test_what_is_not_signed_is_not_heard(client, letter, news, signed):
    assert tell(client, news, signed=signed).status_code == 403
    assert tell(client, news, secret="another").status_code == 403
    assert not letter.traces.exists()


def test_a_body_that_was_changed_after_signing_is_not_heard(client, letter, news):
    body = json.dumps(news).encode()
    assert tell(client, body.replace(b"hard", b"soft"), signed=signature(body)).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"[]",
        b"null",
        b'{"what": "hard"}',
        b"\xff",
        b"[" * 10_000,
        b'{"message_id": 7, "what": "hard", "recipient": "a@b"}',
        b'{"message_id": "<a@b>", "what": "handed_over", "recipient": "a@b"}',
        b'{"message_id": "<a@b>", "what": ["hard"], "recipient": "a@b"}',
        b'{"message_id": "<a@b>", "what": "hard", "recipient": "a@b", "id": "%s"}' % (b"x" * 321),
        b'{"message_id": "", "what": "hard", "recipient": "a@b"}',
    ],
    ids=range(12),
)
def test_what_has_another_shape_is_refused(client, letter, body):
    assert tell(client, body).status_code == 400


def test_a_huge_body_is_not_read(client, letter):
    assert tell(client, b" " * (MOST_BYTES + 1)).status_code == 413


def test_without_a_secret_nothing_is_there(client, settings, letter, news):
    settings.LETTERS_TOLD_SECRET = ""
    assert tell(client, news, secret="").status_code == 404
    assert client.get(HERE).status_code == 404


def test_it_is_told_and_not_asked(client):
    assert reverse("letters_told") == HERE
    assert client.get(HERE).status_code == 405


def test_whoever_tells_too_much_waits(client, settings, news):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "letters_told": "2/m/ip"}
    assert [tell(client, news).status_code for _ in range(3)] == [204, 204, 429]


@pytest.mark.parametrize("name", ["message_id", "recipient", "id"])
@pytest.mark.parametrize("sign", ["\ud800", "\x00"])
def test_signs_that_no_mail_has_are_not_of_our_shape(client, letter, news, name, sign):
    assert tell(client, {**news, name: news[name] + sign}).status_code == 400
    assert not letter.traces.exists()
