"""The log helps to find a fault and says nothing about people."""

import io
import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings as house
from django.test import Client
from django.urls import reverse

from config.logs import Discreet, fault, mask


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("no letter to amina.el-sayed+loan@example.org.", "no letter to [e-mail]"),
        ("/sign-in/?email=amina%40example.org&next=/", "/sign-in/?email=[e-mail]&next=/"),
        ("<élise@exemple.québec>", "<[e-mail]>"),
        ("called 613-555-0123 twice", "called [number] twice"),
        ("called +1 (613) 555-0123 twice", "called [number] twice"),
        ("called 613.555.0123", "called [number]"),
        ("SIN 046 454 286", "SIN [number]"),
        ("account 003-12345-1234567", "account [number]"),
        ("the code 482913 is wrong", "the code [number] is wrong"),
        ("from 203.0.113.77", "from [number]"),
        ("card 4111111111111111", "card [number]"),
    ],
)
def test_what_tells_of_a_person_is_masked(said, written):
    assert mask(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "case T-2027-0042 waits",
        "done for 2027-03-14",
        "done at 2027-03-14 02:30:00.123456+00:00",
        "Task loans.tasks.nightly[7c9e6679-7425-40de-944b-e07fc1f90ae7] succeeded in 1.25s",
        "letter 1042 failed after 5 tries",
        "lapse_offers: 12 done, 3 passed over",
    ],
)
def test_what_helps_to_find_a_fault_is_kept(said):
    assert mask(said) == said


def test_a_birth_date_is_no_date_of_the_office():
    assert mask("born 1985-03-27") == "born [number]"


def test_nobody_writes_a_line_of_their_own_into_the_log():
    assert "\n" not in mask("Not Found: /x\n2027-01-01 INFO root: all is well")


def raised(make):
    try:
        make()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def test_a_fault_tells_where_and_what_kind_but_no_values():
    def lend():
        name, address, email = "Amina El-Sayed", "12 Laurier Avenue", "amina@example.org"
        raise ValueError(f"no such person: '{name}' (of {address}), {email}\nDETAIL: {name}, {address}")

    told = fault(raised(lend))
    assert "test_logs.py" in told
    assert "lend: raise ValueError(" in told
    assert told.endswith("ValueError: no such person: … …, [e-mail]")
    for secret in ("Amina", "Laurier Avenue", "example.org"):
        assert secret not in told


def test_a_fault_names_the_rule_of_the_database_that_was_broken():
    def save():
        raise ValueError('duplicate key value violates unique constraint "one_person_per_email"')

    assert '"one_person_per_email"' in fault(raised(save))


def test_a_fault_tells_what_led_to_it():
    def outer():
        try:
            raise KeyError("Amina")
        except KeyError as error:
            raise RuntimeError("no answer") from error

    told = fault(raised(outer))
    assert told.index("KeyError: …") < told.index("which led to") < told.index("RuntimeError: no answer")


def written(record):
    return Discreet().format(record)


def record(message, args=(), exc_info=None):
    return logging.LogRecord("loans", logging.ERROR, __file__, 1, message, args, exc_info)


def test_what_is_filled_into_a_message_is_masked_too():
    assert written(record("no letter to %s", ("amina@example.org",))).endswith("ERROR loans: no letter to [e-mail]")


def test_what_another_handler_has_kept_of_a_fault_is_not_written():
    name = "El-Sayed"
    try:
        raise ValueError(f"no such person: '{name}'")
    except ValueError:
        line = record("failed", exc_info=sys.exc_info())
    line.exc_text = "Traceback … name = 'El-Sayed'"
    assert "El-Sayed" not in written(line)


def test_celery_s_own_report_of_a_fault_is_left_out():
    report = {
        "name": "letters.tasks.deliver",
        "id": "1",
        "exc": "ValueError('El-Sayed')",
        "traceback": "Traceback: El-Sayed",
        "args": "['El-Sayed']",
        "kwargs": "{}",
    }
    line = record("Task %(name)s[%(id)s] raised unexpected: %(exc)s %(args)s\n%(traceback)s", (report,))
    assert "letters.tasks.deliver[1]" in written(line)
    assert "El-Sayed" not in written(line)


def test_the_house_writes_its_log_so():
    mine = [handler for handler in logging.getLogger().handlers if isinstance(handler.formatter, Discreet)]
    assert len(mine) == 1
    assert logging.getLogger("django").handlers == []


IN_A_WORKER = """
import django; django.setup()
from config.celery import app
app.log.setup(loglevel="WARNING")
@app.task(name="lend")
def lend(email):
    raise ValueError(f"cannot lend to '{email}'")
lend.apply(args=["amina@example.org"])
"""


def test_a_worker_writes_its_log_so_too():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    worker = [sys.executable, "-c", IN_A_WORKER]
    told = subprocess.run(
        worker, cwd=house.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    ).stderr
    assert "ERROR celery.app.trace: Task lend[" in told
    assert "ValueError: cannot lend to …" in told
    assert "amina" not in told


@pytest.mark.django_db
def test_a_page_that_breaks_leaves_nothing_of_what_was_sent(office, monkeypatch):
    def breaks(request, *_, **__):
        raise ValueError(f"cannot read '{request.POST['email']}'")

    monkeypatch.setattr("accounts.limits.consume_or_429", breaks)
    handler = next(each for each in logging.getLogger().handlers if isinstance(each.formatter, Discreet))
    paper = io.StringIO()
    before = handler.setStream(paper)
    try:
        answer = Client(raise_request_exception=False).post(reverse("account_login"), {"email": "amina@example.org"})
    finally:
        handler.setStream(before)
    assert answer.status_code == 500
    assert "ERROR django.request: Internal Server Error: /sign-in/" in paper.getvalue()
    assert "accounts/limits.py" in paper.getvalue()
    assert "amina" not in paper.getvalue()
