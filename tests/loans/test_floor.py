"""The floor of safety: each thing that is mis-set is found, alone, in an office where all else is well."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import OperationalError

from accounts.models import Role, RoleGrant, User
from accounts.people import give_role
from config import clock
from letters.models import Lender
from loans import demonstration, floor, tasks
from loans.floor import machines
from loans.models import guards
from tests.offices import member_of_staff

pytestmark = pytest.mark.django_db


def codes():
    return [finding.code for finding in floor.findings()]


def test_a_real_office_that_is_set_up_well_has_no_findings(real_office):
    assert list(floor.findings()) == []
    assert floor.is_ready()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DEMO", True, "demo"),
        ("VAULT_KEYS", {}, "vault_keys"),
        ("VAULT_KEYS", {"1": "c2hvcnQ="}, "vault_keys"),
        ("VAULT_KEYS", {"1": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="}, "vault_keys"),
        ("VAULT_LOOKUP_KEY", "only-for-tests-only-for-tests-only-for-tests", "vault_keys"),
        ("SECRET_KEY", "short", "secret_key"),
        ("SECRET_KEY", "django-insecure-" + "x8Kq3" * 12, "secret_key"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "mail_server"),
        ("DEFAULT_FROM_EMAIL", "loans@localhost", "mail_from"),
        ("DEFAULT_FROM_EMAIL", "loans", "mail_from"),
        ("DEFAULT_FROM_EMAIL", "Loans <loans@office.example>", "mail_from"),
        ("CELERY_BROKER_URL", "", "no_broker"),
        ("CELERY_BROKER_URL", "redis://127.0.0.1:1/0", "broker"),
        ("CLAMAV_URL", "tcp://127.0.0.1:1", "scanner"),
        ("SIGNING_CERTIFICATE", "nowhere.p12", "certificate"),
        ("SITE_URL", "http://loans.rideau.ca", "host_names"),
        ("SITE_URL", "https://elsewhere.ca", "host_names"),
        ("ALLOWED_HOSTS", ["*", "loans.rideau.ca"], "host_names"),
        ("SECURE_HSTS_SECONDS", 0, "deploy"),
        ("SESSION_COOKIE_SECURE", False, "deploy"),
    ],
)
def test_what_is_mis_set_is_found(real_office, settings, name, value, code):
    setattr(settings, name, value)
    assert code in codes()


def test_a_time_zone_that_is_none_is_found(monkeypatch):
    monkeypatch.setattr(machines, "settings", SimpleNamespace(TIME_ZONE="America/Otawa"))
    assert machines.time_zone_is_known().code == "time_zone"


def test_one_fault_is_one_finding(real_office, settings):
    settings.DEFAULT_FROM_EMAIL = "Loans <loans@localhost>"
    assert codes() == ["mail_from"]
    assert not floor.is_ready()


def test_advice_keeps_nobody_waiting(real_office, settings):
    settings.CELERY_BROKER_URL = ""
    (real_office / "nightly-done").unlink()
    assert codes() == ["nightly", "no_broker"]
    assert floor.is_ready()


def test_a_scanner_that_answers_is_no_finding(real_office, clamd):
    assert codes() == []


def test_a_certificate_that_opens_is_no_finding(real_office, certified):
    assert codes() == []


def test_sqlite_is_not_for_a_real_office(real_office, settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert codes() == ["database"]


def test_books_without_guards_are_found(real_office, monkeypatch):
    monkeypatch.setattr(guards, "missing", lambda: ["loans_fact_update"])
    assert codes() == ["guards"]


def test_a_cache_that_keeps_nothing_is_found(real_office, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert codes() == ["cache"]


@pytest.mark.parametrize(("seconds", "found"), [(-90, ["clock"]), (-30, []), (30, []), (90, ["clock"])])
def test_clocks_may_differ_by_less_than_a_minute(real_office, seconds, found):
    with clock.at(clock.now() + timedelta(seconds=seconds)):
        assert codes() == found


def test_a_database_that_does_not_answer_is_a_finding(real_office, monkeypatch):
    def gone():
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(floor, "FLOOR", (gone, floor.demonstration_is_off))
    assert codes() == ["database"]


def test_the_night_that_was_done_is_remembered(real_office):
    (real_office / "nightly-done").unlink()
    assert codes() == ["nightly"]
    tasks.nightly()
    assert codes() == []
    with clock.at(clock.now() + timedelta(hours=27)):
        assert floor.last_night_was_done().code == "nightly"


@pytest.mark.parametrize("email", ["", "bonjour@tremplin.example"])
def test_a_lender_without_a_real_address_is_found(real_office, email):
    Lender.objects.update(email=email)
    assert codes() == ["lender_email"]


def test_a_member_of_staff_without_a_second_factor_is_found(real_office):
    olga = User.objects.known_as("olga@rideau.ca")
    give_role(olga, Role.OFFICER, by=None)
    assert codes() == ["second_factor"]
    RoleGrant.objects.filter(user=olga).update(ended_at=clock.now())
    assert codes() == []


def test_an_applicant_needs_no_second_factor(real_office, amina):
    assert codes() == []


def test_the_secret_that_the_demo_prints_is_found(real_office):
    omar = User.objects.get(email="omar@rideau.ca")
    Authenticator.objects.filter(user=omar).delete()
    TOTP.activate(omar, demonstration.SECRET)
    assert codes() == ["printed_secret"]


def test_one_person_who_decides_is_not_enough(real_office):
    maya = User.objects.get(email="maya@rideau.ca")
    RoleGrant.objects.filter(user=maya).update(ended_at=clock.now())
    assert codes() == ["deciders"]
    member_of_staff("milo@rideau.ca", Role.MANAGER)
    assert codes() == []


@pytest.mark.parametrize("said", [None, "yesterday", "2026-01-01T00:00:00", "2020-01-01T00:00:00+00:00"])
def test_a_backup_that_was_not_rehearsed_within_sixty_days_is_found(real_office, said):
    file = real_office / "backup-rehearsed"
    file.unlink()
    if said:
        file.write_text(said)
    assert codes() == ["backup"]


def test_the_verdict_is_looked_up_and_not_made_again(real_office, django_assert_num_queries):
    assert floor.is_ready()
    with django_assert_num_queries(0):
        assert floor.is_ready()


def test_a_cache_that_is_gone_means_not_ready_and_no_broken_page(real_office, monkeypatch):
    monkeypatch.setattr(floor, "cache", None)
    assert not floor.is_ready()
