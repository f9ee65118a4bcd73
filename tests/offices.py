"""A real office, set up as docs/running.md says, on whatever database the tests run. Loaded by the root conftest."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts.models import Role, User
from accounts.people import give_role
from config import clock
from letters import pdf
from letters.models import Lender
from tests.days_ahead import days_ahead

OVER_HTTPS = {
    "SITE_URL": "https://loans.rideau.ca",
    "ALLOWED_HOSTS": ["loans.rideau.ca"],
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "LANGUAGE_COOKIE_SECURE": True,
}
KEYS = {
    "SECRET_KEY": "qV3Jw1mN8tY5xC7zB0aSdFgHjK2lP4oI6uYtReWq9MnBvCxZ7rT5eW3q",
    "VAULT_KEYS": {"1": "BBTFzoGm9hnjzPznFvPGJYh5RiRAoV5wiJ4Khvo51Wg="},
    "VAULT_LOOKUP_KEY": "Nd4cSPWxzhwgD_rX4IYKHz4PNVlYUiAjjSZUfUkpE1kdSDP8",
}


def member_of_staff(email, role):
    """Somebody who works here, with a second factor of their own."""
    user = User.objects.known_as(email, name=email)
    give_role(user, role, by=None)
    TOTP.activate(user, generate_totp_secret())
    return user


@pytest.fixture
def unprinted(monkeypatch):
    """Papers are made without a page: for an office whose papers nobody reads."""
    monkeypatch.setattr(pdf, "pdf_of", lambda *_args, **_options: b"%PDF-")


@pytest.fixture
def over_https(settings):
    """The web settings of a real office."""
    for name, value in OVER_HTTPS.items():
        setattr(settings, name, value)


@pytest.fixture
def real_office(db, settings, monkeypatch, tmp_path, over_https):
    """An office about which the doctor has nothing to say."""
    for name, value in KEYS.items():
        setattr(settings, name, value)
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    settings.VAR_DIR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "loans@rideau.ca"
    settings.CELERY_BROKER_URL = "memory://"
    Lender.objects.update_or_create(id=1, defaults={"name_en": "Rideau", "name_fr": "Rideau", "email": "us@rideau.ca"})
    member_of_staff("mariam@rideau.ca", Role.MANAGER)
    member_of_staff("maya@rideau.ca", Role.MANAGER)
    member_of_staff("omar@rideau.ca", Role.OFFICER)
    (tmp_path / "nightly-done").write_text((clock.now() - timedelta(hours=9)).isoformat())
    (tmp_path / "backup-rehearsed").write_text(days_ahead(-59).isoformat())
    return tmp_path
