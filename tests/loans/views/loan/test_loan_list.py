"""The list of loans: for whom, and how one is found."""

from datetime import timedelta

import pytest
from django.urls import reverse

from config import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]
LOANS = reverse("loans")


def numbers(client, user, **query):
    client.force_login(user)
    return [row["loan"].number for row in client.get(LOANS, query).context["rows"]]


@pytest.mark.parametrize("who", ["amina", "carl"])
def test_the_portfolio_is_shut_to_others(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(LOANS).status_code == 403


def test_finance_finds_what_is_to_send(client, felix, signed):
    assert numbers(client, felix) == [signed.number]


def test_an_officer_finds_what_runs(client, omar, active):
    assert numbers(client, omar) == [active.number]
    assert numbers(client, omar, show="to_send") == []


def test_a_loan_is_late_the_day_after_its_payment_was_due(client, omar, active):
    payable_by = active.position.next_unpaid_on
    for days, late in ((0, []), (1, [active.number])):
        with clock.at(clock.now() + (payable_by - clock.today()) + timedelta(days=days)):
            assert numbers(client, omar, show="late") == late
            row = client.get(LOANS, {"show": "running"}).context["rows"][0]
            assert row["days_late"] == days


def test_a_loan_is_found_by_a_part_of_its_number_or_name(client, felix, active):
    name = active.application.applicant.full_name
    assert numbers(client, felix, q=active.number[-4:]) == [active.number]
    assert numbers(client, felix, q=name[:4]) == [active.number]
    assert numbers(client, felix, q="nobody of that name") == []


@pytest.mark.parametrize("query", ["show=everything", "page=99999", "q=%25%27%22%3C", "show=&q=&page="])
def test_a_strange_address_is_no_error(client, felix, active, query):
    client.force_login(felix)
    assert client.get(f"{LOANS}?{query}").status_code == 200


def test_the_list_takes_few_queries(client, felix, active, django_assert_max_num_queries):
    client.force_login(felix)
    with django_assert_max_num_queries(15):
        assert client.get(LOANS, {"show": "all"}).status_code == 200
