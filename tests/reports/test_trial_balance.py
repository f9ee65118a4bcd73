"""The trial balance: it balances, follows the fund, and of a closed month never changes."""

from datetime import date, timedelta

import pytest

from config import clock
from loans.lifecycle.ledger import closing
from loans.lifecycle.lending import repayment
from loans.models import Entry, Fund
from money.book import Account
from reports.base import Period
from reports.trial_balance import NAMES, TrialBalance
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


def balance_of(first, last, **chosen):
    """Name of the account → (opening, debits, credits, closing) in cents."""
    return {
        str(row["account"]): tuple(row[name].cents for name in ("opening", "debits", "credits", "closing"))
        for row in TrialBalance().rows(Period(first, last, chosen))
    }


def pay(loan, felix, on, cents):
    return repayment.record_payment(loan, by=felix, on=on, cents=cents, method="cash", payer="Amina")


def test_every_account_has_a_name_and_a_line():
    assert set(NAMES) == set(Account)


def test_it_balances_between_any_two_days(active, felix):
    lent = active.principal_cents
    with clock.at(days_ahead(70)):
        pay(active, felix, clock.today(), 10_000)
        first = active.advance_on + timedelta(days=1)
        found = balance_of(first, clock.today())
    assert found["Principal lent"][0] == lent
    assert found["Bank"] == (-lent, 10_000, 0, 10_000 - lent)
    opening, debits, credits, closing_balance = found["Total"]
    assert (opening, closing_balance) == (0, 0)
    assert debits == credits > 0
    assert balance_of(date(2000, 1, 1), active.advance_on - timedelta(days=1))["Total"] == (0, 0, 0, 0)


def test_a_closed_month_never_changes_and_the_latecomer_stands_in_the_open_one(active, felix):
    with clock.at(days_ahead(70)):
        last = clock.today().replace(day=1) - timedelta(days=1)
        closing.close_through(last, by=felix)
        before = balance_of(date(2000, 1, 1), last)
        pay(active, felix, last - timedelta(days=2), 7_000)
        assert balance_of(date(2000, 1, 1), last) == before
        assert balance_of(last + timedelta(days=1), clock.today())["Bank"][1] == 7_000
        assert Entry.objects.as_of(last).balances()[Account.BANK] == 7_000 - active.principal_cents


def test_it_is_of_one_fund_when_asked(active):
    other = Fund.objects.create(code="other", name_en="Other", name_fr="Autre")
    days = (date(2000, 1, 1), clock.today())
    assert balance_of(*days, fund=active.fund.code) == balance_of(*days)
    assert balance_of(*days, fund=other.code)["Total"] == (0, 0, 0, 0)


def test_the_funds_are_named_in_the_readers_language(client, active, mariam):
    client.force_login(mariam)
    client.cookies["language"] = "fr"
    page = client.get("/reports/trial-balance/").content.decode()
    assert active.fund.name_fr in page
    assert "Balance de vérification" in page


@pytest.mark.parametrize("who", ["mariam", "felix", "ada"])
def test_it_leads_its_readers_to_the_closings(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert 'href="/money/closings/"' in client.get("/reports/trial-balance/").content.decode()
    assert client.get("/money/closings/").status_code == 200


def test_the_headings_of_figures_stand_over_them(client, mariam):
    client.force_login(mariam)
    page = client.get("/reports/trial-balance/").content.decode()
    assert page.count('<th scope="col" class="number">') == 4


def test_the_first_day_of_the_calendar_is_a_day(client, mariam):
    client.force_login(mariam)
    assert client.get("/reports/trial-balance/?from=0001-01-01").status_code == 200
