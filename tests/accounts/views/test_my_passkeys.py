"""Passkeys without a browser: who may not, and whatever is forged. The ceremony itself is in tests/browser."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts import passkeys
from accounts.models import DoorEvent
from tests.journeys.person import Person
from tests.people import signs_in

pytestmark = pytest.mark.django_db
FORGED = [
    "",
    "no JSON",
    "[]",
    "null",
    "{}",
    '{"response": 1}',
    '{"response": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "MQ"}}',
    '{"id": "AA", "rawId": "AA", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
    '{"id": "AA", "rawId": "AA", "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA",'
    ' "userHandle": "MQ"}}',
    '{"response": {"userHandle": {"a": 1}}}',
    json.dumps({"response": {"clientDataJSON": "é" * 1000, "userHandle": "x" * 10_000}}),
]


def kept(user, name="My phone"):
    """A row as the browser's dialogue leaves it."""
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {"response": {}}}
    )


@pytest.mark.parametrize("credential", FORGED)
def test_a_forged_passkey_signs_nobody_in(amina, credential):
    browser = Client()
    browser.get(reverse("passkey_sign_in"))
    answer = browser.post(reverse("passkey_sign_in"), {"credential": credential})
    assert (answer.status_code, "That did not work" in answer.content.decode()) == (422, True)
    assert browser.get(reverse("my_cases")).status_code == 302


@pytest.mark.parametrize("credential", FORGED)
def test_a_forged_passkey_is_not_kept(amina, credential):
    person = Person("en", amina)
    person.browser.get(reverse("my_passkey_new"))
    answer = person.browser.post(reverse("my_passkey_new"), {"credential": credential, "name": "x"})
    assert answer.status_code == 422
    assert not Authenticator.objects.exists()
    assert not DoorEvent.objects.exists()


def test_each_question_to_a_browser_is_asked_once(amina):
    browser = Client()
    first = browser.get(reverse("passkey_sign_in")).context["options"]
    browser.post(reverse("passkey_sign_in"), {"credential": FORGED[-2]})
    assert browser.get(reverse("passkey_sign_in")).context["options"] != first


def test_staff_have_no_passkeys(omar):
    browser = Person("en", omar).browser
    for name, args in (("my_passkeys", []), ("my_passkey_new", []), ("my_passkey", [1])):
        assert browser.get(reverse(name, args=args)).status_code == 404


def test_a_passkey_of_somebody_else_does_not_exist(amina, bilal):
    passkey = kept(amina)
    stranger = Person("en", bilal).browser
    for sent in ({"name": "mine"}, {"remove": "yes"}):
        assert stranger.post(reverse("my_passkey", args=[passkey.pk]), sent).status_code == 404
    assert Authenticator.objects.get().wrap().name == "My phone"


def test_a_passkey_is_renamed_and_removed_by_its_owner_who_is_told(amina, mailbox_of):
    passkey = kept(amina)
    owner = Person("en", amina)
    owner.sends("my_passkey", passkey.pk, name="<b>Blue</b> phone")
    assert "&lt;b&gt;Blue&lt;/b&gt; phone" in owner.opens("my_passkeys").content.decode()
    owner.sends("my_passkey", passkey.pk, remove="yes")
    assert not Authenticator.objects.exists()
    assert mailbox_of(amina) == ["passkey_changed"]
    assert DoorEvent.objects.get().kind == "passkey_removed"


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "\x00"])
def test_a_name_that_will_not_do_is_told(amina, name):
    passkey = kept(amina)
    answer = Person("en", amina).browser.post(reverse("my_passkey", args=[passkey.pk]), {"name": name})
    assert answer.status_code == 422
    assert Authenticator.objects.get().wrap().name == "My phone"


def test_a_passkey_locks_nobody_out_of_signing_in_by_mail(amina):
    from tests.journeys.person import code_mailed

    kept(amina)
    browser = Client()
    browser.post(reverse("account_login"), {"email": amina.email})
    answer = browser.post(reverse("account_confirm_login_code"), {"code": code_mailed("sign_in_code")})
    assert answer.url == reverse("home_for_me")
    assert browser.get(reverse("my_cases")).status_code == 200


def test_a_passkey_does_not_stand_in_for_the_second_factor_of_staff(amina):
    from accounts.people import give_role

    kept(amina)
    give_role(amina, "officer", by=None)
    browser = Client()
    signs_in(browser, amina)
    assert browser.get(reverse("desk")).url == reverse("mfa_activate_totp")


def test_ten_passkeys_are_enough(amina):
    for number in range(passkeys.MOST):
        kept(amina, f"Key {number}")
    assert reverse("my_passkey_new") not in Person("en", amina).opens("my_passkeys").content.decode()
    with pytest.raises(passkeys.PasskeyError, match="too_many"):
        passkeys.add(amina, "One more", {})


@pytest.fixture
def mailbox_of():
    from letters.models import Letter

    return lambda user: [letter.kind for letter in Letter.objects.filter(to=user)]


def test_the_script_is_small_and_the_pages_that_do_not_need_it_do_not_load_it(amina, settings):
    assert (settings.BASE_DIR / "static/js/passkey.js").stat().st_size <= 1500
    assert "passkey.js" not in Client().get(reverse("account_login")).content.decode()
    assert "passkey.js" in Client().get(reverse("passkey_sign_in")).content.decode()
