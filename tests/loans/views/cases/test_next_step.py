"""The next step says what a loan waits for: while a condition is open, the loan office and not finance."""

import html

import pytest
from django.urls import reverse

from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import disbursement
from loans.lifecycle.reviewing import conditions
from tests.cases import TERMS, again, sign

pytestmark = pytest.mark.django_db
FOR_THE_OFFICER = "A condition is open: mark it as met"
FOR_OTHERS = "Waiting for a loan officer: a condition is open"


def words(client, user, name, *args, **query):
    client.force_login(user)
    client.cookies["language"] = "en"
    return html.unescape(client.get(reverse(name, args=args), query).content.decode())


def step_of(client, user, case):
    """What the page of the case and its line on the desk say; both say the same."""
    client.force_login(user)
    page = client.get(reverse("case", args=[case.reference])).context["next"]
    [row] = client.get(reverse("desk"), {"show": "all"}).context["page"].object_list
    assert row["next"] == page
    return page


def grant(case, omar, mariam):
    decision.recommend(again(case), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    decision.approve(again(case), by=mariam)
    return again(case).loans.get()


@pytest.fixture
def invoice(in_review, omar):
    return conditions.add_condition(in_review, by=omar, before="advance", words="invoice")


@pytest.fixture
def held_back(in_review, invoice, omar, mariam, amina):
    """A signed loan whose money waits for an invoice."""
    loan = grant(in_review, omar, mariam)
    sign(loan, amina)
    return again(loan)


def test_money_that_a_condition_holds_back_is_not_to_be_released(client, held_back, invoice, felix):
    page = words(client, felix, "money_desk")
    assert "Release it" not in page
    assert f"Waiting for a loan officer to mark as met: {invoice.text}" in page


def test_once_it_is_met_finance_releases(client, held_back, invoice, felix, omar):
    conditions.meet_condition(again(held_back.application), by=omar, condition=invoice, note="Seen.")
    page = words(client, felix, "money_desk")
    assert "Release it" in page
    assert "Waiting for a loan officer" not in page


def test_what_was_released_waits_too_when_a_condition_is_opened_again(client, held_back, invoice, felix, omar):
    conditions.meet_condition(again(held_back.application), by=omar, condition=invoice, note="Seen.")
    disbursement.release(held_back.advances.get(), by=felix)
    assert "Send it, and write down the day" in words(client, felix, "money_desk")
    conditions.reopen_condition(again(held_back.application), by=omar, condition=invoice, reason="Another’s.")
    page = words(client, felix, "money_desk")
    assert "Send it, and write down the day" not in page
    assert invoice.text in page


def test_the_case_says_whose_turn_it_is(client, held_back, invoice, omar, mariam, ada):
    assert step_of(client, omar, held_back.application) == FOR_THE_OFFICER
    assert step_of(client, mariam, held_back.application) == FOR_OTHERS
    conditions.meet_condition(again(held_back.application), by=omar, condition=invoice, note="Seen.")
    assert step_of(client, omar, held_back.application) == "Waiting for finance to send the money"


def test_before_signing_it_waits_for_the_office_too(client, in_review, omar, mariam):
    asked = conditions.add_condition(in_review, by=omar, before="signing", text_en="The lease.", text_fr="Le bail.")
    case = grant(in_review, omar, mariam).application
    assert step_of(client, omar, case) == FOR_THE_OFFICER
    conditions.meet_condition(again(case), by=omar, condition=asked, note="Seen.")
    assert step_of(client, omar, case).startswith("Waiting for signatures until")


def test_what_stands_before_a_later_advance_holds_nothing_back_yet(client, in_review, omar, mariam, amina, felix):
    conditions.add_condition(in_review, by=omar, before="advance", advance=2, words="invoice")
    loan = grant(in_review, omar, mariam)
    sign(loan, amina)
    assert "Release it" in words(client, felix, "money_desk")
    assert step_of(client, omar, loan.application) == "Waiting for finance to send the money"
