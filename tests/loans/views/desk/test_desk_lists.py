"""The lists of the desk, their counts, filters and orders: all of it stands in the address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.people import give_role
from config import clock
from loans.lifecycle.reviewing import handing_over, review
from loans.models import Application
from loans.views.desk import desk_lists, desk_rows
from tests.loans.views.desk.test_desk import multiply

pytestmark = pytest.mark.django_db
DESK = reverse("desk")
MOST_QUERIES = 12


def opened(client, user, **query):
    client.force_login(user)
    response = client.get(DESK, query)
    assert response.status_code == 200
    return response


def references(response):
    return [row["case"].reference for row in response.context["rows"]]


def counts(response):
    return {each["key"]: each["count"] for each in response.context["lists"]}


def test_each_list_says_how_many_cases_it_holds(client, omar, amina, in_review):
    told = counts(opened(client, omar))
    assert told == {
        "todo": "1", "mine": "1", "unassigned": "0", "waiting": "0", "decision": "0", "promises": "0",
        "messages": "0", "bank": "0", "papers": "0", "numbers": "0", "all": "1",
    }  # fmt: skip
    review.ask_for_more(in_review, by=omar, asked=[("budget", "Which rent?")])
    assert counts(opened(client, omar))["waiting"] == "1"


def test_a_reader_has_the_lists_of_the_own_roles(client, omar, carl, ada, recommended):
    assert {"mine", "todo", "messages"} <= set(counts(opened(client, omar)))
    for reader in (carl, ada):
        assert set(counts(opened(client, reader))) == {"unassigned", "waiting", "decision", "promises", "all"}


def test_what_nobody_has_on_the_desk_is_to_take_whatever_was_done_before(client, omar, olga, mariam, in_review):
    Application.objects.filter(pk=in_review.pk).update(reviewer=None)
    assert references(opened(client, olga, show="unassigned")) == [in_review.reference]
    handing_over.hand_over(Application.objects.get(), officer=olga, by=mariam)
    assert references(opened(client, olga, show="unassigned")) == []


def test_a_count_ends_where_the_list_does(client, omar, submitted, monkeypatch):
    for module in (desk_lists, desk_rows):
        monkeypatch.setattr(module, "MOST", 3)
    monkeypatch.setattr("loans.views.desk.desk_counts.MOST", 3)
    monkeypatch.setattr("loans.views.desk.desk.MOST", 3)
    monkeypatch.setattr(desk_rows, "PAGE", 2)
    multiply(submitted, 5)
    page = opened(client, omar, show="all", page="9")
    assert counts(page)["all"] == "3+"
    assert len(references(page)) == 1
    assert "Only the first 3 cases are shown" in page.content.decode()


def test_a_filter_is_kept_on_the_other_lists_and_goes_over_all_cases_without_one(client, omar, olga, in_review):
    page = opened(client, olga, state="in_review")
    assert references(page) == [in_review.reference]
    assert "?state=in_review&amp;show=mine" in page.content.decode()
    assert references(opened(client, olga, state="in_review", show="mine")) == []


def test_every_filter_leaves_out_what_does_not_match(client, omar, olga, in_review):
    product = in_review.product
    other = {"purpose": {"training", "business"} - {product.purpose}}
    for name, value in {
        "officer": omar.pk, "purpose": product.purpose, "product": product.code, "state": "in_review",
    }.items():  # fmt: skip
        assert references(opened(client, olga, **{name: value})) == [in_review.reference], name
    wrong = {"officer": olga.pk, "purpose": other["purpose"].pop(), "state": "approved"}
    for name, value in wrong.items():
        assert references(opened(client, olga, **{name: value})) == [], name


@pytest.mark.parametrize("query", ["officer=x", "officer=0", "product=none", "state=draft", "sort=size", "purpose="])
def test_what_is_no_choice_is_not_asked(client, omar, submitted, query):
    client.force_login(omar)
    page = client.get(f"{DESK}?show=all&{query}")
    assert references(page) == [submitted.reference]
    assert not page.context["asked"].filters


def test_a_list_stands_in_the_order_asked_for(client, omar, submitted):
    multiply(submitted, 2)
    first, second, third = Application.objects.order_by("reference")
    now = clock.now()
    wanted = {first: (3, 2, 500), second: (1, None, 900), third: (2, 5, 100)}
    for case, (days, promised, cents) in wanted.items():
        day = promised and clock.today() + timedelta(days=promised)
        Application.objects.filter(pk=case.pk).update(
            submitted_at=now - timedelta(days=days), promised_by=day, asked_cents=cents
        )
    orders = {
        "wait": [first, third, second], "newest": [second, third, first], "promise": [first, third, second],
        "amount": [second, first, third], "name": [third, first, second],
    }  # fmt: skip
    for order, cases in orders.items():
        assert references(opened(client, omar, show="all", sort=order)) == [case.reference for case in cases], order


def test_promises_about_to_break_stand_by_their_day(client, omar, submitted):
    assert opened(client, omar, show="promises").context["asked"].order == "promise"


def test_an_empty_list_says_how_to_go_on(client, omar, submitted):
    mine = opened(client, omar, show="mine").content.decode()
    assert "No case is on your desk." in mine
    assert "?show=unassigned" in mine
    narrowed = opened(client, omar, show="waiting", q=submitted.reference).content.decode()
    assert f"?show=all&amp;q={submitted.reference}" in narrowed
    assert "Clear the filters" in opened(client, omar, state="approved").content.decode()


def test_the_address_that_a_page_shows_again_gives_the_same_page(client, omar, submitted):
    query = {"q": "amina", "state": "submitted", "sort": "name"}
    page = opened(client, omar, **query).content.decode()
    assert 'value="submitted" selected' in page
    assert 'value="name" selected' in page
    assert page.count('value="amina"') == 2  # the search, and kept beside the filters


@pytest.mark.parametrize(
    "query",
    [{}, {"show": "all", "sort": "name"}, {"q": "amina", "purpose": "training"}, {"show": "promises"}, {"q": "0142"}],
)
def test_a_page_asks_the_database_little_whatever_is_filtered(client, omar, recommended, query):
    for role in (Role.MANAGER, Role.COMMITTEE):  # whoever holds every role sees the most
        give_role(omar, role, by=None)
    multiply(recommended, 5)
    opened(client, omar, **query)
    with CaptureQueriesContext(connection) as asked:
        opened_again = client.get(DESK, query)
    assert opened_again.status_code == 200
    assert len(asked) <= MOST_QUERIES, [each["sql"][:80] for each in asked]
