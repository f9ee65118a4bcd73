"""Signing in by a code: by mail, by text; what each opens, and what a stranger learns."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts import addresses, phones
from accounts.models import Phone, User
from config import clock
from letters.models import Letter
from letters.render import render_text
from tests.journeys.person import code_mailed
from tests.people import authenticator_code

pytestmark = pytest.mark.django_db
NUMBER = "+16135550121"


@pytest.fixture(autouse=True)
def gateway(settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/texts"


def with_phone(user):
    """`user`, whose number is proven."""
    Phone.objects.create(user=user, number_sealed=NUMBER, number_hash=phones.hash_of(NUMBER), proven_at=clock.now())
    return User.objects.get(pk=user.pk)


def knock(email, to="phone", browser=None):
    browser = browser or Client()
    page = browser.post(reverse("account_login"), {"email": email, "to": to}, follow=True)
    return browser, page


def texted():
    return re.search(r"\b\d{6}\b", render_text(Letter.objects.filter(kind="text_sign_in_code").latest("pk"))).group()


def by_text(user):
    """A browser in which `user` signed in by text alone."""
    browser, _page = knock(user.email)
    browser.post(reverse("account_confirm_login_code"), {"code": texted()})
    return browser


def shell(page):
    """A page without what is new on each visit."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


def test_a_code_by_text_signs_an_applicant_in(amina):
    browser = by_text(with_phone(amina))
    assert browser.get(reverse("my_cases")).status_code == 200
    assert browser.session["signed_in_by"] == "sms"
    assert Letter.objects.get(kind="text_sign_in_code").address == NUMBER


def test_an_address_with_a_phone_one_without_and_none_at_all_show_the_same_page(amina, bilal, omar, office):
    with_phone(amina), with_phone(omar)
    pages = [knock(who)[1] for who in (amina.email, bilal.email, omar.email, "nobody@example.org")]
    assert {page.status_code for page in pages} == {200}
    assert len({shell(page) for page in pages}) == 1
    assert NUMBER[-2:] not in re.sub(r"<(head|footer).*?</\1>", "", shell(pages[0]), flags=re.S)
    assert Letter.objects.filter(kind="text_sign_in_code").count() == 1


@pytest.mark.parametrize("code", ["000000", "", " ", "-", "None", "<script>"])
def test_where_no_text_was_sent_no_code_opens(bilal, code):
    browser, _page = knock(bilal.email)
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert browser.get(reverse("my_cases")).status_code == 302


def test_staff_never_sign_in_by_text(omar):
    with_phone(omar)
    browser, _page = knock(omar.email)
    assert not Letter.objects.filter(kind="text_sign_in_code").exists()
    browser.post(reverse("account_confirm_login_code"), {"code": "123456"})
    assert browser.get(reverse("home_for_me")).url.startswith(reverse("account_login"))


def test_a_role_given_meanwhile_closes_the_door_by_text(amina, mariam):
    from accounts.people import give_role

    browser, _page = knock(with_phone(amina).email)
    give_role(amina, "officer", by=mariam)
    answer = browser.post(reverse("account_confirm_login_code"), {"code": texted()})
    assert answer.url == reverse("account_login")
    assert browser.get(reverse("my_cases")).status_code == 302


def test_a_code_by_text_works_once(amina):
    browser = by_text(with_phone(amina))
    browser.post(reverse("account_logout"))
    browser.post(reverse("account_confirm_login_code"), {"code": texted()})
    assert browser.get(reverse("my_cases")).status_code == 302
    other = Client()
    other.post(reverse("account_confirm_login_code"), {"code": texted()})
    assert other.get(reverse("my_cases")).status_code == 302


def test_a_code_by_text_is_good_for_fifteen_minutes(amina, monkeypatch):
    import time

    browser, _page = knock(with_phone(amina).email)
    later = time.time() + 15 * 60 + 1  # noqa: TID251  the library's own clock
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
    browser.post(reverse("account_confirm_login_code"), {"code": texted()})
    monkeypatch.undo()
    assert browser.get(reverse("my_cases")).status_code == 302


def test_a_forgotten_phone_opens_nothing_with_a_code_sent_before(amina):
    amina = with_phone(amina)
    browser, _page = knock(amina.email)
    phones.forget(amina)
    answer = browser.post(reverse("account_confirm_login_code"), {"code": texted()})
    assert answer.url == reverse("account_login")
    assert browser.get(reverse("my_cases")).status_code == 302


def test_a_code_sent_to_an_address_that_was_changed_opens_nothing(amina):
    browser, _page = knock(amina.email, to="")
    code = code_mailed("sign_in_code")
    addresses.move(amina, "new@example.org", by=amina)
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert browser.get(reverse("my_cases")).status_code == 302


def test_texts_and_mails_are_counted_together(amina, office):
    with_phone(amina)
    ways = ["phone", "", "phone", "", "phone", "phone"]
    answers = [Client().post(reverse("account_login"), {"email": amina.email, "to": way}).status_code for way in ways]
    assert answers == [302] * 5 + [429]


def test_a_house_without_a_gateway_offers_no_texts(amina, settings):
    with_phone(amina)
    settings.SMS_URL = ""
    assert "to my phone" not in Client().get(reverse("account_login")).content.decode()
    knock(amina.email)
    assert not Letter.objects.filter(kind="text_sign_in_code").exists()


