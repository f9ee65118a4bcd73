"""An appeal has its time, and wants a reason."""

import pytest

from config import clock
from loans.lifecycle.deciding import appeal, decision
from loans.lifecycle.refusal import Refused
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.journeys.person import Person

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
