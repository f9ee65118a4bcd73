"""What lapsed or did not fit is offered again on the same terms, while the yes to them stands."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from config import clock
from letters.models import Letter
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import decision
from loans.lifecycle.deciding.re_offering import changed_since, re_offer
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conditions, handing_over, identity, papers, review
from loans.models import Product
from loans.tasks import nightly
from tests.cases import TERMS, again, sign
from tests.conditions import ask
from tests.days_ahead import days_ahead
from tests.flags import answers, the_flag

pytestmark = pytest.mark.django_db
TERMS_KEPT = ("principal_cents", "annual_rate", "study_months", "repayment_months", "fee_cents", "day_count")


@pytest.fixture
def lapsed(loan):
    """The case of an offer that nobody signed in thirty days, on a day five weeks later."""
    with clock.at(days_ahead(35)):
        nightly()
        yield again(loan.application)


def refused(code, act):
    with pytest.raises(Refused) as told:
        act()
    assert told.value.code == code


def test_the_officer_offers_the_same_terms_again_on_the_days_of_today(lapsed, loan, omar, mariam):
    new = re_offer(lapsed, by=omar)
    case = again(lapsed)
    assert (case.state, case.decided_by, case.promised_by) == ("approved", mariam, None)
    assert [getattr(new, name) for name in TERMS_KEPT] == [getattr(again(loan), name) for name in TERMS_KEPT]
    today = clock.today()
    assert (new.state, new.open_until, new.advance_on) == (
        *("offered", today + timedelta(days=30), today + timedelta(days=7)),
    )
    assert new.first_due > new.advance_on > loan.first_due
    assert new.plans.get().rows.count() == 30
    assert Letter.objects.filter(kind="offer", occasion=f"offer:{new.pk}").count() == 1


def test_the_new_offer_is_signed_like_any_other(lapsed, omar, amina):
    assert sign(re_offer(lapsed, by=omar), amina).state == "signed"


def test_the_story_names_the_yes_on_which_it_rests(lapsed, omar):
    re_offer(lapsed, by=omar, note="She was abroad.")
    event = lapsed.events.get(verb="re_offer")
    yes = lapsed.events.get(verb="approve")
    assert (event.detail, event.by, event.note.text) == ({"approval": yes.pk, "changed": []}, omar, "She was abroad.")


def test_after_a_refusal_too_and_more_than_once(loan, omar, amina):
    for _time in range(2):
        signing.refuse(again(loan.application).loans.first(), by=amina, note="The payment is too high.")
        re_offer(again(loan.application), by=omar)
    assert [each.state for each in loan.application.loans.all()] == ["offered", "refused", "refused"]


def test_a_second_click_of_a_yes_finds_the_loan_that_it_made(recommended, mariam, omar, amina):
    first = decision.approve(recommended, by=mariam, once_key="yes")
    signing.refuse(first, by=amina)
    second = re_offer(again(recommended), by=omar, once_key="anew")
    assert decision.approve(again(recommended), by=mariam, once_key="yes") == first
    assert re_offer(again(recommended), by=omar, once_key="anew") == second


def test_only_the_officer_of_the_case_may(lapsed, olga, mariam, amina, felix):
    for somebody in (olga, mariam, amina, felix):
        with pytest.raises(PermissionDenied):
            re_offer(lapsed, by=somebody)


def test_a_later_officer_of_the_case_may_too(lapsed, olga, mariam):
    handing_over.hand_over(lapsed, by=mariam, officer=olga)
    assert re_offer(again(lapsed), by=olga).state == "offered"


def test_what_was_never_approved_cannot_be_offered_again(in_review, omar):
    with pytest.raises(PermissionDenied):
        re_offer(in_review, by=omar)


def test_a_living_offer_is_not_doubled(offered, omar):
    with pytest.raises(TransitionNotAllowed):
        re_offer(offered, by=omar)


def test_a_yes_is_over_once_other_terms_were_recommended(lapsed, omar, mariam):
    decision.recommend(lapsed, by=omar, reasons=["affordable"], note="Less.", **{**TERMS, "principal_cents": 400_000})
    decision.send_back(again(lapsed), by=mariam, note="Why less?")
    with pytest.raises(PermissionDenied):
        re_offer(again(lapsed), by=omar)


def test_after_a_signed_loan_was_called_off_somebody_decides_anew(signed, omar, mariam):
    signing.cancel(signed, by=mariam, note="She found a bursary.")
    with pytest.raises(PermissionDenied):
        re_offer(again(signed.application), by=omar)


def test_a_yes_stands_as_many_days_as_the_product_says(loan, omar, amina):
    signing.refuse(loan, by=amina)
    with clock.at(days_ahead(90)):
        assert again(loan.application).standing_approval is not None
    with clock.at(days_ahead(91)):
        refused("approval_over", lambda: re_offer(again(loan.application), by=omar))
    Product.objects.filter(code="credential").update(approval_days=5)
    with clock.at(days_ahead(6)):
        refused("approval_over", lambda: re_offer(again(loan.application), by=omar))


def test_a_file_that_changed_needs_a_note_that_says_why_the_offer_still_holds(lapsed, omar, amina):
    asked = review.ask_for_more(lapsed, by=omar, asked=[("budget", "Is the rent still right?")])
    review.answer(again(asked), by=amina)
    refused("changed_since", lambda: re_offer(again(lapsed), by=omar, note=" "))
    re_offer(again(lapsed), by=omar, note="The rent is as it was.")
    assert lapsed.events.get(verb="re_offer").detail["changed"] == ["answers"]


def test_a_paper_of_identity_that_is_over_and_one_refused_since_are_changes(loan, omar, amina):
    case = loan.application
    seen = {"paper": "passport", "how": "in_person", "expires_on": clock.day_of(days_ahead(10))}
    identity.check_identity(case, by=omar, party=case.parties.get(), **seen)
    signing.refuse(loan, by=amina)
    yes = again(case).standing_approval
    assert changed_since(again(case), yes) == []
    papers.refuse(case.documents.filter(kind="identity").first(), by=omar, note="Cut off.")
    with clock.at(days_ahead(11)):
        assert changed_since(again(case), yes) == ["identity", "papers"]


def test_an_open_flag_is_a_change_until_somebody_answers_it(bankrupt, omar, mariam, amina):
    decision.recommend(again(bankrupt), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    signing.refuse(decision.approve(again(bankrupt), by=mariam), by=amina)
    refused("changed_since", lambda: re_offer(again(bankrupt), by=omar))
    answers(bankrupt, omar, the_flag(bankrupt, "bankruptcy"))
    assert re_offer(again(bankrupt), by=omar).state == "offered"


def test_a_condition_on_which_the_yes_stood_cannot_be_left_out(in_review, omar, mariam, amina):
    lease = ask(in_review, omar)
    decision.recommend(again(in_review), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    signing.refuse(decision.approve(again(in_review), by=mariam), by=amina)
    conditions.drop_condition(again(in_review), by=omar, condition=lease)
    refused("condition_taken_out", lambda: re_offer(again(in_review), by=omar, note="It is fine."))


def test_what_would_cost_more_than_the_law_allows_is_not_offered(lapsed, omar):
    Product.objects.filter(code="credential").update(annual_rate="0.36")
    refused("criminal_rate", lambda: re_offer(again(lapsed), by=omar))
    assert again(lapsed).state == "in_review"
