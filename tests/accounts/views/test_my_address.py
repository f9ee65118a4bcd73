"""Changing my e-mail address: by a code at the new one, told at the old one, other devices signed out."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import DoorEvent, User
from config import clock
from letters.models import Letter
from letters.render import render
from tests.journeys.person import Person, code_mailed
from tests.people import signs_in

pytestmark = pytest.mark.django_db
NEW = "amina.new@example.org"


def asks(amina, address=NEW):
    person = Person("en", amina)
    person.sends("my_address", email=address)
    return person


def test_a_code_at_the_new_address_puts_it_in_place_and_the_old_one_is_told(amina):
    old, elsewhere = amina.email, Client()
    signs_in(elsewhere, amina)
    person = asks(amina, "Amina.New@Example.org")
    page = person.sends("my_address_code", code=code_mailed("new_address_code"))
    assert NEW in page.content.decode()
    assert User.objects.get(pk=amina.pk).email == NEW
    assert EmailAddress.objects.get(user=amina).email == NEW
    notice = Letter.objects.get(kind="email_changed")
    assert (notice.address, NEW in render(notice).text) == (old, False)
    assert "a•••@example.org" in render(notice).text
    assert elsewhere.get(reverse("my_cases")).status_code == 302
    assert person.browser.get(reverse("my_cases")).status_code == 200
    assert DoorEvent.objects.get().kind == "email_changed"


def test_nothing_changes_before_the_code_is_typed(amina):
    asks(amina)
    assert User.objects.get(pk=amina.pk).email == "amina@example.org"
    assert Letter.objects.get(kind="new_address_code").address == NEW


def test_a_code_is_used_once(amina):
    person = asks(amina)
    code = code_mailed("new_address_code")
    person.sends("my_address_code", code=code)
    person.sends("my_address", email="third@example.org")
    assert person.browser.post(reverse("my_address_code"), {"code": code}).status_code == 422
    assert User.objects.get(pk=amina.pk).email == NEW


def test_a_code_is_good_for_fifteen_minutes(amina):
    person, code = asks(amina), code_mailed("new_address_code")
    with clock.at(clock.now() + timedelta(minutes=16)):
        answer = person.browser.post(reverse("my_address_code"), {"code": code})
    assert "older than 15 minutes" in answer.content.decode()
    assert User.objects.get(pk=amina.pk).email == "amina@example.org"


def test_two_tabs_the_code_of_the_first_address_does_not_prove_the_second(amina):
    person = asks(amina, "first@example.org")
    first = code_mailed("new_address_code")
    person.sends("my_address", email="second@example.org")
    assert person.browser.post(reverse("my_address_code"), {"code": first}).status_code == 422
    person.sends("my_address_code", code=code_mailed("new_address_code"))
    assert User.objects.get(pk=amina.pk).email == "second@example.org"


def test_an_address_of_somebody_else_shows_the_same_page_and_gets_no_code(amina, bilal):
    taken, free = asks(amina, bilal.email), asks(amina, "free@example.org")
    pages = [person.opens("my_address_code").content.decode() for person in (taken, free)]
    assert "We sent six digits" in pages[0]
    assert "We sent six digits" in pages[1]
    letter = Letter.objects.get(kind="account_exists")
    assert (letter.address, letter.to) == (bilal.email, None)
    assert "Amina" not in render(letter).text
    assert Letter.objects.filter(kind="new_address_code").count() == 1
    assert taken.browser.post(reverse("my_address_code"), {"code": "123456"}).status_code == 422


def test_an_address_given_away_meanwhile_is_refused_like_a_wrong_code(amina):
    person, code = asks(amina), code_mailed("new_address_code")
    User.objects.create_user(NEW)
    answer = person.browser.post(reverse("my_address_code"), {"code": code})
    assert (answer.status_code, "not the digits we sent" in answer.content.decode()) == (422, True)
    assert User.objects.get(pk=amina.pk).email == "amina@example.org"


def test_six_codes_an_hour_whether_the_address_is_free_or_not(amina, bilal):
    answers = []
    for address in (bilal.email, NEW, bilal.email, NEW, bilal.email, NEW, bilal.email, NEW):
        person = Person("en", amina)
        answers.append(person.browser.post(reverse("my_address"), {"email": address}).status_code)
    assert answers == [302] * 6 + [422] * 2


@pytest.mark.parametrize(
    "typed",
    ["", "no address", "a@b", "x" * 300 + "@example.org", "\x00@example.org", "<script>@x.org", "amina@example.org"],
)
def test_what_is_no_other_address_is_told_beside_the_box(amina, typed):
    answer = Person("en", amina).browser.post(reverse("my_address"), {"email": typed})
    assert (answer.status_code, 'href="#id-email"' in answer.content.decode()) == (422, True)
    assert not Letter.objects.exists()


def test_a_stranger_is_sent_to_sign_in(amina):
    for name in ("my_address", "my_address_code", "my_account", "proof", "my_sessions", "my_passkeys"):
        assert Client().post(reverse(name), {"email": NEW}).url.startswith(reverse("account_login"))
