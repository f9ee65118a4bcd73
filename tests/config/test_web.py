"""A real office on the web, from its environment alone: Django's checks are silent, strange hosts are not answered."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as house
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.journeys.person import code_mailed
from tests.offices import KEYS

REAL = {
    "DEMO": "0",
    "DEBUG": "0",
    "HTTPS": "1",
    "SITE_URL": "https://loans.rideau.ca",
    "ALLOWED_HOSTS": "loans.rideau.ca",
    "SECRET_KEY": KEYS["SECRET_KEY"],
}


@pytest.fixture(autouse=True)
def without_the_browsers_setting(monkeypatch):
    """The tests in real browsers need it, and Django's checks rightly speak of it."""
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)


def checked(**environment):
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    env = {**os.environ, **REAL, **environment}
    return subprocess.run(command, cwd=house.BASE_DIR, env=env, capture_output=True, text=True)


def test_django_s_checks_are_silent_for_a_real_office():
    told = checked()
    assert (told.returncode, told.stdout, told.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


@pytest.mark.parametrize(
    ("environment", "warning"),
    [
        ({"HTTPS": "0"}, "security.W008"),
        ({"DEBUG": "1"}, "security.W018"),
        ({"HSTS_SECONDS": "0"}, "security.W004"),
        ({"SECRET_KEY": "short"}, "security.W009"),
        ({"VAULT_KEYS": "1=c2hvcnQ="}, "vault.E001"),
    ],
)
def test_the_checks_would_speak(environment, warning):
    told = checked(**environment)
    assert told.returncode != 0
    assert warning in told.stderr


def test_the_checks_are_silent_with_the_settings_that_the_tests_call_real(over_https, settings):
    settings.SECRET_KEY = KEYS["SECRET_KEY"]
    call_command("check", deploy=True, fail_level="WARNING")


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "loans.rideau.ca.evil.example", "127.0.0.1", "loans.rideau.ca@x", ""])
def test_a_strange_host_is_not_answered(over_https, host):
    for secure in (True, False):
        response = Client().get(reverse("account_login"), headers={"host": host}, secure=secure)
        assert response.status_code == 400
        assert b'name="email"' not in response.content
        assert not host or host.encode() not in response.content


@pytest.mark.django_db
def test_what_comes_unlocked_is_led_to_https(over_https):
    response = Client().get("/sign-in/?next=/cases/", headers={"host": "loans.rideau.ca"})
    assert (response.status_code, response["Location"]) == (301, "https://loans.rideau.ca/sign-in/?next=/cases/")


@pytest.mark.django_db
def test_the_cookies_of_somebody_signed_in_are_for_https_and_for_us_alone(over_https, amina):
    browser = Client(headers={"host": "loans.rideau.ca"})
    browser.post(reverse("account_login"), {"email": amina.email}, secure=True)
    code = {"code": code_mailed("sign_in_code")}
    cookies = browser.post(reverse("account_confirm_login_code"), code, secure=True).cookies
    assert {"sessionid", "csrftoken"} <= set(cookies)
    for cookie in cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax"), cookie.key
        assert cookie["domain"] == ""


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_not_taken(over_https, amina):
    browser = Client(enforce_csrf_checks=True, headers={"host": "loans.rideau.ca"})
    token = browser.get(reverse("account_login"), secure=True).cookies["csrftoken"].value
    typed = {"email": amina.email, "csrfmiddlewaretoken": token}
    for origin in ("https://evil.example", "null", "http://loans.rideau.ca"):
        refused = browser.post(reverse("account_login"), typed, secure=True, headers={"origin": origin})
        assert refused.status_code == 403
    taken = browser.post(reverse("account_login"), typed, secure=True, headers={"origin": "https://loans.rideau.ca"})
    assert taken.status_code == 302
