"""A passkey instead of a code, for one signature. The ceremony with a device is in tests/browser."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts import passkeys
from config import clock
from loans.lifecycle.contracts import signing
from loans.lifecycle.refusal import Refused
from tests.accounts.views.test_my_passkeys import FORGED, kept
from tests.cases import TICKED, TICKS, again, explain, prepare
from tests.people import signs_in
from tests.words import words

pytestmark = pytest.mark.django_db
SHOWN = {"credential": '{"response": {"clientDataJSON": "e30"}}'}


@pytest.fixture
def device(monkeypatch):
    """What the browser's dialogue proves: the newest passkey there is, without the cryptography."""
    monkeypatch.setattr(passkeys, "shown", lambda credential: Authenticator.objects.latest("pk"))


@pytest.fixture
def here(client, amina, loan):
    prepare(loan)
    signs_in(client, amina)
    explain(loan, amina)
    return lambda name: reverse(name, args=[loan.application.reference])


def sign(client, here, **typed):
    return client.post(here("signature"), {**TICKS, "typed_name": "Amina", "once_key": "k", **typed})


def test_a_passkey_that_was_shown_just_now_signs_without_a_code(client, here, amina, loan, device):
    passkey = kept(amina)
    assert "Use my passkey instead" in words(client.get(here("offer")))
    assert client.post(here("offer_passkey"), SHOWN).url.endswith("/offer/#sign")
    shown = words(client.get(here("offer")))
    assert "You have shown your passkey." in shown
    assert 'name="code"' not in shown
    assert sign(client, here).status_code == 302
    assert again(loan).state == "signed"
    proof = loan.signatures.get().proof
    assert (proof["way"], proof["key"]) == ("passkey", passkey.pk)


def test_a_passkey_of_somebody_else_or_of_a_while_ago_signs_nothing(client, here, amina, bilal, loan, device):
    kept(bilal)
    assert client.post(here("offer_passkey"), SHOWN).status_code == 422
    kept(amina)
    client.post(here("offer_passkey"), SHOWN)
    with clock.at(clock.now() + timedelta(minutes=16)):
        signs_in(client, amina)
        response = sign(client, here)
    assert response.status_code == 422
    assert "#id-code" in [link for link, _ in response.context["errors"]]
    assert again(loan).state == "offered"


def test_the_verb_itself_looks_whose_it_is_and_when_it_was_shown(amina, bilal, loan):
    prepare(loan)
    explain(loan, amina)
    said = {"language": "en", "typed_name": "Amina", **TICKED}
    old, others = clock.now() - timedelta(minutes=16), bilal.pk
    for shown in (passkeys.Shown(1, amina.pk, old), passkeys.Shown(1, others, clock.now())):
        with pytest.raises(Refused, match="passkey_wanted"):
            signing.sign(loan, by=amina, passkey=shown, **said)
    assert not loan.signatures.exists()


@pytest.mark.parametrize("credential", FORGED)
def test_a_forged_one_proves_nothing(client, here, amina, loan, credential):
    kept(amina)
    client.get(here("offer_passkey"))
    response = client.post(here("offer_passkey"), {"credential": credential})
    assert (response.status_code, "That did not work" in words(response)) == (422, True)
    assert 'name="code"' in words(client.get(here("offer")))


def test_who_has_none_is_not_asked_for_one(client, here):
    assert "Use my passkey instead" not in words(client.get(here("offer")))
