"""The officer's button by which the same is offered again."""

import pytest
from django.urls import reverse

from config import clock
from loans.lifecycle.contracts import signing
from loans.lifecycle.reviewing import review
from tests.cases import again, seen
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


@pytest.fixture
def turned_away(loan, amina):
    signing.refuse(loan, by=amina, note="I was abroad.")
    return again(loan.application)


def read(client, user, case):
    client.force_login(user)
    return client.get(reverse("case", args=[case.reference]))


def send(client, user, case, **data):
    client.force_login(user)
    return client.post(reverse("re_offer", args=[case.reference]), {"seen": seen(case), **data})


def deed_of(response):
    return next((deed for deed in response.context["deeds"] if deed["key"] == "re-offer"), None)


def test_the_officer_finds_the_button_and_the_offer_is_made_again(client, turned_away, omar):
    assert deed_of(read(client, omar, turned_away))
    response = send(client, omar, turned_away, note="", once_key="again")
    assert (response.status_code, response.url) == (302, reverse("case", args=[turned_away.reference]))
    assert again(turned_away).loans.first().state == "offered"
    assert "Offered again, by the approval that stands" in read(client, omar, turned_away).content.decode()


def test_nobody_else_finds_it_nor_gets_it(client, turned_away, mariam, olga):
    for reader in (mariam, olga):
        assert deed_of(read(client, reader, turned_away)) is None
        assert send(client, reader, turned_away).status_code == 403


def test_what_changed_is_told_and_a_note_is_needed_then(client, turned_away, omar, amina):
    asked = review.ask_for_more(turned_away, by=omar, asked=[("budget", "Is the rent still right?")])
    case = review.answer(again(asked), by=amina)
    field = deed_of(read(client, omar, case))["fields"][0]
    assert field["help"] == "Since the approval: the form was sent again."
    assert send(client, omar, case, note="").status_code == 422
    assert send(client, omar, case, note="The rent is as it was.").status_code == 302
    assert again(case).state == "approved"


def test_a_page_left_open_past_the_days_of_the_approval_is_told_so(client, turned_away, omar):
    with clock.at(days_ahead(91)):
        assert deed_of(read(client, omar, turned_away)) is None
        response = send(client, omar, turned_away, note="")
        assert response.status_code == 422
        assert "The approval stood until" in response.content.decode()
