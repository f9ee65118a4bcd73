"""A change of mind: for some days after the last signature a borrower may withdraw, and no money leaves."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django_fsm import TransitionNotAllowed

from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.contracts import cooling
from loans.lifecycle.contracts.contract import contract_facts
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import disbursement
from loans.lifecycle.refusal import Refused
from loans.models import Product
from tests.cases import again, sign
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


@pytest.fixture
def cooling_days(product):
    """Loans offered from here on can be withdrawn from for two days."""
    Product.objects.filter(pk=product.pk).update(cooling_days=2)


@pytest.fixture
def signed(cooling_days, recommended, mariam, amina, clara):
    """A loan that Amina and Clara signed today."""
    recommended.parties.create(user=clara, name="Clara", kind="co_borrower")
    loan = decision.approve(again(recommended), by=mariam)
    sign(loan, amina)
    return sign(again(loan), clara)


def refused(code, act):
    with pytest.raises(Refused) as told:
        act()
    assert told.value.code == code
    return told.value.facts


def test_a_loan_copies_the_days_when_it_is_offered(signed, product):
    Product.objects.filter(pk=product.pk).update(cooling_days=9)
    assert (again(signed).cooling_days, again(signed).cooling_until) == (2, clock.day_of(days_ahead(2)))


def test_without_such_days_nobody_withdraws_and_money_leaves_at_once(loan, amina, felix):
    signed = sign(loan, amina)
    assert (signed.cooling_until, signed.is_cooling) == (None, False)
    refused("cooling_over", lambda: cooling.withdraw_from(signed, by=amina))
    assert disbursement.release(signed.advances.get(), by=felix).state == "released"


def test_the_days_count_from_the_last_signature(cooling_days, recommended, mariam, amina, clara):
    recommended.parties.create(user=clara, name="Clara", kind="co_borrower")
    loan = decision.approve(again(recommended), by=mariam)
    sign(loan, amina)
    assert again(loan).cooling_until is None
    with clock.at(days_ahead(5)):
        sign(again(loan), clara)
    assert again(loan).cooling_until == clock.day_of(days_ahead(7))


@pytest.mark.parametrize("who", ["amina", "clara"])
def test_any_borrower_withdraws_until_the_last_day(signed, who, request):
    with clock.at(days_ahead(2)):
        cooling.withdraw_from(signed, by=request.getfixturevalue(who), note="I found a bursary.")
    loan = again(signed)
    assert (loan.state, loan.advances.get().state) == ("cancelled", "cancelled")
    assert again(loan.application).state == "in_review"
    assert loan.application.events.get(verb="withdraw_from").note.text == "I found a bursary."


def test_after_the_last_day_it_is_over(signed, amina):
    with clock.at(days_ahead(3)):
        refused("cooling_over", lambda: cooling.withdraw_from(signed, by=amina))
    assert again(signed).state == "signed"


def test_a_guarantor_a_stranger_and_the_office_do_not_withdraw(signed, clara, bilal, omar, mariam):
    signed.application.parties.filter(user=clara).update(kind="guarantor")
    for somebody in (clara, bilal, omar, mariam):
        with pytest.raises(PermissionDenied):
            cooling.withdraw_from(again(signed), by=somebody)


def test_whoever_is_second_is_told_that_it_is_done(signed, amina, clara):
    cooling.withdraw_from(signed, by=amina)
    with pytest.raises(TransitionNotAllowed):
        cooling.withdraw_from(signed, by=clara)


def test_all_parties_and_the_officer_are_written_to(signed, amina, clara, omar):
    cooling.withdraw_from(signed, by=clara)
    told = Letter.objects.filter(kind="loan_withdrawn").order_by("to")
    assert {letter.to for letter in told} == {amina, clara}
    assert signed.number in render(told[0]).text
    assert not any(sign.isdigit() for sign in render(told[0]).subject)
    to_omar = Letter.objects.get(kind="mind_changed")
    assert (to_omar.to, "Amina" in render(to_omar).text) == (omar, False)


def test_no_money_leaves_before_the_days_are_over_and_the_day_is_told(signed, felix):
    advance, still, first = signed.advances.get(), clock.day_of(days_ahead(2)), clock.day_of(days_ahead(3))
    for day in (0, 2):
        with clock.at(days_ahead(day)):
            facts = refused("still_cooling", lambda: disbursement.release(advance, by=felix))
            assert facts["day"] == first
    with clock.at(days_ahead(3)):
        released = disbursement.release(again(advance), by=felix)
        refused("still_cooling", lambda: disbursement.send(released, by=felix, on=still))
        assert disbursement.send(again(released), by=felix, on=clock.today()).state == "sent"


def test_the_agreement_says_the_right_where_there_is_one(signed):
    def words(loan):
        return render_to_string("loans/agreement.html", {**contract_facts(loan), "title": ""})

    assert "For 2 days after the day of the last signature" in words(signed)
    signed.cooling_days = 0
    assert "5a." not in words(signed)
