"""My account: the pages of the ways in, and where somebody is signed in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import sessions
from accounts.models import DoorEvent, Session
from config import clock
from tests.journeys.person import code_mailed
from tests.people import signs_in

pytestmark = pytest.mark.django_db
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) Chrome/131.0.0.0 Mobile Safari/537.36"
MOST_QUERIES = 12


def browser_of(user, agent=ANDROID):
    browser = Client(headers={"User-Agent": agent})
    signs_in(browser, user)
    browser.get(reverse("my_account"))
    return browser


def test_the_account_page_joins_the_ways_in(amina):
    page = browser_of(amina).get(reverse("my_account")).content.decode()
    for name in ("my_address", "reach", "my_passkeys", "my_sessions"):
        assert reverse(name) in page
    assert amina.email in page


def test_staff_find_their_second_factor_and_no_passkeys(omar):
    page = browser_of(omar).get(reverse("my_account")).content.decode()
    assert reverse("mfa_index") in page
    assert reverse("my_passkeys") not in page


def test_a_session_is_told_with_its_device_and_this_one_first(amina):
    browser_of(amina, "Mozilla/5.0 (iPhone; like Mac OS X) Version/17.5 Safari/604.1")
    page = browser_of(amina).get(reverse("my_sessions")).content.decode()
    assert page.index("Chrome, Android device") < page.index("Safari, iPhone")
    assert page.count("This device") == 1
    assert not [key for key in Session.objects.values_list("session_key", flat=True) if key in page]


def test_one_session_is_ended_and_the_others_stay(amina):
    lost, other, here = browser_of(amina), browser_of(amina), browser_of(amina)
    row = Session.objects.get(session_key=lost.session.session_key)
    here.post(reverse("session_end"), {"session": sessions.handle(row)})
    signed_in = [browser.get(reverse("my_cases")).status_code for browser in (lost, other, here)]
    assert signed_in == [302, 200, 200]
    assert DoorEvent.objects.get().kind == "sessions_ended"


def test_all_but_this_one_are_ended(amina, bilal):
    others, here, strangers = [browser_of(amina) for _ in range(3)], browser_of(amina), browser_of(bilal)
    here.post(reverse("session_end"))
    assert [browser.get(reverse("my_cases")).status_code for browser in others] == [302] * 3
    assert here.get(reverse("my_cases")).status_code == 200
    assert strangers.get(reverse("my_cases")).status_code == 200


@pytest.mark.parametrize("told", ["nonsense", "' OR 1=1 --", "\x00", "9" * 5000])
def test_a_handle_that_is_nobody_s_ends_nothing(amina, told):
    here, other = browser_of(amina), browser_of(amina)
    assert here.post(reverse("session_end"), {"session": told}).status_code == 302
    assert other.get(reverse("my_cases")).status_code == 200
    assert not DoorEvent.objects.exists()


def test_nobody_ends_a_session_of_somebody_else(amina, bilal):
    victim, thief = browser_of(amina), browser_of(bilal)
    row = Session.objects.get(session_key=victim.session.session_key)
    thief.post(reverse("session_end"), {"session": sessions.handle(row)})
    assert victim.get(reverse("my_cases")).status_code == 200


def test_a_session_that_ran_out_is_not_listed(amina):
    browser_of(amina)
    here = browser_of(amina)
    Session.objects.exclude(session_key=here.session.session_key).update(expire_date=clock.now() - timedelta(hours=1))
    assert "nowhere else" in here.get(reverse("my_sessions")).content.decode()


def test_signing_in_forgets_the_rows_of_sessions_that_ran_out(amina):
    browser_of(amina)
    Session.objects.update(expire_date=clock.now() - timedelta(hours=1))
    browser = Client()
    browser.post(reverse("account_login"), {"email": amina.email})
    browser.post(reverse("account_confirm_login_code"), {"code": code_mailed("sign_in_code")})
    assert amina.sessions.get().session_key == browser.session.session_key


def test_being_seen_is_written_down_every_five_minutes_and_not_with_each_page(amina):
    browser = browser_of(amina)
    first = Session.objects.get().seen_at
    browser.get(reverse("my_account"))
    assert Session.objects.get().seen_at == first
    with clock.at(clock.now() + timedelta(minutes=6)):
        browser.get(reverse("my_account"))
    row = Session.objects.get()
    assert row.seen_at > first
    assert row.opened_at <= first


def test_a_visitor_who_is_not_signed_in_leaves_no_row(office):
    Client().get(reverse("account_login"))
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["my_account", "my_sessions", "my_passkeys", "my_passkey_new", "my_address", "proof"])
def test_a_page_of_the_account_asks_little(amina, name):
    for _ in range(8):
        browser_of(amina)
    browser = browser_of(amina)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(reverse(name)).status_code == 200
    assert len(asked) <= MOST_QUERIES, [query["sql"] for query in asked]
