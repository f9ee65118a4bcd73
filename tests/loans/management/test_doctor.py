"""`manage.py doctor`: plain words, a remedy each, and an exit code for scripts."""

import io

import pytest
from django.core.management import CommandError, call_command

from loans import floor
from loans.management.commands.doctor import Command

pytestmark = pytest.mark.django_db


def test_a_healthy_office_is_told_so(real_office):
    out = io.StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue() == "Ready for real data.\n"


def test_each_finding_comes_with_its_remedy(real_office, settings):
    settings.CELERY_BROKER_URL = ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    out = io.StringIO()
    with pytest.raises(CommandError, match="Serious findings: 1"):
        call_command("doctor", stdout=out)
    told = out.getvalue()
    assert "SERIOUS: No letter leaves the house: EMAIL_URL names no mail server. [mail_server]" in told
    assert "Set EMAIL_URL=smtp+tls://user:password@host:587." in told
    assert "Advice: CELERY_BROKER_URL is empty" in told


def test_advice_alone_is_no_failure(real_office, settings):
    settings.CELERY_BROKER_URL = ""
    out = io.StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue().endswith("Ready for real data.\n")


def test_pages_know_at_once_what_the_doctor_found(real_office, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert not floor.is_ready()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert not floor.is_ready()
    call_command("doctor", stdout=io.StringIO())
    assert floor.is_ready()


def test_keys_that_are_no_good_are_told_and_not_stopped_at(real_office, settings):
    settings.VAULT_KEYS = {}
    doctor = Command()
    out = io.StringIO()
    with pytest.raises(CommandError):
        doctor.execute(**{**vars(doctor.create_parser("manage.py", "doctor").parse_args([])), "stdout": out})
    assert "VAULT_KEYS is empty" in out.getvalue()
