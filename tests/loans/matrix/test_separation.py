"""Who may depends on who did what before: of two hands one is not enough, whatever roles it has."""

import pytest

from accounts.actors import Actor
from accounts.models import Role
from accounts.people import give_role
from loans.lifecycle.deciding import committee
from loans.lifecycle.lending import write_off
from loans.models import Application
from tests.cases import again
from tests.loans.matrix.machines import MAY, attempt, listed, walk

pytestmark = pytest.mark.django_db


# --- Above the limit the committee decides --------------------------------------------------------


def test_above_the_limit_the_committee_votes_and_no_manager_approves(above_the_limit, people, bea):
    found = walk(above_the_limit, {**people, "bea": bea})
    alone = {(verb, "mariam") for verb in ("approve", "add_condition", "drop_condition")}
    below = listed(Application, "recommended") - alone
    assert found == below | {
        ("cast_vote", "carl"),
        ("cast_vote", "bea"),
        ("declare_conflict", "bea"),
        ("lift_conflict", "bea"),
    }


def test_whoever_has_voted_does_not_vote_again(above_the_limit, carl):
    committee.cast_vote(above_the_limit, by=carl, in_favour=True)
    assert not attempt(again(above_the_limit), "cast_vote", carl)


def test_whoever_recommended_does_not_vote_whatever_roles_they_get(above_the_limit, omar_of_all_trades):
    assert not attempt(above_the_limit, "cast_vote", omar_of_all_trades)


# --- A write-off takes two ------------------------------------------------------------------------


def test_a_proposed_write_off_is_decided_by_a_second_person(loan_in, people, omar):
    proposed = write_off.propose(loan_in("active"), by=omar, note="He left the country.")
    cells = walk(again(proposed), people)
    assert {cell for cell in cells if "write_off" in cell[0]} == {
        ("write_off", "mariam"),
        ("drop_write_off", "mariam"),
        ("drop_write_off", "omar"),
    }


def test_a_manager_who_proposed_it_does_not_write_off_alone(loan_in, people, mariam):
    proposed = write_off.propose(loan_in("active"), by=mariam, note="He left the country.")
    assert ("write_off", "mariam") not in walk(again(proposed), people)


def test_a_write_off_is_reversed_by_another_manager(loan_in, people, olga):
    give_role(olga, Role.MANAGER, by=None)
    cells = walk(loan_in("written_off"), people)
    assert {cell for cell in cells if cell[0] == "reinstate"} == {("reinstate", "olga")}


# --- A yes that stands, whose offer came to nothing --------------------------------------------------


def test_the_officer_of_the_case_and_nobody_else_offers_the_same_again(loan_in, people):
    case = again(loan_in("refused").application)
    everybody = {**people, **{str(actor): actor for actor in Actor}}
    assert [who for who, by in everybody.items() if attempt(case, "re_offer", by)] == ["omar"]


def test_a_guarantor_does_not_withdraw_from_a_loan(loan_in, clara):
    signed = loan_in("signed")
    signed.application.parties.filter(user=clara).update(kind="guarantor")
    assert not attempt(again(signed), "withdraw_from", clara)


# --- Who had a part in a no does not hear the appeal ------------------------------------------------


def test_neither_decider_nor_recommender_nor_reviewer_hears_the_appeal(application_in, omar_of_all_trades, mariam):
    appealed = application_in("appealed")
    for verb in ("uphold", "grant_appeal"):
        assert not attempt(appealed, verb, omar_of_all_trades)
        assert not attempt(appealed, verb, mariam)


# --- Separation is remembered on the case, not read from today's roles ---------------------------


@pytest.fixture
def omar_of_all_trades(omar):
    for role in Role:
        give_role(omar, role, by=None)
    return omar


def test_whoever_recommended_neither_decides_nor_sends_money_whatever_roles_they_get(recommended, omar_of_all_trades):
    for verb in ("approve", "decline", "send_back"):
        assert not attempt(recommended, verb, omar_of_all_trades)


def test_whoever_recommended_does_not_release_the_money(advance_in, omar_of_all_trades):
    assert not attempt(advance_in("planned"), "release", omar_of_all_trades)


def test_nobody_handles_a_case_of_their_own(submitted, amina, clara):
    for party in (amina, clara):
        for role in Role:
            give_role(party, role, by=None)
        for verb in ("take", "add_note"):
            assert not attempt(again(submitted), verb, party)


def test_somebody_in_training_with_no_role_does_nothing(recommended, bilal):
    assert not any(attempt(recommended, verb, bilal) for verb in MAY[Application])
