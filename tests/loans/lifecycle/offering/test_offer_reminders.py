"""Before an offer ends, whoever has not signed is reminded twice, in the name of the officer."""

import pytest

from accounts.models import Phone
from accounts.phones import hash_of
from config import clock
from letters.models import TEXT, Letter
from letters.render import render
from loans.lifecycle.offering import offer_reminders
from loans.lifecycle.reviewing import handing_over
from loans.models import Product
from loans.tasks import NIGHTLY, nightly
from tests.cases import again, sign
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
OPEN = 30  # days that the furnished product's offers are open


def remind(days_before, *, open_for=OPEN):
    """What the night does so many days before the offer of today ends."""
    with clock.at(days_ahead(open_for - days_before)):
        return offer_reminders.remind_of_offers(clock.today()).done


def reminded():
    return list(Letter.objects.filter(kind="offer_reminder").order_by("pk").values_list("to__email", flat=True))


@pytest.fixture
def with_clara(loan, clara):
    loan.application.parties.create(user=clara, name="Clara", kind="co_borrower")
    return loan


def test_ten_and_three_days_before_the_end_each_party_is_reminded_once_each(with_clara, amina, clara):
    sent = []
    for days in (11, 10, 10, 9, 4, 3, 3, 1, 0, -1):
        remind(days)
        sent.append(len(reminded()))
    assert sent == [0, 2, 2, 2, 2, 4, 4, 4, 4, 4]
    assert reminded() == [amina.email, clara.email] * 2


def test_the_story_tells_of_each_reminder_once(with_clara):
    for days in (10, 9, 8, 3, 2):
        remind(days)
    told = with_clara.application.events.filter(verb="remind").order_by("pk")
    assert [event.detail for event in told] == [{"days": 10}, {"days": 3}]


def test_who_has_signed_is_left_in_peace(with_clara, amina, clara):
    sign(with_clara, clara)
    remind(10)
    sign(again(with_clara), amina)
    remind(3)
    assert reminded() == [amina.email]


def test_a_late_night_sends_the_nearer_one_only(loan):
    remind(2)
    remind(1)
    assert len(reminded()) == 1
    assert Letter.objects.get(kind="offer_reminder").occasion.endswith("3 days")


def test_an_offer_that_is_open_for_fewer_days_than_the_first_has_the_second_only(loan):
    type(loan).objects.filter(pk=loan.pk).update(open_until=clock.day_of(days_ahead(7)))
    for days in (7, 6, 4, 3, 2):
        remind(days, open_for=7)
    assert len(reminded()) == 1


def test_the_office_sets_the_days_and_none_is_none(loan):
    Product.objects.filter(code="credential").update(first_reminder_days=5, second_reminder_days=0)
    for days in (10, 6, 5, 3, 0):
        remind(days)
    assert len(reminded()) == 1
    Product.objects.filter(code="credential").update(first_reminder_days=0)
    remind(4)
    assert len(reminded()) == 1


def test_the_officer_of_today_writes_by_name_and_gets_the_reply(loan, mariam, olga):
    handing_over.hand_over(loan.application, by=mariam, officer=olga)
    remind(10)
    letter = Letter.objects.get(kind="offer_reminder")
    assert "I am Olga Petrenko, your loan officer." in render(letter).text
    assert letter.facts["officer_email"] == olga.email
    assert not any(sign.isdigit() for sign in render(letter).subject)


def test_who_wants_texts_gets_one_that_says_that_there_is_news(loan, amina, settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}"
    number = "+16135550123"
    Phone.objects.create(
        user=amina, number_sealed=number, number_hash=hash_of(number), proven_at=clock.now(), notices="both"
    )
    remind(3)
    remind(2)
    assert list(Letter.objects.filter(kind="offer_reminder").values_list("channel", flat=True)) == ["mail", TEXT]


def test_it_is_a_job_of_every_night_and_of_none_after_the_end(loan):
    assert "remind_of_offers" in NIGHTLY
    with clock.at(days_ahead(OPEN - 3)):
        nightly()
    assert len(reminded()) == 1
    with clock.at(days_ahead(OPEN + 1)):
        nightly()
    assert (again(loan).state, len(reminded())) == ("lapsed", 1)
