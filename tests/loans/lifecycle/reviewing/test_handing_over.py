"""A manager gives a case to an officer in any state at work; what was remembered stays remembered."""

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from accounts.models import Role
from accounts.people import give_role
from letters.models import Letter
from loans.lifecycle.deciding import decision
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conflicts
from loans.lifecycle.reviewing.handing_over import hand_over
from loans.models import Event
from tests.cases import again

pytestmark = pytest.mark.django_db


def refused(act, *why):
    before = Event.objects.count()
    with pytest.raises(why or PermissionDenied):
        act()
    assert Event.objects.count() == before


def test_a_new_case_that_is_given_to_an_officer_is_in_review(submitted, mariam, omar):
    case = hand_over(submitted, by=mariam, officer=omar)
    assert (case.state, case.reviewer) == ("in_review", omar)


def test_who_is_given_a_case_is_written_to_and_its_applicant_is_not_named(submitted, mariam, omar):
    hand_over(submitted, by=mariam, officer=omar)
    letter = Letter.objects.get(kind="case_given")
    assert (letter.to, letter.facts["giver"], letter.facts["reference"]) == (omar, mariam.name, submitted.reference)
    assert "Amina" not in str(letter.facts)


def test_who_takes_up_a_case_is_not_written_to(in_review, omar, olga, mariam):
    conflicts.declare(in_review, by=omar, person=omar, note="My cousin.")
    hand_over(again(in_review), by=olga, officer=olga)
    assert not Letter.objects.filter(kind="case_given").exists()


@pytest.mark.parametrize("state", ["in_review", "waiting", "recommended", "offered"])
def test_a_case_at_work_changes_hands_in_the_state_it_is_in(state, request, mariam, omar, olga):
    case = request.getfixturevalue(state)
    given = hand_over(case, by=mariam, officer=olga, once_key="k")
    assert (given.state, given.reviewer, given.former_reviewers) == (case.state, olga, [omar.pk])
    assert hand_over(case, by=mariam, officer=olga, once_key="k") == given


def test_whoever_recommended_it_does_not_approve_after_it_changed_hands(recommended, mariam, omar, olga):
    give_role(omar, Role.MANAGER, by=None)
    omar = again(omar)
    hand_over(recommended, by=mariam, officer=olga)
    refused(lambda: decision.approve(again(recommended), by=omar))
    refused(lambda: decision.decline(again(recommended), by=omar, reasons=["not_affordable"]))


def test_whoever_had_it_on_the_desk_does_not_decline_it_alone_after_giving_it_away(in_review, omar, olga):
    give_role(omar, Role.MANAGER, by=None)
    omar = again(omar)
    hand_over(in_review, by=omar, officer=olga)
    refused(lambda: decision.decline(again(in_review), by=omar, reasons=["not_affordable"]))


def test_an_officer_gives_it_to_nobody_and_takes_none_from_a_colleagues_desk(in_review, omar, olga):
    refused(lambda: hand_over(in_review, by=omar, officer=olga))
    refused(lambda: hand_over(in_review, by=olga, officer=olga))


def test_it_is_given_to_officers_alone_who_are_strangers_to_it(in_review, mariam, felix, olga, omar, amina):
    refused(lambda: hand_over(in_review, by=mariam, officer=felix), Refused)
    refused(lambda: hand_over(in_review, by=mariam, officer=omar), Refused)  # has it already
    give_role(amina, Role.OFFICER, by=None)
    refused(lambda: hand_over(in_review, by=mariam, officer=amina), Refused)
    conflicts.declare(in_review, by=olga, note="A neighbour.")
    refused(lambda: hand_over(again(in_review), by=mariam, officer=olga), Refused)


def test_a_case_that_is_over_changes_no_hands(recommended, mariam, olga):
    decision.decline(recommended, by=mariam, reasons=["not_affordable"])
    refused(lambda: hand_over(again(recommended), by=mariam, officer=olga), TransitionNotAllowed)
