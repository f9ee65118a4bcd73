"""The public pages of a lost address, and those of the office."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import recovery
from accounts.models import DoorEvent, Recovery, User
from config import clock
from letters.models import Letter
from letters.render import render
from tests.journeys.person import Person, code_mailed

pytestmark = pytest.mark.django_db
SAID = {"old_address": "amina@example.org", "name": "Amina El-Sayed", "reach": "613-555-0123"}
SEEN = {"account": "amina@example.org", "how": "video", "note": "Her permit.", "new_address": "amina.new@example.org"}
HOSTILE = ["<script>alert(1)</script>", "'; DROP TABLE accounts_recovery; --", "{{ 7*7 }}", "\u202eevil", "x" * 199]


def link_in(kind):
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", render(Letter.objects.get(kind=kind)).text)[1]


@pytest.fixture
def confirmed(amina, omar, olga):
    Client().post(reverse("lost_address"), SAID)
    row = Recovery.objects.get()
    Person("en", omar).sends("lost_address_proposal", row.pk, **SEEN)
    Person("en", olga).sends("lost_address_confirmation", row.pk)
    return Recovery.objects.get(pk=row.pk)


def test_from_the_public_page_through_the_office_back_into_the_account(confirmed, amina):
    door, browser = link_in("recovery_opens"), Client()
    assert "Please come back from" in browser.get(door).content.decode()
    with clock.at(clock.now() + timedelta(hours=49)):
        browser.post(door)
        page = browser.post(door, {"code": code_mailed("new_address_code")}, follow=True)
    assert "Your new address is in place" in page.content.decode()
    assert User.objects.get(pk=amina.pk).email == "amina.new@example.org"


def test_whoever_asks_learns_nothing(amina, office):
    pages = []
    for address in ("amina@example.org", "nobody@example.org"):
        page = Client().post(reverse("lost_address"), {**SAID, "old_address": address}, follow=True)
        pages.append(re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page.content.decode()))
    assert pages[0] == pages[1]
    assert "We will be in touch" in pages[0]
    assert not Letter.objects.exists()


def test_three_requests_a_day_for_one_address_and_ten_an_hour_from_one_client(office):
    same = [Client().post(reverse("lost_address"), SAID).status_code for _ in range(4)]
    assert same == [302] * 3 + [429]
    others = [
        Client().post(reverse("lost_address"), {**SAID, "old_address": f"{n}@x.org"}).status_code for n in range(8)
    ]
    assert others[-1] == 429


@pytest.mark.parametrize("missing", SAID)
def test_what_is_missing_is_told_beside_its_box(missing):
    answer = Client().post(reverse("lost_address"), {**SAID, missing: ""})
    assert (answer.status_code, f'href="#id-{missing}"' in answer.content.decode()) == (422, True)
    assert not Recovery.objects.exists()


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_reach_the_office_as_words(typed, omar):
    Client().post(reverse("lost_address"), {**SAID, "name": typed[:150], "reach": typed})
    page = Person("en", omar).opens("lost_addresses").content.decode()
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page or "49" not in typed
    assert Recovery.objects.get().said["reach"] == typed


@pytest.mark.parametrize("typed", ["\x00", "x" * 201])
def test_words_that_cannot_be_kept_are_refused(typed):
    assert Client().post(reverse("lost_address"), {**SAID, "reach": typed}).status_code == 422
    assert not Recovery.objects.exists()


def test_looking_at_the_link_stops_nothing_and_pressing_does(confirmed):
    stop, browser = link_in("recovery_begun"), Client()
    assert "Keep my address" in browser.get(stop).content.decode()
    assert not Recovery.objects.get().end
    page = browser.post(stop, follow=True)
    assert "Your address stays as it is" in page.content.decode()
    assert Recovery.objects.get().end == "stopped"
    assert browser.post(stop, follow=True).status_code == 200
    assert DoorEvent.objects.filter(kind="recovery_stopped").count() == 1


def test_two_clicks_at_once_stop_it_once_and_neither_is_an_error(confirmed, amina, monkeypatch):
    stop, in_time = link_in("recovery_begun"), recovery.stop

    def too_late(found, **who):
        in_time(found, **who)
        return in_time(found, **who)

    monkeypatch.setattr(recovery, "stop", too_late)
    assert "Your address stays as it is" in Client().post(stop, follow=True).content.decode()
    Recovery.objects.update(end="", ended_at=None)
    Person("en", amina).sends("my_recovery_stop")
    assert [row.end for row in Recovery.objects.all()] == ["stopped"]


def test_whoever_is_signed_in_sees_it_and_stops_it(confirmed, amina, bilal):
    Person("en", bilal).sends("my_recovery_stop")
    assert not Recovery.objects.get().end
    person = Person("fr", amina)
    assert reverse("my_recovery_stop") in person.opens("my_account").content.decode()
    person.sends("my_recovery_stop")
    assert Recovery.objects.get().end == "stopped"
    assert DoorEvent.objects.latest("pk").by == amina


@pytest.mark.parametrize("token", ["x", "eyJyIjoxfQ:1:forged", "..", "%00"])
def test_a_link_that_we_did_not_make_leads_nowhere(token, confirmed):
    for what in ("recovery_stop", "recovery_door"):
        assert Client().get(reverse(what, args=[token])).status_code == 404


def test_the_link_of_one_does_not_serve_as_the_other(confirmed):
    stop = link_in("recovery_begun")
    assert Client().get(stop.removesuffix("stop/")).status_code == 404


def test_a_code_is_not_sent_without_end(confirmed):
    door = link_in("recovery_opens")
    with clock.at(clock.now() + timedelta(hours=49)):
        for _ in range(10):
            Client().post(door)
    assert Letter.objects.filter(kind="new_address_code").count() == 6


# --- The office ------------------------------------------------------------------------------------


def test_one_officer_alone_finds_no_button_and_gets_no_further(amina, omar):
    Client().post(reverse("lost_address"), SAID)
    row, officer = Recovery.objects.get(), Person("en", omar)
    page = officer.sends("lost_address_proposal", row.pk, **SEEN)
    assert reverse("lost_address_confirmation", args=[row.pk]) not in page.content.decode()
    assert officer.browser.post(reverse("lost_address_confirmation", args=[row.pk])).status_code == 403
    assert Recovery.objects.get().confirmed_by is None


@pytest.mark.parametrize("who", ["amina", "felix", "carl", "ada"])
def test_the_page_is_there_for_officers_and_managers_only(request, who):
    browser = Person("en", request.getfixturevalue(who)).browser
    Client().post(reverse("lost_address"), SAID)
    for name, args in (("lost_addresses", []), ("lost_address_confirmation", [1]), ("lost_address_closing", [1])):
        assert browser.post(reverse(name, args=args)).status_code in (404, 405)
    assert browser.get(reverse("lost_addresses")).status_code == 404


def test_an_officer_cannot_touch_the_account_of_a_colleague(olga, omar, mariam):
    Client().post(reverse("lost_address"), {**SAID, "old_address": olga.email})
    row = Recovery.objects.get()
    answer = Person("en", omar).browser.post(
        reverse("lost_address_proposal", args=[row.pk]), {**SEEN, "account": olga.email}
    )
    assert (answer.status_code, "a manager identifies them" in answer.content.decode()) == (422, True)
    Person("en", mariam).sends("lost_address_proposal", row.pk, **{**SEEN, "account": olga.email})
    assert Person("en", olga).browser.post(reverse("lost_address_closing", args=[row.pk])).status_code == 403
    assert "Her permit" not in Person("en", olga).opens("lost_addresses").content.decode()


def test_what_is_wrong_is_told_with_all_that_was_typed(amina, omar):
    Client().post(reverse("lost_address"), SAID)
    typed = {**SEEN, "account": "nobody@example.org"}
    row = Recovery.objects.get()
    answer = Person("en", omar).browser.post(reverse("lost_address_proposal", args=[row.pk]), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No account has this address" in page
    assert "Her permit." in page


def test_a_second_click_is_told_kindly(confirmed, mariam, omar):
    page = Person("en", mariam).sends("lost_address_confirmation", confirmed.pk)
    assert "This was confirmed meanwhile." in page.content.decode()
    Person("en", omar).sends("lost_address_closing", confirmed.pk)
    page = Person("en", omar).sends("lost_address_closing", confirmed.pk).content.decode()
    assert "This is over meanwhile" in page
    assert "Closed by the office" in page


def test_the_desk_says_how_many_wait(omar, felix, office):
    officer = Person("en", omar)
    assert reverse("lost_addresses") not in officer.opens("desk").content.decode()
    Client().post(reverse("lost_address"), SAID)
    assert "1 person cannot read their e-mail any more" in officer.opens("desk").content.decode()


def test_the_list_asks_little_however_many_wait(omar, olga, mariam):
    from tests.people import somebody

    for number in range(12):
        person = somebody(f"p{number}@example.org", f"Person {number}")
        recovery.ask(old_address=person.email, name=person.name, reach="613-555-0123", language="en")
        row = Recovery.objects.latest("pk")
        seen = {**SEEN, "account": person.email, "new_address": f"new{number}@example.org"}
        recovery.propose(row, by=omar, **seen)
        if number % 2:
            recovery.close(row, by=olga)
    browser = Person("en", olga).browser
    browser.get(reverse("lost_addresses"))
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(reverse("lost_addresses")).status_code == 200
    assert len(asked) <= 12
