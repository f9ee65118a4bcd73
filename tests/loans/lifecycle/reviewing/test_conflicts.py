"""Whoever has a tie to a case does nothing on it, whatever their role; a second person lifts that."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from loans.lifecycle.deciding import appeal, committee, decision
from loans.lifecycle.lending import disbursement
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conflicts, handing_over, review
from loans.models import Application, Conflict, Event, Loan, Recommendation, Vote
from tests.cases import TERMS, again
from tests.people import somebody

pytestmark = pytest.mark.django_db
WHY = "She is my cousin."


@pytest.fixture
def maya(db):
    """A second manager."""
    return somebody("maya@office.example", "Maya Okafor", Role.MANAGER)


def count():
    return [model.objects.count() for model in (Event, Conflict, Recommendation, Vote, Loan)]


def refused(act, *why):
    before = count()
    with pytest.raises(why or PermissionDenied):
        act()
    assert count() == before


def test_the_case_disappears_for_whoever_declares_a_conflict(in_review, omar, olga):
    conflict = conflicts.declare(in_review, by=omar, note=WHY)
    assert (conflict.user, conflict.declared_by, conflict.words) == (omar, omar, WHY)
    assert not Application.objects.open_to_staff(omar).exists()
    assert not Application.objects.visible_to(omar).exists()
    assert Application.objects.open_to_staff(olga).exists()


def test_it_comes_off_their_desk_in_the_state_it_is_in(in_review, omar):
    conflicts.declare(in_review, by=omar, note=WHY)
    case = again(in_review)
    assert (case.state, case.reviewer, case.former_reviewers) == ("in_review", None, [omar.pk])


def test_on_somebody_elses_desk_it_stays(in_review, omar, olga):
    conflicts.declare(in_review, by=olga, note=WHY)
    assert again(in_review).reviewer == omar


def test_the_words_are_in_no_line_of_the_story(in_review, omar):
    conflict = conflicts.declare(in_review, by=omar, note=WHY)
    assert not hasattr(conflict.event, "note")
    assert conflict.event.detail == {"person": omar.pk}


def test_whoever_declared_one_does_not_recommend(in_review, omar):
    conflicts.declare(in_review, by=omar, note=WHY)
    refused(
        lambda: decision.recommend(again(in_review), by=omar, reasons=["affordable"], note="So.", **TERMS),
    )
    refused(lambda: review.add_note(again(in_review), by=omar, note="Still."))


def test_whoever_declared_one_neither_approves_nor_declines_nor_sends_back(recommended, mariam):
    conflicts.declare(recommended, by=mariam, note=WHY)
    case = again(recommended)
    refused(lambda: decision.approve(case, by=mariam))
    refused(lambda: decision.decline(case, by=mariam, reasons=["not_affordable"]))
    refused(lambda: decision.send_back(case, by=mariam, note="Why?"))
    assert again(case).state == "recommended"


def test_whoever_declared_one_does_not_vote(recommended, product, carl):
    product.one_decides_up_to_cents = 1
    product.save()
    conflicts.declare(recommended, by=carl, note=WHY)
    refused(lambda: committee.cast_vote(again(recommended), by=carl, in_favour=True))


def test_whoever_declared_one_does_not_hear_the_appeal(recommended, amina, mariam, carl):
    decision.decline(recommended, by=mariam, reasons=["not_affordable"])
    appeal.appeal(again(recommended), by=amina, note="Please look again.")
    conflicts.declare(again(recommended), by=carl, note=WHY)
    refused(lambda: appeal.uphold(again(recommended), by=carl, note="No."))
    refused(lambda: appeal.grant(again(recommended), by=carl, note="Yes."))


def test_whoever_declared_one_moves_no_money(signed, felix):
    conflicts.declare(signed.application, by=felix, note=WHY)
    refused(lambda: disbursement.release(signed.advances.get(), by=felix))
    assert not Loan.objects.open_to_staff(felix).exists()


def test_a_manager_declares_it_for_somebody_else_and_nobody_else_does(in_review, omar, olga, mariam):
    refused(lambda: conflicts.declare(in_review, by=olga, person=omar, note=WHY))
    conflicts.declare(in_review, by=mariam, person=omar, note=WHY)
    assert again(in_review).kept_from == [omar.pk]


def test_without_words_or_twice_or_for_a_stranger_it_is_refused(in_review, omar, mariam, bilal):
    refused(lambda: conflicts.declare(in_review, by=omar, note=" "), Refused)
    refused(lambda: conflicts.declare(in_review, by=mariam, person=bilal, note=WHY), Refused)
    conflicts.declare(in_review, by=mariam, person=omar, note=WHY)
    refused(lambda: conflicts.declare(in_review, by=mariam, person=omar, note=WHY), Refused)


def test_the_applicant_declares_nothing(in_review, amina):
    refused(lambda: conflicts.declare(in_review, by=amina, note=WHY))


def test_declared_twice_by_one_form_it_is_declared_once(in_review, omar):
    first = conflicts.declare(in_review, by=omar, note=WHY, once_key="k")
    assert conflicts.declare(in_review, by=omar, note=WHY, once_key="k") == first
    assert Conflict.objects.count() == 1


def test_a_second_person_lifts_it_and_the_case_exists_again(in_review, omar, mariam):
    conflict = conflicts.declare(in_review, by=omar, note=WHY)
    lifted = conflicts.lift(conflict, by=mariam, note="It was another Amina.", once_key="k")
    assert (lifted.ended_by, lifted.end_words) == (mariam, "It was another Amina.")
    assert conflicts.lift(conflict, by=mariam, note="It was another Amina.", once_key="k") == lifted
    assert again(in_review).kept_from == []
    assert Application.objects.open_to_staff(omar).exists()
    refused(lambda: conflicts.lift(conflict, by=mariam, note="Again."), Refused)


def test_neither_who_declared_it_nor_who_has_it_nor_an_officer_lifts_it(in_review, omar, olga, mariam, maya):
    of_omar = conflicts.declare(in_review, by=mariam, person=omar, note=WHY)
    own = conflicts.declare(again(in_review), by=maya, note=WHY)
    refused(lambda: conflicts.lift(of_omar, by=mariam, note="No tie."))
    refused(lambda: conflicts.lift(of_omar, by=olga, note="No tie."))
    refused(lambda: conflicts.lift(own, by=maya, note="No tie."))
    refused(lambda: conflicts.lift(own, by=mariam, note=" "), Refused)
    conflicts.lift(own, by=mariam, note="No tie.")


def test_a_lifted_conflict_can_be_declared_anew(in_review, omar, mariam):
    conflicts.lift(conflicts.declare(in_review, by=omar, note=WHY), by=mariam, note="No tie.")
    conflicts.declare(again(in_review), by=omar, note=WHY)
    assert again(in_review).kept_from == [omar.pk]


def test_it_lies_on_nobodys_desk_until_an_officer_takes_it_up(in_review, omar, olga):
    refused(lambda: handing_over.hand_over(in_review, by=olga, officer=olga))
    conflicts.declare(in_review, by=omar, note=WHY)
    assert handing_over.hand_over(again(in_review), by=olga, officer=olga).reviewer == olga
