"""Too many tries at a door: per address, per client, and whatever a visitor says of where they come from."""

import html
import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as house
from django.test import Client
from django.urls import reverse

from accounts.codes import CodeError
from letters.models import Letter
from loans.lifecycle.contracts import signing
from tests.journeys.person import code_mailed
from tests.people import authenticator_code

pytestmark = pytest.mark.django_db


def knock(browser=None, email="amina@example.org", **headers):
    return (browser or Client()).post(reverse("account_login"), {"email": email}, headers=headers)


def sign_up(email, **meta):
    return Client().post(reverse("account_signup"), {"email": email}, **meta)


def ask(codes, amina):
    browser = Client()
    assert knock(browser, amina.email).status_code == 302
    return [browser.post(reverse("account_confirm_login_code"), {"code": code}) for code in codes]


def test_five_codes_in_ten_minutes_for_one_address_and_then_a_kind_page(amina, office):
    assert [knock().status_code for _ in range(5)] == [302] * 5
    refused = knock(email=" Amina@Example.org ")
    assert refused.status_code == 429
    words = html.unescape(refused.content.decode())
    assert "Too many tries" in words
    assert "Please wait a little while and try again. Nothing that you saved is lost." in words
    assert "613-555-0142" in words
    assert Letter.objects.filter(kind="sign_in_code").count() == 5


def test_the_kind_page_speaks_french(amina, office):
    for _ in range(5):
        knock()
    visitor = Client()
    visitor.cookies["language"] = "fr"
    assert '<html lang="fr"' in knock(visitor).content.decode()


def test_an_address_that_nobody_has_is_counted_alike(office):
    assert [knock(email="nobody@example.org").status_code for _ in range(6)] == [302] * 5 + [429]


def test_one_address_s_tries_do_not_shut_out_another(amina, bilal, office):
    for _ in range(6):
        knock()
    assert knock(email=bilal.email).status_code == 302


def test_one_client_may_not_go_through_many_addresses(office):
    answers = [knock(email=f"person{number}@example.org").status_code for number in range(21)]
    assert answers == [302] * 20 + [429]


def test_one_client_may_not_sign_up_many_people(office):
    answers = [sign_up(f"person{number}@example.org").status_code for number in range(21)]
    assert answers == [302] * 20 + [429]
    assert sign_up("another@example.org", REMOTE_ADDR="203.0.113.9").status_code == 302


def test_signing_up_twice_at_once_sends_one_letter(office):
    assert sign_up("new@example.org").status_code == 302
    assert sign_up("new@example.org").status_code == 429
    assert Letter.objects.filter(kind="sign_up_code").count() == 1


def test_looking_at_a_door_is_not_a_try(office):
    visitor = Client()
    assert {visitor.get(reverse("account_login")).status_code for _ in range(40)} == {200}


# --- Codes ---------------------------------------------------------------------------------------


def test_a_code_dies_after_three_wrong_tries(amina, office):
    *_, third = ask(["000000x"] * 3, amina)
    assert (third.status_code, third.url) == (302, reverse("account_request_login_code"))


def test_the_right_code_opens_after_two_wrong_ones(amina, office):
    browser = Client()
    knock(browser, amina.email)
    for _ in range(2):
        browser.post(reverse("account_confirm_login_code"), {"code": "nonsense"})
    answer = browser.post(reverse("account_confirm_login_code"), {"code": code_mailed("sign_in_code")})
    assert answer.url == reverse("home_for_me")


def test_another_address_typed_beside_the_code_gives_no_fresh_allowance(office, amina):
    browser = Client()
    knock(browser, amina.email)
    sent = [{"code": "nonsense", "email": f"p{number}@example.org"} for number in range(11)]
    answers = [browser.post(reverse("account_confirm_login_code"), each).status_code for each in sent]
    assert answers[10] == 429


@pytest.mark.parametrize("door", ["account_confirm_login_code", "account_email_verification_sent"])
def test_one_client_may_not_type_codes_without_end(office, door):
    answers = [Client().post(reverse(door), {"code": "123456"}).status_code for _ in range(11)]
    assert 429 not in answers[:10]
    assert answers[10] == 429


def test_the_second_factor_is_tried_five_times(omar, office):
    browser = Client()
    knock(browser, omar.email)
    browser.post(reverse("account_confirm_login_code"), {"code": code_mailed("sign_in_code")})
    for _ in range(5):
        browser.post(reverse("mfa_authenticate"), {"code": "000000x"})
    answer = browser.post(reverse("mfa_authenticate"), {"code": authenticator_code()})
    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated
    assert Authenticator.objects.get(user=omar, type="totp").last_used_at is None


def test_signing_codes_are_six_an_hour(loan, amina):
    for _ in range(6):
        signing.send_code(loan, by=amina)
    with pytest.raises(CodeError) as refused:
        signing.send_code(loan, by=amina)
    assert refused.value.reason == "too_many"


# --- Behind a proxy, and not ---------------------------------------------------------------------


def test_without_a_proxy_a_forged_origin_gives_no_fresh_allowance(office):
    answers = [
        knock(email=f"p{number}@example.org", x_forwarded_for=f"198.51.100.{number}", x_real_ip="192.0.2.1").status_code
        for number in range(21)
    ]
    assert answers[-1] == 429


def test_behind_a_proxy_what_the_visitor_adds_gives_no_fresh_allowance(office, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [
        knock(email=f"p{n}@example.org", x_forwarded_for=f"198.51.100.{n}, 203.0.113.7").status_code for n in range(21)
    ]
    assert answers[-1] == 429


def test_behind_a_proxy_each_visitor_has_an_allowance(office, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [knock(email=f"p{n}@example.org", x_forwarded_for=f"203.0.113.{n}").status_code for n in range(25)]
    assert set(answers) == {302}


@pytest.mark.parametrize(("behind", "believed"), [("0", "0 None"), ("1", "1 ('HTTP_X_FORWARDED_PROTO', 'https')")])
def test_one_setting_says_what_is_believed_of_the_proxy(behind, believed):
    said = "from config import settings as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT, s.SECURE_PROXY_SSL_HEADER)"
    told = subprocess.run(
        [sys.executable, "-c", said],
        cwd=house.BASE_DIR,
        env={**os.environ, "BEHIND_PROXY": behind},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == believed


@pytest.mark.parametrize("name", ["verify", "really_us"])
def test_what_is_asked_by_the_switch_of_languages_counts_too(client, office, name):
    asked = {"code": "AAAA-BBBB-CCCC", "switch_language": "fr"}
    answers = [client.post(reverse(name), asked).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    assert client.get(reverse(name)).status_code == 200


def test_the_switch_of_languages_uses_up_no_try_to_sign_in(amina, office):
    browser = Client()
    asked = {"email": amina.email, "switch_language": "fr"}
    assert [browser.post(reverse("account_login"), asked).status_code for _ in range(6)] == [200] * 6
    assert knock(browser).status_code == 302
