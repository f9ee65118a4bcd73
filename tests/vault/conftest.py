import base64

import pytest

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
