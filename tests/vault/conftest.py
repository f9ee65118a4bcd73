import base64
from datetime import date, timedelta

import pytest

from config import clock
from loans.lifecycle.ledger import closing, roots
from loans.lifecycle.lending import repayment
from tests.calendar_days import settle
from tests.vault.office import leave_nothing, run

FIRST_KEY = base64.urlsafe_b64encode(b"1" * 32).decode()
SECOND_KEY = base64.urlsafe_b64encode(b"2" * 32).decode().rstrip("=")


@pytest.fixture(autouse=True)
def one_key(settings):
    settings.VAULT_KEYS = {"1": FIRST_KEY}


@pytest.fixture
def second_key(settings, one_key):
    """Call it to bring a newer key into the house, as a restart with a new environment would."""

    def bring():
        settings.VAULT_KEYS = {"1": FIRST_KEY, "2": SECOND_KEY}

    return bring


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        },
    }
    return tmp_path


@pytest.fixture
def shelf(tmp_path_factory, settings):
    """Where backups lie; also VAR_DIR."""
    settings.VAR_DIR = tmp_path_factory.mktemp("shelf")
    return settings.VAR_DIR


@pytest.fixture
def paid(active, felix, mariam):
    """Amina's loan, once the calendar was changed, she paid something back, a night sealed the books and last month was
    closed.
    """
    settle(date(2090, 3, 8), "closed", by=mariam, second=felix)
    repayment.record_payment(active, by=felix, on=clock.today(), cents=12_345, method="transfer", payer="Amina")
    roots.make_root(clock.today())
    closing.close_through(clock.today().replace(day=1) - timedelta(days=1), by=felix)
    return active


@pytest.fixture
def taken(paid, shelf):
    """A backup of the office in which Amina has her loan."""
    run("backup", shelf / "night")
    return shelf / "night"


@pytest.fixture
def new_machine(taken):
    """The backup, and nothing else left of the office."""
    leave_nothing()
    return taken
