"""Run a command with a PostgreSQL and a Redis for the tests: `bin/services.py COMMAND ...`.

Each is the one the environment names (TEST_DATABASE_URL or DATABASE_URL; TEST_REDIS_URL or CELERY_BROKER_URL), else one
answering on localhost, else a throw-away one started here and stopped after the command. The command finds them in
DATABASE_URL and TEST_REDIS_URL. A named one that does not answer, or none at all, ends the run with a sentence.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import redis

ON_LOCALHOST = ("postgres://postgres@127.0.0.1:5432/postgres", "postgres://root@127.0.0.1:5432/postgres")
SECONDS_TO_START = 30


def postgres_answers(url: str) -> bool:
    """True when `url` lets us in as somebody who may create the test databases."""
    question = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    with contextlib.suppress(psycopg.Error), psycopg.connect(url, connect_timeout=3) as connection:
        return connection.execute(question).fetchone() == (True,)
    return False


def redis_answers(url: str) -> bool:
    """True when `url` answers a ping."""
    with contextlib.suppress(redis.RedisError):
        return bool(redis.Redis.from_url(url, socket_connect_timeout=3).ping())
    return False


def named(variables: tuple[str, ...], schemes: tuple[str, ...]) -> str | None:
    """The first of these environment variables that holds a URL of one of these schemes."""
    return next((url for name in variables if (url := os.environ.get(name, "")).split(":")[0] in schemes), None)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def wait_for(answers: Callable[[str], bool], url: str) -> str:
    """`url`, as soon as it answers. Ends the run after 30 seconds."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if answers(url):
            return url
        time.sleep(0.2)
    sys.exit(f"A throw-away server was started, but {url} does not answer.")


@contextlib.contextmanager
def running(command: list[str], **options: object) -> Iterator[None]:
    """`command` in the background, told to stop at the end and waited for."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


@contextlib.contextmanager
def throw_away_postgres() -> Iterator[str]:
    """A cluster in a temporary folder. PostgreSQL refuses to run as root: root runs it as the user `postgres`."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: float(place.parent.name))
    if not places:
        sys.exit("No PostgreSQL: name one in TEST_DATABASE_URL, or install the package postgresql.")
    owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="tremplin-postgres-", ignore_cleanup_errors=True) as room:
        if owner:
            os.chown(room, pwd.getpwnam("postgres").pw_uid, -1)
        initdb = [places[-1] / "initdb", "-D", f"{room}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*initdb, "--locale", "C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd=room, **owner)
        options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": room, "fsync": "off"}
        server = [str(places[-1] / "postgres"), "-D", f"{room}/data"]
        for name, value in options.items():
            server += ["-c", f"{name}={value}"]
        with running(server, cwd=room, **owner):
            yield wait_for(postgres_answers, f"postgres://postgres@127.0.0.1:{port}/postgres")


@contextlib.contextmanager
def throw_away_redis() -> Iterator[str]:
    """A Redis that keeps nothing on disk."""
    if not shutil.which("redis-server"):
        sys.exit("No Redis: name one in TEST_REDIS_URL, or install the package redis-server.")
    port = free_port()
    with running(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]):
        yield wait_for(redis_answers, f"redis://127.0.0.1:{port}/0")


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL for the tests."""
    url = named(("TEST_DATABASE_URL", "DATABASE_URL"), ("postgres", "postgresql"))
    if url and not postgres_answers(url):
        sys.exit("The PostgreSQL that the environment names does not answer, or its user may not create databases.")
    url = url or next(filter(postgres_answers, ON_LOCALHOST), None)
    with contextlib.nullcontext(url) if url else throw_away_postgres() as found:
        yield found


@contextlib.contextmanager
def broker() -> Iterator[str]:
    """The URL of a Redis for the tests."""
    url = named(("TEST_REDIS_URL", "CELERY_BROKER_URL"), ("redis", "rediss"))
    if url and not redis_answers(url):
        sys.exit("The Redis that the environment names does not answer.")
    local = "redis://127.0.0.1:6379/0"
    url = url or (local if redis_answers(local) else None)
    with contextlib.nullcontext(url) if url else throw_away_redis() as found:
        yield found


def main(command: list[str]) -> int:
    """Run `command` beside both; its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    with postgres() as database_url, broker() as redis_url:
        found = {"DATABASE_URL": database_url, "TEST_REDIS_URL": redis_url}
        return subprocess.run(command, env={**os.environ, **found}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
