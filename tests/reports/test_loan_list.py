"""The list of loans: as many lines as the figure of the portfolio that leads to it, each leading to its loan."""

from datetime import timedelta

import pytest

from config import clock
from letters.wording import money
from loans.lifecycle.reviewing import conflicts
from reports.base import Link, Period
from reports.portfolio import Portfolio
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db


def lines(reader, url):
    page = reader.browser.get(url)
    assert page.status_code == 200
    return page.context["table"], page.content.decode()


def test_each_figure_that_counts_loans_leads_to_just_these(active, mariam):
    due = active.position.next_unpaid_on
    with clock.at(clock.now() + (due - clock.today()) + timedelta(days=31)):
        today = clock.today()
        manager = Person("en", mariam)
        page = manager.opens("report", "portfolio")
        figures = {row[0]["words"]: row for row in page.context["table"]}
        for name, count in (
            ("Running loans", 1),
            ("Loans that are late", 1),
            ("Portfolio at risk, more than 30 days late", 1),
            ("Portfolio at risk, more than 60 days late", 0),
        ):
            table, html = lines(manager, figures[name][0]["url"])
            assert len(table) == count, (name, today)
            assert (active.number in html) == bool(count)
        table, html = lines(manager, figures["Running loans"][0]["url"])
        assert f'href="/loans/{active.number}/"' in html


def test_filters_hold_in_the_csv_too(active, mariam):
    manager = Person("en", mariam)
    csv = manager.browser.get("/reports/loans.csv?state=active").content.decode()
    assert active.number in csv
    assert "<a" not in csv
    assert active.number not in manager.browser.get("/reports/loans.csv?state=repaid").content.decode()
    assert active.number not in manager.browser.get("/reports/loans.csv?purpose=business").content.decode()


def test_a_filter_nobody_knows_is_no_filter(active, mariam):
    table, _html = lines(Person("en", mariam), "/reports/loans/?state=nonsense")
    assert len(table) == 1


def test_every_link_of_the_portfolio_is_one_of_ours():
    urls = [row["figure"].url for row in Portfolio().rows(_this_year()) if isinstance(row["figure"], Link)]
    assert urls
    assert all(url.startswith("/reports/loans/?") for url in urls)


def _this_year():
    return Period(clock.today().replace(month=1, day=1), clock.today())


def test_who_declared_a_conflict_reads_the_sums_of_the_loan_and_nothing_else(active, mariam, carl):
    conflicts.declare(active.application, by=mariam, person=mariam, note="Her brother is my neighbour.")
    table, html = lines(Person("en", mariam), "/reports/loans/")
    assert len(table) == 1
    assert active.number not in html
    assert "Amina" not in html
    assert "Hidden: a conflict" in html
    assert money(active.position.lent_cents) in html