@pytest.mark.parametrize("door", ["account_login", "account_signup"])
def test_whoever_mistyped_their_address_begins_anew(amina, office, door):
    browser = Client()
    browser.post(reverse(door), {"email": "amnia@example.org"})
    assert browser.get(reverse("account_login")).status_code == 200
    assert browser.get(reverse("account_signup")).status_code == 200
    browser.post(reverse("account_login"), {"email": amina.email})
    browser.post(reverse("account_confirm_login_code"), {"code": code_mailed("sign_in_code")})
    assert browser.get(reverse("my_cases")).status_code == 200


# --- What a session by text alone may not ---------------------------------------------------------

DOORS = ["my_address", "my_passkey_new", "my_address_code"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_session_by_text_alone_is_asked_for_a_code_by_mail_first(amina, door, method):
    browser = by_text(with_phone(amina))
    answer = getattr(browser, method)(reverse(door), {"email": "thief@example.org"} if method == "post" else {})
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("proof"))
    assert not Letter.objects.filter(kind="new_address_code").exists()


@pytest.mark.parametrize("door", ["mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes"])
def test_a_session_by_text_alone_enrols_no_app_that_would_shut_the_owner_out(amina, door):
    browser = by_text(with_phone(amina))
    for method in ("get", "post"):
        assert getattr(browser, method)(reverse(door)).url.split("?")[0] == reverse("proof")
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("door", ["phone", "phone_code", "phone_removal"])
def test_a_session_by_text_alone_changes_no_phone(amina, door):
    browser = by_text(with_phone(amina))
    answer = browser.post(reverse(door), {"number": "613 555 0999"})
    assert answer.url.split("?")[0] == reverse("proof")
    assert Phone.objects.get(user=amina).number_sealed == NUMBER


def test_a_code_by_mail_makes_that_session_strong(amina):
    browser = by_text(with_phone(amina))
    door = browser.get(reverse("my_address"))
    browser.post(door.url, {"next": reverse("my_address")})
    onward = browser.post(reverse("proof"), {"code": code_mailed("proof_code"), "next": reverse("my_address")})
    assert onward.url == reverse("my_address")
    assert browser.get(onward.url).status_code == 200


def test_the_code_of_one_text_session_does_not_make_another_strong(amina):
    """Two browsers: what one proves is not the other's."""
    amina = with_phone(amina)
    one, other = by_text(amina), by_text(amina)
    one.post(reverse("proof"))
    one.post(reverse("proof"), {"code": code_mailed("proof_code")})
    assert one.get(reverse("my_address")).status_code == 200
    assert other.get(reverse("my_address")).status_code == 302
    answer = other.post(reverse("proof"), {"code": code_mailed("proof_code")})
    assert (answer.status_code, other.get(reverse("my_address")).status_code) == (422, 302)


def test_a_proof_sends_nobody_to_another_house(amina):
    browser = by_text(with_phone(amina))
    browser.post(reverse("proof"), {"next": "https://evil.example/"})
    onward = browser.post(reverse("proof"), {"code": code_mailed("proof_code"), "next": "https://evil.example/"})
    assert onward.url == reverse("my_account")


def test_half_an_hour_later_the_address_is_asked_for_again(amina):
    browser, _page = knock(amina.email, to="")
    browser.post(reverse("account_confirm_login_code"), {"code": code_mailed("sign_in_code")})
    assert browser.get(reverse("my_address")).status_code == 200
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert browser.get(reverse("my_address")).status_code == 302


def test_an_authenticator_app_does_not_make_a_text_stronger(amina):
    from allauth.mfa.totp.internal.auth import TOTP

    from tests.people import SECRET

    TOTP.activate(with_phone(amina), SECRET)
    browser, _page = knock(amina.email)
    browser.post(reverse("account_confirm_login_code"), {"code": texted()})
    browser.post(reverse("mfa_authenticate"), {"code": authenticator_code()})
    assert browser.session["signed_in_by"] == "sms"
    assert Authenticator.objects.get(user=amina).last_used_at is not None
    assert browser.get(reverse("my_address")).status_code == 302


def test_signing_up_and_signing_in_by_mail_open_a_strong_session(office):
    browser = Client()
    browser.post(reverse("account_signup"), {"email": "new@example.org"})
    browser.post(reverse("account_email_verification_sent"), {"code": code_mailed("sign_up_code")})
    assert browser.session["signed_in_by"] == "email"
    assert browser.get(reverse("my_address")).status_code == 200


@pytest.mark.parametrize(
    ("door", "typed", "told"),
    [
        ("account_login", {"email": ""}, "Please write an e-mail address, such as name@example.org."),
        ("account_login", {"email": "amina at home"}, "Please write an e-mail address, such as name@example.org."),
        ("account_signup", {"email": ""}, "Please write an e-mail address, such as name@example.org."),
        ("lost_address", {"old_address": "amina"}, "Please write an e-mail address, such as name@example.org."),
        ("account_confirm_login_code", {"code": ""}, "Please type the six digits."),
        ("account_confirm_login_code", {"code": "000000"}, "These are not the digits we sent. Please look again."),
        ("account_email_verification_sent", {"code": ""}, "Please type the six digits."),
        ("account_email_verification_sent", {"code": "000000"}, "These are not the digits we sent. Please look again."),
    ],
)
def test_what_is_wrong_at_a_door_is_told_in_our_own_words(amina, office, door, typed, told):
    browser = Client()
    if door == "account_email_verification_sent":
        browser.post(reverse("account_signup"), {"email": "new@example.org"})
    else:
        browser.post(reverse("account_login"), {"email": amina.email})
    page = browser.post(reverse(door), typed).content.decode()
    assert page.count(told) == 2, page  # at the top and beside the box
