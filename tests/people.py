"""The people of the tests, by name. `pytest_plugins` in the root conftest loads this."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from accounts.models import Role, User
from accounts.people import give_role
from config import clock

SECRET = "JBSWY3DPEHPK3PXP"  # of everybody's authenticator app


def authenticator_code(secret=SECRET):
    """What an authenticator app with this key shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def signs_in(browser, user):
    """As if `user` had typed the code from their mail at this test client just now."""
    browser.force_login(user)
    session = browser.session
    session["signed_in_by"], session["proved_at"] = "email", clock.now().isoformat()
    session.save()


def somebody(email, name, *roles, language="en"):
    """A person with these roles, and a second factor for staff."""
    user = User.objects.known_as(email, name=name, language=language)
    user.emailaddress_set.update(verified=True)
    for role in roles:
        give_role(user, role, by=None)
    if roles:
        TOTP.activate(user, SECRET)
    return user


@pytest.fixture
def amina(db):
    """A pharmacist from Cairo who stocks shelves in Ottawa and asks for a training loan."""
    return somebody("amina@example.org", "Amina El-Sayed")


@pytest.fixture
def bilal(db):
    """Another applicant, a stranger to every case of Amina's."""
    return somebody("bilal@example.org", "Bilal")


@pytest.fixture
def omar(db):
    return somebody("omar@office.example", "Omar Diallo", Role.OFFICER)


@pytest.fixture
def olga(db):
    """A second officer."""
    return somebody("olga@office.example", "Olga Petrenko", Role.OFFICER)


@pytest.fixture
def mariam(db):
    return somebody("mariam@office.example", "Mariam Haddad", Role.MANAGER)


@pytest.fixture
def nadia(db):
    """A second manager."""
    return somebody("nadia@office.example", "Nadia Roy", Role.MANAGER)


@pytest.fixture
def felix(db):
    return somebody("felix@office.example", "Félix Tremblay", Role.FINANCE, language="fr")


@pytest.fixture
def ada(db):
    return somebody("ada@office.example", "Ada Lindqvist", Role.AUDITOR)


@pytest.fixture
def carl(db):
    return somebody("carl@office.example", "Carl Nguyen", Role.COMMITTEE)


@pytest.fixture
def bea(db):
    """The second board member who votes."""
    return somebody("bea@board.example", "Bea Chang", Role.COMMITTEE)


@pytest.fixture
def clara(db):
    """Amina's sister, who signs with her where a test says so."""
    return somebody("clara@example.org", "Clara El-Sayed")
