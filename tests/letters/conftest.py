from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from config import clock
from letters.models import Lender
from letters.post import post

MORNING = datetime(2027, 3, 1, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        },
    }


@pytest.fixture
def morning():
    """The house lives on 1 March 2027, nine o'clock in the office."""
    with clock.at(MORNING):
        yield MORNING


@pytest.fixture
def amina(db):
    return get_user_model().objects.create_user(email="amina@example.org", name="Amina", language="en")


@pytest.fixture
def claire(db):
    return get_user_model().objects.create_user(email="claire@example.org", name="Claire", language="fr")


@pytest.fixture
def lender(db):
    return Lender.objects.create(
        name_en="Springboard Fund",
        name_fr="Fonds Tremplin",
        email="hello@fund.example.org",
        phone="613-555-0123",
        hours_en="Monday to Friday, 9 to 5",
        hours_fr="Du lundi au vendredi, de 9 h à 17 h",
        statutes_en="Consumer Protection Act, 2002\n\nInterest Act",
        statutes_fr="Loi de 2002 sur la protection du consommateur\nLoi sur l’intérêt",
    )


@pytest.fixture
def posted(monkeypatch, db):
    """Posts a letter whose doorbell nobody rings."""
    monkeypatch.setattr("letters.tasks.deliver.delay", lambda pk: None)

    def write(kind="received", *, address="amina@example.org", facts=None, occasion="submission:1", **more):
        address = "" if "to" in more else address
        with transaction.atomic():
            return post(kind, address=address, facts=facts or {}, occasion=occasion, **more)

    return write
