"""What I agreed to: read, given and withdrawn by the person; seen with its dates by the officer."""

import pytest
from django.urls import reverse

from loans.lifecycle.applying import consents, filling
from loans.models import Consent
from loans.views.deeds import new_once_key
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client, amina, submitted):
    client.force_login(amina)
    return submitted


def test_the_form_asks_in_the_wording_in_force_and_says_what_is_optional(client, amina, product):
    case = filling.start(amina, product)
    client.force_login(amina)
    response = client.get(reverse("section", args=[case.reference, "consents"]))
    asked = {f["name"]: f for line in response.context["lines"] for f in line["fields"]}
    assert asked["share_with_funder"]["label"].endswith("(General loan fund), so that they can check its work.")
    assert [name for name, field in asked.items() if field["required"]] == ["truth", "credit_check"]
    product.needs_credit_check = False
    product.save()
    response = client.get(reverse("section", args=[case.reference, "consents"]))
    asked = {f["name"]: f for line in response.context["lines"] for f in line["fields"]}
    assert not asked["credit_check"]["required"]


def test_the_list_shows_each_with_its_words_and_its_day(client, mine):
    page = words(client.get(reverse("my_consents", args=[mine.reference])))
    assert "The loan office may ask a credit bureau about me for this application." in page
    assert "Agreed on" in page
    assert page.count("Read and agree") == 4


def test_withdrawing_says_first_what_follows(client, mine):
    url = reverse("my_consent", args=[mine.reference, "credit_check"])
    page = words(client.get(url))
    assert "What follows if you withdraw it" in page
    assert "What we learned before stays in your file." in page
    response = client.post(url, {"deed": "withdraw", "once_key": new_once_key()}, follow=True)
    assert "It is written down that you no longer agree." in words(response)
    assert ", withdrawn on" in words(response)
    assert Consent.objects.get(purpose="credit_check").withdrawn_at is not None


def test_agreeing_later_is_as_easy(client, mine):
    url = reverse("my_consent", args=[mine.reference, "research"])
    assert "This is optional." in words(client.get(url))
    client.post(url, {"deed": "give", "once_key": new_once_key()})
    assert Consent.objects.get(purpose="research").withdrawn_at is None


def test_an_old_tab_is_told_how_it_stands(client, mine, amina):
    url = reverse("my_consent", args=[mine.reference, "messages"])
    consents.give(mine, by=amina, purpose="messages")
    response = client.post(url, {"deed": "give", "once_key": new_once_key()})
    assert response.status_code == 422
    assert "You have agreed to this already." in words(response)


@pytest.mark.parametrize("purpose", ["truth", "tell_partner", "nothing"])
def test_what_cannot_be_decided_has_no_page(client, mine, purpose):
    assert client.get(reverse("my_consent", args=[mine.reference, purpose])).status_code == 404


def test_nobody_else_and_no_draft_has_the_page(client, submitted, bilal, clara, amina, product):
    for stranger in (bilal, clara):
        client.force_login(stranger)
        assert client.get(reverse("my_consents", args=[submitted.reference])).status_code == 404
    client.force_login(amina)
    draft = filling.start(amina, product)
    assert client.get(reverse("my_consents", args=[draft.reference])).status_code == 404


def test_the_officer_sees_what_was_given_and_withdrawn_with_its_days(client, in_review, amina, omar):
    consents.withdraw(in_review, by=amina, purpose="credit_check")
    client.force_login(omar)
    page = words(client.get(reverse("case", args=[in_review.reference])))
    assert "Credit check" in page
    assert ", withdrawn on" in page
    assert "Consent withdrawn" in page
