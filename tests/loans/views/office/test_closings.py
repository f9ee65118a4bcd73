"""The page of closings: a list for the money desk's readers, a form for those who close."""

from datetime import timedelta

import pytest

from config import clock
from loans.lifecycle.ledger import closing
from loans.models import Closing
from tests.days_ahead import days_ahead
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_month_later(active):
    with clock.at(days_ahead(35)):
        yield active


@pytest.fixture
def last_month_end(a_month_later):
    return clock.today().replace(day=1) - timedelta(days=1)


def test_finance_closes_the_last_month_and_it_stands_in_the_list(last_month_end, felix):
    page = Person("en", felix).sends("closings", through=last_month_end.isoformat())
    assert Closing.objects.get().through == last_month_end
    assert "Closed. What comes later for these days is booked in the open month." in page.content.decode()
    assert felix.name in page.content.decode()


def test_a_second_click_is_told_that_it_is_closed(last_month_end, felix):
    finance = Person("en", felix)
    finance.sends("closings", through=last_month_end.isoformat())
    again = finance.browser.post("/money/closings/", {"through": last_month_end.isoformat()})
    assert again.status_code == 422
    assert "The books are closed through" in again.content.decode()
    assert 'href="#main"' in again.content.decode()  # no box is left to lead to
    assert Closing.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "tomorrow", "2027-02-30", "9999-12-31"])
def test_what_is_no_month_to_close_is_told_beside_the_field(last_month_end, felix, typed):
    response = Person("en", felix).browser.post("/money/closings/", {"through": typed})
    assert response.status_code == 422
    assert 'href="#id-close-through"' in response.content.decode()
    assert not Closing.objects.exists()


def test_an_auditor_reads_and_does_not_close(last_month_end, ada, felix):
    closing.close_through(last_month_end, by=felix)
    auditor = Person("en", ada)
    page = auditor.opens("closings").content.decode()
    assert felix.name in page
    assert '<form method="post" action="/money/closings/"' not in page
    assert auditor.browser.post("/money/closings/", {"through": last_month_end.isoformat()}).status_code == 403


def test_the_money_desk_says_through_when_the_books_are_closed(last_month_end, felix):
    finance = Person("fr", felix)
    assert "Aucun mois n’est encore clos." in finance.opens("money_desk").content.decode()
    closing.close_through(last_month_end, by=felix)
    assert "Les livres sont clos jusqu’au" in finance.opens("money_desk").content.decode()
