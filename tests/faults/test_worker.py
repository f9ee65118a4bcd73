"""A real Celery worker on a real Redis hands over what the house has posted."""

import threading
from datetime import timedelta

import pytest

from accounts import phones
from config import clock
from letters.models import CLAIMED, HANDED_OVER, TEXT, UNCERTAIN, WAITING, Letter
from letters.tasks import deliver_waiting
from loans.lifecycle.applying import submission
from tests.faults.waiting import SECONDS, wait_until
from tests.letters.gateway import open_gateway
from tests.letters.test_texts import wants


@pytest.fixture
def gateway():
    """A gateway of text messages on this machine, and its address."""
    with open_gateway() as (gateway, url):
        gateway.url = url
        yield gateway


@pytest.fixture
def process(start_worker, tmp_path, gateway):
    """`celery worker` on the tests' database, writing its mails into a folder and its texts to the gateway."""
    return start_worker(EMAIL_URL="filemail://", EMAIL_FILE_PATH=str(tmp_path), SMS_URL=gateway.url)


@pytest.fixture
def worker(process, tmp_path):
    """The folder of its mails."""
    return tmp_path


def test_the_receipt_of_an_application_is_delivered_by_the_worker(worker, draft, amina):
    submission.submit(draft, by=amina)
    letter = Letter.objects.get(to=amina, kind="received")
    assert letter.state == WAITING
    assert wait_until(lambda: Letter.objects.get(pk=letter.pk).state == HANDED_OVER)
    mails = [file.read_text() for file in worker.iterdir()]
    assert len(mails) == 1
    assert f"To: {amina.email}" in mails[0]


def test_a_letter_posted_while_the_broker_is_dead_waits_for_the_sweep(house_with_broker, committed, draft, amina):
    house_with_broker("redis://127.0.0.1:1/0")
    submission.submit(draft, by=amina)
    letter = Letter.objects.get(to=amina, kind="received")
    assert letter.state == WAITING
    with clock.at(clock.now() + timedelta(minutes=2)):
        deliver_waiting()
    assert Letter.objects.get(pk=letter.pk).state == HANDED_OVER


def test_whoever_wants_texts_is_sent_one_by_the_worker(process, gateway, settings, draft, amina):
    settings.SMS_URL = gateway.url
    submission.submit(draft, by=wants(amina, "text"))
    letter = Letter.objects.get(to=amina, kind="received")
    assert letter.channel == TEXT
    assert wait_until(lambda: Letter.objects.get(pk=letter.pk).state == HANDED_OVER)
    assert [message["id"] for message in gateway.taken] == [letter.message_id]


def test_a_worker_killed_while_it_hands_a_text_over_leaves_doubt_and_one_repeat(
    process, gateway, settings, draft, amina
):
    settings.SMS_URL, gateway.wait = gateway.url, threading.Event()
    submission.submit(draft, by=wants(amina, "text"))
    letter = Letter.objects.get(to=amina, kind="received")
    assert wait_until(lambda: gateway.headers)
    process.kill()
    process.wait(timeout=SECONDS)
    gateway.wait.set()
    gateway.wait = None
    assert Letter.objects.get(pk=letter.pk).state == CLAIMED
    assert len(gateway.headers) == 1
    for hours in range(1, 4):
        with clock.at(clock.now() + timedelta(hours=hours)):
            deliver_waiting()
    assert Letter.objects.get(pk=letter.pk).state == HANDED_OVER
    assert len(gateway.headers) == 2  # asked once more, and never again
    assert {message["id"] for message in gateway.taken} == {letter.message_id}


def test_a_worker_killed_with_a_code_in_hand_never_sends_it_again(process, gateway, settings, amina):
    settings.SMS_URL, gateway.wait = gateway.url, threading.Event()
    phones.send_code(amina, "613-555-0123")
    letter = Letter.objects.get(to=amina, kind="phone_code")
    assert wait_until(lambda: gateway.headers)
    process.kill()
    process.wait(timeout=SECONDS)
    gateway.wait.set()
    gateway.wait = None
    asked = len(gateway.headers)
    for hours in range(1, 4):
        with clock.at(clock.now() + timedelta(hours=hours)):
            deliver_waiting()
    assert (Letter.objects.get(pk=letter.pk).state, len(gateway.headers)) == (UNCERTAIN, asked)
