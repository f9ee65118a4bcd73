"""The portfolio seen from another day: the same today by both roads, and never changed by what is recorded later."""

from datetime import timedelta

import pytest

from config import clock
from loans import demonstration
from loans.furnishing.office import furnish
from loans.lifecycle.ledger import closing
from loans.lifecycle.lending import repayment, write_off
from loans.models import Loan
from loans.tasks import nightly
from reports import running_loans
from reports.base import Period, in_words
from reports.portfolio import Portfolio
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.loans.lifecycle.lending.test_debits import before_the, coming, draw, moving, prime_becomes

__all__ = ["moving"]
pytestmark = pytest.mark.django_db
PORTFOLIO = "/reports/portfolio"


def rows(**asked):
    """Figure → value of the portfolio of the last 400 days, without what only a look back tells."""
    today = clock.today()
    found = Portfolio().rows(Period(today - timedelta(days=400), today, **asked))
    figures = {in_words(row["figure"]): row["value"] for row in found}
    figures.pop("Loans worked out again", None)
    return figures


def pay(loan, felix, on, cents):
    return repayment.record_payment(loan, by=felix, on=on, cents=cents, method="cash", payer="Amina")


def later(days):
    return clock.at(days_ahead(days))


def test_today_is_the_same_from_the_positions_and_from_entries_and_replays(db, unprinted):
    furnish()
    demonstration.build(40)
    assert Loan.objects.running().count() > 10
    assert sorted(running_loans.today()) == sorted(running_loans.looked_back(clock.today(), clock.now()))
    assert any(late for _, late in running_loans.today())
    assert rows() == rows(on=clock.today())


def test_what_is_recorded_later_changes_nothing_that_was_known(active, felix, mariam, omar):
    due = active.position.next_unpaid_on
    with later((due - clock.today()).days + 20):
        paid = pay(active, felix, clock.today(), 1_000)
        known_on = day = clock.today()
        told = rows(on=day, known_on=known_on)
        assert told["Loans that are late"] == 1
    with later((due - clock.today()).days + 60):
        pay(active, felix, due, 60_000)  # backdated: it was not late after all
        repayment.reverse_payment(active, by=felix, fact=paid, note="It came back.")
        closing.close_through(clock.today().replace(day=1) - timedelta(days=1), by=felix)
        write_off.write_off(write_off.propose(active, by=omar, note="Gone."), by=mariam)
        assert rows(on=day)["Loans that are late"] == 0
        assert rows(on=day)["Running loans"] == 1
        assert rows(on=clock.today())["Running loans"] == 0
        today = Period(day - timedelta(days=400), day, {}, day, known_on)
        again = {in_words(row["figure"]): row["value"] for row in Portfolio().rows(today)}
        assert {name: again[name] for name in told} == told


def test_before_the_money_left_nothing_was_out(active):
    assert running_loans.looked_back(active.advance_on - timedelta(days=1), clock.now()) == []
    assert running_loans.looked_back(active.advance_on, active.offered_at - timedelta(days=1)) == []


def test_a_loan_is_not_late_on_the_business_day_its_due_day_moved_to(active):
    due = active.position.next_unpaid_on
    for days, late in ((0, 0), (1, 1), (7, 7)):
        [(principal, days_late)] = running_loans.looked_back(due + timedelta(days=days), clock.now())
        assert (principal, days_late) == (active.principal_cents, late)


def test_what_a_held_debit_left_open_is_late_on_no_day_on_which_it_was_not(moving, felix):
    shown = {}
    with before_the(1, 5, moving):
        prime_becomes("0.09", clock.today())
        nightly()
        held, following, *_ = coming(moving)
        draw(moving, held, felix)
    for days in (1, 0, -3):  # until the debit that takes the rest, and behind it
        with before_the(2, days, moving):
            shown[clock.today()] = running_loans.today()
            assert running_loans.looked_back(clock.today(), clock.now()) == running_loans.today()
    assert [late for ((_principal, late),) in shown.values()] == [0, 0, 3]
    with before_the(3, 1, moving):
        pay(again(moving), felix, following.on, following.cents)  # backdated: nobody knew of it then
        looked_back = {day: running_loans.looked_back(day, clock.last_moment_of(day)) for day in shown}
    assert looked_back == shown


def test_the_look_back_takes_few_queries(active, django_assert_max_num_queries):
    day = active.position.next_unpaid_on + timedelta(days=9)
    with django_assert_max_num_queries(4):
        running_loans.looked_back(day, clock.now())


def test_the_page_says_as_of_and_as_known_and_how_many_loans_were_worked_out(client, active, mariam):
    client.force_login(mariam)
    day = clock.today().isoformat()
    page = client.get(f"{PORTFOLIO}/?on={day}&known_on={day}").content.decode()
    assert "as it was known at the end of" in page
    assert "Loans worked out again" in page
    assert f'name="on" value="{day}"' in page
    assert "/reports/loans/?" not in page  # that list is of today
    assert "from all that is known now" in client.get(f"{PORTFOLIO}/?on={day}").content.decode()
    assert "Loans worked out again" not in client.get(f"{PORTFOLIO}/").content.decode()


def test_as_known_on_a_day_alone_is_as_of_that_day(client, active, mariam):
    client.force_login(mariam)
    day = clock.today() - timedelta(days=3)
    period = client.get(f"{PORTFOLIO}/?known_on={day}").context["period"]
    assert (period.on, period.known_on, period.last) == (day, day, day)


def test_the_csv_is_of_the_same_day_and_says_so_in_its_name(client, active, mariam):
    client.force_login(mariam)
    day = clock.today()
    response = client.get(f"{PORTFOLIO}.csv?on={day}&known_on={day}")
    assert f"-on-{day}-known-on-{day}.csv" in response["Content-Disposition"]
    assert "Loans worked out again,1," in response.content.decode()


@pytest.mark.parametrize("name", ["on", "known_on"])
@pytest.mark.parametrize("typed", ["yesterday", "2027-02-30", "9999-12-31", "%00"])
@pytest.mark.parametrize("end", ["/", ".csv"])
def test_a_day_that_cannot_be_is_told_beside_its_field(client, mariam, name, typed, end):
    client.force_login(mariam)
    response = client.get(f"{PORTFOLIO}{end}?{name}={typed}")
    assert response.status_code == 422
    assert f'href="#id-{name}"' in response.content.decode()


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31"])
def test_a_day_long_ago_shows_an_empty_book(client, mariam, active, typed):
    client.force_login(mariam)
    response = client.get(f"{PORTFOLIO}/?on={typed}&known_on={typed}")
    assert response.status_code == 200
    assert response.context["table"][0][1]["words"] == "0"
