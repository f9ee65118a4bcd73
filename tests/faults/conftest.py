"""Real workers on a real broker."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
import redis
from celery import Celery
from django.db import connection

from config.celery import app
from tests.faults.waiting import SECONDS

ROOT = Path(__file__).resolve().parent.parent.parent
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


@pytest.fixture(scope="session")
def collected():
    """The static files are collected, as docs/running.md says: a paper takes its style from them."""
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=os.environ, check=True)


@pytest.fixture
def start_worker(broker, committed):
    """`start_worker(NAME=value)` starts a `celery worker` on the tests' database, with these in its environment."""
    started = []

    def start(**env):
        command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--queues", broker]
        command += ["--pool", "solo", "--hostname", f"{secrets.token_hex(4)}@%h"]
        addresses = {"DATABASE_URL": _database(), "CELERY_BROKER_URL": os.environ["TEST_REDIS_URL"]}
        started.append(subprocess.Popen(command, cwd=ROOT, env={**os.environ, **addresses, **env}, **QUIET))
        return started[-1]

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(timeout=SECONDS)


def _database():
    database = connection.settings_dict
    where = f"{database['HOST'] or ''}:{database['PORT']}" if database["PORT"] else database["HOST"] or ""
    who = f"{database['USER']}:{database['PASSWORD']}@" if database["USER"] else ""
    return f"postgres://{who}{where}/{database['NAME']}"
