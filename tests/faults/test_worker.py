"""A real Celery worker on a real Redis hands over what the house has posted."""

import os
import secrets
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from celery import Celery
from django.db import connection

from config import clock
from config.celery import app
from letters.models import HANDED_OVER, WAITING, Letter
from letters.tasks import deliver_waiting
from loans.lifecycle import submission

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@pytest.fixture
def house_with_broker():
    """`house_with_broker(url)`: tasks are really sent there, into a queue of this test's own, whose name it gives."""
    houses = []

    def move_in(url):
        house = Celery("tremplin", set_as_current=True)
        house.config_from_object("django.conf:settings", namespace="CELERY")
        queue = f"tremplin-test-{secrets.token_hex(6)}"
        house.conf.update(broker_url=url, task_always_eager=False, task_default_queue=queue)
        houses.append(house)
        return queue

    yield move_in
    app.set_current()
    for house in houses:
        house.close()


@pytest.fixture
def broker(house_with_broker):
    """The tests' Redis; the name of the queue."""
    queue = house_with_broker(os.environ["TEST_REDIS_URL"])
    yield queue
    redis.Redis.from_url(os.environ["TEST_REDIS_URL"]).delete(queue, f"_kombu.binding.{queue}")


@pytest.fixture
def worker(broker, committed, tmp_path):
    """`celery worker` on the tests' database, writing its mails into a folder."""
    database = connection.settings_dict
    where = f"{database['HOST'] or ''}:{database['PORT']}" if database["PORT"] else database["HOST"] or ""
    who = f"{database['USER']}:{database['PASSWORD']}@" if database["USER"] else ""
    env = {
        **os.environ,
        "DATABASE_URL": f"postgres://{who}{where}/{database['NAME']}",
        "CELERY_BROKER_URL": os.environ["TEST_REDIS_URL"],
        "EMAIL_URL": "filemail://",
        "EMAIL_FILE_PATH": str(tmp_path),
    }
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--queues", broker, "--pool", "solo"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, **QUIET)
    yield tmp_path
    process.terminate()
    process.wait(timeout=SECONDS)


def wait_until(is_so):
    until = time.monotonic() + SECONDS
    while not is_so() and time.monotonic() < until:
        time.sleep(0.2)
    return is_so()


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
