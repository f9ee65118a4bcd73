"""An appeal has its time, and wants a reason."""

from importlib import import_module

import pytest
from django.apps import apps

from accounts.models import Role
from config import clock
from loans.lifecycle.deciding import appeal, decision
from loans.lifecycle.refusal import Refused
from loans.models import Application
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.journeys.person import Person
from tests.people import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def declined(recommended, mariam):
    return decision.decline(recommended, by=mariam, reasons=["not_affordable"])


def test_on_the_last_day_there_is_still_time(declined, amina):
    with clock.at(days_ahead(declined.product.appeal_days)):
        assert appeal.appeal(declined, by=amina, note="My debts are paid.").state == "appealed"


def test_after_it_the_door_is_closed_and_the_page_leads_back(declined, amina):
    with clock.at(days_ahead(declined.product.appeal_days + 1)):
        with pytest.raises(Refused, match="appeal_over"):
            appeal.appeal(declined, by=amina, note="My debts are paid.")
        page = Person("en", amina).opens("appeal", declined.reference)
        assert page.redirect_chain[-1][0] == f"/my/{declined.reference}/"
        assert "Ask us to look again" not in page.content.decode()
    assert again(declined).state == "declined"


@pytest.mark.parametrize("note", ["", "  "])
def test_an_appeal_says_why(declined, amina, note):
    with pytest.raises(Refused, match="empty_note"):
        appeal.appeal(declined, by=amina, note=note)


def test_a_second_click_appeals_once(declined, amina):
    for _click in range(2):
        appeal.appeal(again(declined), by=amina, note="My debts are paid.", once_key="one")
    assert declined.events.filter(verb="appeal").count() == 1


def test_who_said_the_first_no_does_not_hear_the_appeal_against_the_second(declined, amina, mariam, carl):
    rosa = somebody("rosa@office.example", "Rosa Roy", Role.MANAGER)
    appeal.appeal(declined, by=amina, note="My debts are paid.")
    appeal.grant(again(declined), by=carl, note="They are.")
    decision.decline(again(declined), by=rosa, reasons=["not_affordable"])
    appeal.appeal(again(declined), by=amina, note="My rent is lower now.")
    for decider in (mariam, rosa):
        with pytest.raises(Refused, match="appeal_of_ones_own") as refused:
            appeal.grant(again(declined), by=decider, note="It is.")
        assert refused.value.facts["names"] == ["Carl Nguyen"]
    assert appeal.uphold(again(declined), by=carl, note="It is not.").state == "decision_stands"


def test_who_said_no_before_it_was_remembered_is_read_from_the_story(declined, amina, mariam, carl):
    appeal.appeal(declined, by=amina, note="My debts are paid.")
    appeal.grant(again(declined), by=carl, note="They are.")
    decision.decline(again(declined), by=mariam, reasons=["not_affordable"])
    Application.objects.update(decliners=[])
    import_module("loans.migrations.0047_who_said_no").remember(apps, None)
    assert again(declined).decliners == [mariam.pk]
