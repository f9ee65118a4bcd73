"""What waits for a condition, who marks it met, and who may waive it."""

from functools import partial

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from django_fsm import TransitionNotAllowed

from accounts.models import Role
from accounts.people import give_role
from config import clock
from loans.lifecycle.contracts import signing
from loans.lifecycle.contracts.contract import agreement_facts, contract_facts
from loans.lifecycle.deciding import committee, decision
from loans.lifecycle.lending import disbursement
from loans.lifecycle.reviewing import conditions, papers
from loans.models import Advance, Event
from tests.cases import again, sign
from tests.conditions import ask, forbidden, put_name, recommend, refused, waive
from tests.people import somebody

pytestmark = pytest.mark.django_db


# --- Before signing -------------------------------------------------------------------------------


def test_nobody_signs_while_something_is_needed_before(promised, lease, amina, omar):
    loan = promised.loans.get()
    assert refused(lambda: put_name(loan, amina)) == "open_before_signing"
    conditions.meet_condition(promised, by=omar, condition=lease, note="Seen at the office.")
    assert put_name(loan, amina).state == "signed"


def test_the_agreement_names_the_conditions_in_its_own_language(promised, lease):
    loan = promised.loans.get()
    for language, words in (("en", "The lease is signed."), ("fr", "Le bail est signé.")):
        with override(language):
            assert words in render_to_string("loans/agreement.html", agreement_facts(loan))


def test_what_was_waived_before_the_agreement_was_made_does_not_stand_in_it(promised, lease, mariam):
    waive(promised, mariam, lease)
    loan = again(promised).loans.get()
    assert contract_facts(loan)["agreed_conditions"] == []
    assert "The lease is signed." not in render_to_string("loans/agreement.html", agreement_facts(loan))


def test_of_an_offer_that_is_over_nothing_is_asked_any_more(promised, lease, amina, omar):
    loan = signing.refuse(promised.loans.get(), by=amina)
    assert conditions.conditions_of(again(loan)) == []
    assert conditions.drop_condition(again(promised), by=omar, condition=lease).outcome == "dropped"


# --- Before money ---------------------------------------------------------------------------------


def test_no_money_is_released_while_something_is_needed_before_it(before_money, felix, omar):
    case = before_money.application
    advance = Advance.objects.get()
    assert refused(lambda: disbursement.release(advance, by=felix)) == "open_before_advance"
    assert again(advance).state == "planned"
    conditions.meet_condition(again(case), by=omar, condition=before_money, note="Invoice 4411.")
    assert disbursement.release(again(advance), by=felix).state == "released"


def test_no_money_leaves_either(before_money, felix):
    Advance.objects.update(state="released")
    advance = Advance.objects.get()
    assert refused(lambda: disbursement.send(advance, by=felix, on=clock.today())) == "open_before_advance"
    assert again(advance).state == "released"


def test_a_later_loan_waits_for_its_own_conditions(in_review, omar, mariam, amina, felix):
    ask(in_review, omar, before="advance", advance=2)
    recommend(in_review, omar)
    decision.approve(again(in_review), by=mariam)
    sign(again(in_review).loans.get(), amina)
    advance = Advance.objects.get()
    assert refused(lambda: conditions.refuse_before_advance(Advance(loan=advance.loan, number=2)))
    assert refused(lambda: conditions.refuse_before_advance(Advance(loan=advance.loan, number=3)))
    assert disbursement.release(advance, by=felix).state == "released"


# --- Met ------------------------------------------------------------------------------------------


def test_it_is_met_with_who_when_and_what_was_seen(promised, lease, olga):
    met = again(conditions.meet_condition(promised, by=olga, condition=lease, note=" The lease of 3 May. "))
    assert (met.outcome, met.closed.by, met.note, met.document) == ("met", olga, "The lease of 3 May.", None)
    assert met.closed.detail == {"condition": lease.pk}
    meet_again = partial(conditions.meet_condition, again(promised), by=olga, condition=lease, note="Again.")
    assert refused(meet_again) == "condition_closed"


def test_an_accepted_paper_is_evidence_and_another_is_none(in_review, omar, mariam):
    paper, other = in_review.documents.get(kind="income"), in_review.documents.get(kind="identity")
    papers.accept(paper, by=omar)
    condition = ask(in_review, omar)
    recommend(in_review, omar)
    decision.approve(again(in_review), by=mariam)

    def meet(**evidence):
        return conditions.meet_condition(again(in_review), by=omar, condition=condition, **evidence)

    assert refused(meet) == "no_evidence"
    assert refused(lambda: meet(document=other.pk)) == "not_an_accepted_paper"
    assert refused(lambda: meet(document=other.pk + 999, note="Seen.")) == "not_an_accepted_paper"
    assert again(meet(document=paper.pk)).document == paper


def test_before_the_decision_nothing_is_met(lease, omar):
    meet = partial(conditions.meet_condition, lease.application, by=omar, condition=lease, note="Seen.")
    assert forbidden(meet, TransitionNotAllowed)


def test_a_second_click_meets_once(promised, lease, omar):
    for _ in range(2):
        conditions.meet_condition(again(promised), by=omar, condition=lease, note="Seen.", once_key="m")
    assert Event.objects.filter(verb="meet_condition").count() == 1


# --- Waived ---------------------------------------------------------------------------------------


def test_whoever_may_decide_waives_with_a_reason(promised, lease, amina, mariam):
    assert refused(lambda: waive(promised, mariam, lease, " ")) == "no_words"
    waived = waive(promised, mariam, lease)
    assert (waived.outcome, waived.closed.by) == ("waived", mariam)
    assert waived.waivers.get().reason == "The landlord is known to us."
    assert refused(lambda: waive(promised, mariam, lease)) == "condition_closed"
    assert put_name(promised.loans.get(), amina).state == "signed"


def test_the_recommender_never_waives_whatever_roles_they_get(promised, lease, omar):
    for role in Role:
        give_role(omar, role, by=None)
    assert forbidden(lambda: waive(promised, omar, lease))


def test_an_officer_does_not_waive(promised, lease, olga):
    assert forbidden(lambda: waive(promised, olga, lease))


def test_above_the_limit_as_many_members_waive_as_carry_a_vote(lease, omar, mariam, carl, product):
    type(product).objects.update(one_decides_up_to_cents=100_000, votes_needed=2)
    bea = somebody("bea@board.example", "Bea Chang", Role.COMMITTEE)
    case = again(recommend(lease.application, omar))
    for member in (carl, bea):
        committee.cast_vote(again(case), by=member, in_favour=True)
    assert forbidden(lambda: waive(case, mariam, lease))
    assert waive(case, carl, lease).is_open
    assert refused(lambda: waive(case, carl, lease)) == "waived_already"
    assert waive(case, bea, lease).outcome == "waived"


def test_the_word_of_a_member_who_left_does_not_count(lease, omar, carl, product):
    type(product).objects.update(one_decides_up_to_cents=100_000, votes_needed=2)
    bea = somebody("bea@board.example", "Bea Chang", Role.COMMITTEE)
    case = again(recommend(lease.application, omar))
    for member in (carl, bea):
        committee.cast_vote(again(case), by=member, in_favour=True)
    waive(case, carl, lease)
    carl.grants.update(ended_at=clock.now())
    assert waive(case, bea, lease).is_open
