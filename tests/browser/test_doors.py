"""The ways in, in a real browser: a passkey made and shown by a played device, and every page of the account."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts import phones, recovery
from accounts.models import Phone, Recovery, User
from accounts.people import give_role
from config import clock
from letters.models import Letter
from tests.browser.visitor import code_mailed

WIDTHS = pytest.mark.parametrize("width", [360, 1280])
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_device(guest):
    """A device that keeps passkeys and asks no questions; returns what talks with it."""
    line = guest.context.new_cdp_session(guest.page)
    line.send("WebAuthn.enable")
    device = line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    return lambda command, **more: line.send(f"WebAuthn.{command}", {"authenticatorId": device, **more})


def adds_a_passkey(guest, name):
    guest.opens("my_passkey_new")
    guest.types(name=name)
    guest.clicks("form[data-passkey] button")


def shows_a_passkey(guest):
    guest.opens("passkey_sign_in")
    guest.clicks("form[data-passkey] button")


def signs_out(guest):
    guest.opens("account_logout")
    guest.clicks("main form button")


@WIDTHS
def test_a_passkey_is_added_shown_at_the_door_and_removed(visitor, office, amina, width):
    guest = visitor(width=width, language="fr" if width == 360 else "en")
    device = with_a_device(guest)
    guest.signs_in(amina)
    adds_a_passkey(guest, "Mon téléphone 📱")
    assert "Mon téléphone 📱" in guest.reads()
    assert Authenticator.objects.get(user=amina).wrap().is_passwordless
    assert Letter.objects.filter(kind="passkey_changed").count() == 1
    signs_out(guest)
    shows_a_passkey(guest)
    guest.opens("my_account")
    assert amina.email in guest.reads()
    guest.opens("my_address")  # a passkey opens a strong session
    assert guest.page.locator("[name=email]").count() == 1
    guest.opens("my_passkey", Authenticator.objects.get().pk)
    guest.clicks("button.button-danger")
    assert not Authenticator.objects.exists()
    signs_out(guest)
    guest.opens("passkey_sign_in")
    guest.clicks("form[data-passkey] button")
    assert guest.page.locator(".error-summary").count() == 1
    assert len(device("getCredentials")["credentials"]) == 1


def test_a_passkey_shown_twice_with_the_same_answer_opens_once(visitor, office, amina):
    guest = visitor(width=360)
    with_a_device(guest)
    guest.signs_in(amina)
    adds_a_passkey(guest, "Phone")
    signs_out(guest)
    sent = []
    guest.page.on("request", lambda asked: sent.append(asked.post_data) if asked.method == "POST" else None)
    shows_a_passkey(guest)
    signs_out(guest)
    replayed = next(data for data in sent if data and "credential=" in data)
    thief = visitor(width=360)
    thief.opens("passkey_sign_in")
    token = thief.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    credential = next(part for part in replayed.split("&") if part.startswith("credential="))
    answer = thief.context.request.post(
        thief.home + reverse("passkey_sign_in"),
        data=f"csrfmiddlewaretoken={token}&{credential}",
        headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": thief.page.url},
    )
    assert answer.status == 422
    thief.opens("my_cases")
    assert reverse("account_login") in thief.page.url


def test_a_passkey_of_somebody_who_works_here_now_opens_nothing(visitor, office, amina):
    guest = visitor(width=360)
    with_a_device(guest)
    guest.signs_in(amina)
    adds_a_passkey(guest, "Phone")
    signs_out(guest)
    give_role(User.objects.get(pk=amina.pk), "officer", by=None)
    shows_a_passkey(guest)
    assert guest.page.locator(".error-summary").count() == 1


def test_a_device_that_says_no_is_told_kindly(visitor, office, amina):
    guest = visitor(width=360)
    device = with_a_device(guest)
    device("setUserVerified", isUserVerified=False)
    guest.signs_in(amina)
    guest.opens("my_passkey_new")
    guest.types(name="Phone")
    guest.page.locator("form[data-passkey] button").click()
    guest.page.locator("[data-passkey-failed]").wait_for(state="visible")
    guest.looks()
    assert not Authenticator.objects.exists()


def test_without_javascript_the_page_says_what_works(visitor, office):
    guest = visitor(width=360, javascript=False)
    guest.opens("passkey_sign_in")
    assert "A code by e-mail works everywhere" in guest.reads()
    assert not guest.page.locator("form[data-passkey]").is_visible()
    guest.clicks("main p a")
    assert guest.page.url.endswith(reverse("account_login"))


@WIDTHS
def test_every_page_of_my_account(visitor, office, amina, width, settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/texts"
    number = "+16135550121"
    Phone.objects.create(user=amina, number_sealed=number, number_hash=phones.hash_of(number), proven_at=clock.now())
    guest = visitor(width=width, language="fr")
    guest.opens("account_login")
    guest.types(email=amina.email)
    guest.clicks('main form button[name="to"]')
    guest.opens("account_login")
    guest.signs_in(amina)
    other = visitor(width=width, javascript=False)
    other.signs_in(amina)
    for page in ("my_account", "my_sessions", "my_passkeys", "my_passkey_new", "my_address", "proof", "reach"):
        guest.opens(page)
    guest.opens("my_sessions")
    guest.clicks("main li form button")
    guest.opens("my_address")
    guest.types(email="not an address")
    guest.clicks("main form button.button")
    guest.types(email="amina.new@example.org")
    guest.clicks("main form button.button")
    guest.types(code="nonsense")
    guest.clicks("main form button.button")
    guest.types(code=code_mailed("new_address_code"))
    guest.clicks("main form button.button")
    assert "amina.new@example.org" in guest.reads()
    guest.opens("proof")
    guest.clicks("main form button")
    guest.types(code=code_mailed("proof_code"))
    guest.clicks("main form button.button")


@WIDTHS
def test_a_lost_address_is_mended_without_javascript(visitor, office, amina, omar, olga, width, settings):
    settings.RECOVERY_WAIT_HOURS = 0
    guest = visitor(width=width, javascript=False)
    guest.opens("account_login")
    guest.clicks("main ul a[href$='lost-email/']")
    guest.clicks("main form button.button")
    guest.types(old_address=amina.email, name="Amina El-Sayed", reach="613-555-0123")
    guest.clicks("main form button.button")
    officer = visitor(width=width)
    officer.signs_in(omar)
    officer.opens("desk")
    officer.clicks("main .note a")
    row = Recovery.objects.get()
    officer.unfolds(f"person-{row.pk}")
    officer.clicks("details.deed form button")
    officer.types(account=amina.email, how="video", note="Her permit.", new_address="amina.new@example.org")
    officer.clicks("details.deed form button")
    second = visitor(width=width, language="fr")
    second.signs_in(olga)
    second.opens("lost_addresses")
    second.clicks("main section.card > form button.button")
    row = Recovery.objects.get()
    guest.page.goto(guest.home + recovery.link(row, "stop").removeprefix(settings.SITE_URL))
    guest.looks()
    guest.page.goto(guest.home + recovery.link(row, "door").removeprefix(settings.SITE_URL))
    guest.looks()
    guest.clicks("main form button")
    guest.types(code=code_mailed("new_address_code"))
    guest.clicks("main form button.button")
    assert User.objects.get(pk=amina.pk).email == "amina.new@example.org"
    second.opens("lost_addresses")
