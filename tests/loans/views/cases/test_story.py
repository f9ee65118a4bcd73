"""What the story of a case tells apart: the question with which it was sent back."""

import html

import pytest
from django.urls import reverse

from loans.lifecycle.deciding import decision
from tests.cases import TERMS, again

pytestmark = pytest.mark.django_db


def read(client, user, case):
    client.force_login(user)
    return html.unescape(client.get(reverse("case", args=[case.reference])).content.decode())


def test_the_question_stands_before_the_officer_until_it_is_recommended_again(client, recommended, omar, mariam):
    decision.send_back(recommended, by=mariam, note="Who pays the rent?")
    shown = read(client, omar, recommended)
    assert "Mariam Haddad asks first:" in shown
    assert shown.count("Who pays the rent?") == 2  # beside the deeds, and in the story
    decision.recommend(again(recommended), by=omar, reasons=["affordable"], note="Her sister does.", **TERMS)
    assert "asks first:" not in read(client, omar, recommended)


def test_a_case_that_was_never_sent_back_asks_nothing(client, in_review, omar):
    assert "asks first:" not in read(client, omar, in_review)
