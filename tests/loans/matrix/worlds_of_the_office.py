"""What the matrix needs beside cases: proposals, lost addresses, calls, complaints. Loaded by the root conftest."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from accounts import recovery
from accounts.models import Recovery, Role, User
from accounts.people import give_role, propose
from config import clock
from loans.lifecycle.settings import calendar_days
from loans.lifecycle.writing import call_backs, complaints
from money.calendar import next_business_day
from tests.settings import proposed


@pytest.fixture
def proposed_role(mariam, olga):
    """Mariam proposed that Olga becomes a manager too."""
    return propose("give", olga, Role.MANAGER, by=mariam)


@pytest.fixture
def proposed_day(mariam):
    """Mariam entered that payments do not move on a day of next month."""
    return calendar_days.propose(
        next_business_day(clock.today() + timedelta(days=30), ()),
        "",
        "closed",
        by=mariam,
        reason_en="⟦Inventory⟧",
        reason_fr="⟦Inventory⟧",
        source="⟦Notice⟧",
    )


@pytest.fixture
def proposed_setting(product, mariam):
    """Mariam proposed a fee for a product."""
    return proposed("products", "credential", by=mariam, fee_rate="0.01", reason="⟦Costs⟧")


@pytest.fixture
def lost(amina, omar):
    """Somebody asked for help with Amina's address, and Omar identified her."""
    recovery.ask(old_address=amina.email, name="Amina", reach="613-555-0123", language="en")
    seen = {"account": amina.email, "how": "video", "note": "⟦Permit⟧", "new_address": "amina@office.example"}
    recovery.propose(Recovery.objects.get(), by=omar, **seen)
    return Recovery.objects.get()


@pytest.fixture
def links(lost, olga):
    """What the letters to the old and to the new address carry, once Olga confirmed."""
    recovery.confirm(lost, by=olga)
    return {what: recovery.link(lost, what).split("/lost-email/")[1].split("/")[0] for what in ("stop", "door")}


@pytest.fixture
def stop_link(links):
    return links["stop"]


@pytest.fixture
def door_link(links):
    return links["door"]


@pytest.fixture
def passkey(amina):
    """A passkey of Amina's, as the browser's dialogue leaves it."""
    data = {"name": "⟦Phone⟧", "credential": {"response": {}}}
    return Authenticator.objects.create(user=amina, type=Authenticator.Type.WEBAUTHN, data=data)


@pytest.fixture
def asked_call(db):
    """Somebody asked to be called."""
    return call_backs.ask_for_a_call(
        name="Bilal", phone="613-555-0123", language="en", interpreter="", suits="any", words=""
    )


@pytest.fixture
def complained(omar, olga, mariam):
    """Somebody complained about Olga; Omar looks into it."""
    row = complaints.complain(kind="manner", words="⟦She laughed.⟧", whom="⟦Olga⟧", name="⟦Nia⟧", phone="613-555-0123")
    return complaints.assign(row, by=mariam, owner=omar)


@pytest.fixture
def newcomer(db):
    """An officer who has not set up the second factor yet."""
    user = User.objects.known_as("new@office.example", name="Nia", language="en")
    user.emailaddress_set.update(verified=True)
    give_role(user, Role.OFFICER, by=None)
    return user
