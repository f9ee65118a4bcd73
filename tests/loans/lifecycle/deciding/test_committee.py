"""Votes of the committee: n of m with a quorum, sealed until they are counted, and minutes of the count."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from accounts.models import Role
from accounts.people import give_role
from config import clock
from loans.lifecycle.deciding import committee, decision, minutes
from loans.lifecycle.deciding.committee import Round
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conflicts
from loans.models import Application, Event, Loan, Minutes, Vote, VoteCount
from loans.tasks import NIGHTLY
from tests.cases import TERMS, again
from tests.people import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(db):
    return somebody("dora@board.example", "Dora Okafor", Role.COMMITTEE)


@pytest.fixture
def to_vote(recommended, product, carl, bea, dora):
    """A case above the limit, before a committee of three of whom two must be in favour."""
    product.one_decides_up_to_cents = 400_000
    product.save()
    return again(recommended)


def rule(product, **columns):
    type(product).objects.filter(pk=product.pk).update(**columns)


def vote(case, member, in_favour=True):
    return committee.cast_vote(again(case), by=member, in_favour=in_favour, note="" if in_favour else "Too much.")


def leaves(member):
    member.grants.update(ended_at=clock.now())


def traces():
    return Event.objects.count(), Vote.objects.count(), VoteCount.objects.count(), Loan.objects.count()


@pytest.mark.parametrize(
    ("seats", "needed", "quorum", "in_favour", "against", "is_carried", "is_lost"),
    [
        (3, 2, 2, 1, 0, False, False),
        (3, 2, 2, 2, 0, True, False),
        (3, 2, 2, 1, 1, False, False),
        (3, 2, 2, 1, 2, False, True),
        (3, 2, 2, 0, 1, False, False),
        (3, 2, 2, 0, 2, False, True),
        (2, 2, 2, 0, 1, False, False),  # already lost, but a count now would tell how this one member voted
        (5, 2, 3, 2, 0, False, False),  # enough in favour, too few votes
        (5, 2, 3, 2, 1, True, False),
        (5, 3, 3, 2, 2, False, False),
        (5, 3, 3, 2, 3, False, True),
        (1, 1, 1, 0, 1, False, True),
    ],
)
def test_a_round_is_carried_or_lost_by_its_rule(seats, needed, quorum, in_favour, against, is_carried, is_lost):
    found = Round(seats, needed, quorum, in_favour, against)
    assert (found.is_carried, found.is_lost, found.is_decided) == (is_carried, is_lost, is_carried or is_lost)


def test_one_vote_too_few_approves_nothing(to_vote, carl):
    vote(to_vote, carl)
    assert again(to_vote).state == Application.State.RECOMMENDED
    assert (Loan.objects.count(), VoteCount.objects.count()) == (0, 0)


def test_two_of_three_carry_it_though_one_was_against(to_vote, carl, bea, dora):
    vote(to_vote, carl, in_favour=False)
    vote(to_vote, bea)
    assert again(to_vote).state == Application.State.RECOMMENDED
    vote(to_vote, dora)
    case = again(to_vote)
    assert (case.state, case.decided_by) == (Application.State.APPROVED, None)
    counted = case.recommendation.vote_count
    assert (counted.in_favour, counted.against, counted.seats, counted.needed, counted.quorum) == (2, 1, 3, 2, 2)
    assert counted.submission_number == 1


def test_it_is_lost_as_soon_as_it_cannot_be_carried_any_more(to_vote, carl, bea):
    vote(to_vote, carl, in_favour=False)
    vote(to_vote, bea, in_favour=False)
    case = again(to_vote)
    assert case.state == Application.State.IN_REVIEW
    assert case.recommendation.is_lost
    assert case.events.last().verb == "send_back"


def test_the_last_vote_loses_what_has_too_few_in_favour(to_vote, product, carl, bea, dora):
    rule(product, votes_needed=3)
    vote(to_vote, carl)
    vote(to_vote, bea)
    vote(to_vote, dora, in_favour=False)
    assert again(to_vote).state == Application.State.IN_REVIEW


def test_enough_in_favour_wait_for_the_quorum(to_vote, product, carl, bea, dora):
    rule(product, quorum=3)
    vote(to_vote, carl)
    vote(to_vote, bea)
    assert again(to_vote).state == Application.State.RECOMMENDED
    vote(to_vote, dora, in_favour=False)
    assert again(to_vote).state == Application.State.APPROVED


def test_a_committee_that_asks_fewer_seats_counts_those_alone(to_vote, product, carl, bea):
    rule(product, committee_size=2)
    vote(to_vote, carl)
    vote(to_vote, bea, in_favour=False)
    assert again(to_vote).state == Application.State.IN_REVIEW


def test_the_vote_of_a_member_who_left_does_not_count(to_vote, carl, bea, dora):
    vote(to_vote, carl)
    leaves(carl)
    vote(to_vote, bea)
    assert again(to_vote).state == Application.State.RECOMMENDED
    vote(to_vote, dora)
    case = again(to_vote)
    assert case.state == Application.State.APPROVED
    assert {each.by: each.counts for each in case.recommendation.votes.all()} == {carl: False, bea: True, dora: True}


def test_a_vote_cast_before_its_member_declared_a_conflict_does_not_count(to_vote, carl, bea, dora):
    vote(to_vote, carl)
    conflicts.declare(again(to_vote), by=carl, note="They are my neighbours.")
    vote(to_vote, bea)
    assert again(to_vote).state == Application.State.RECOMMENDED
    vote(to_vote, dora)
    case = again(to_vote)
    assert case.state == Application.State.APPROVED
    assert {each.by: each.counts for each in case.recommendation.votes.all()} == {carl: False, bea: True, dora: True}
    assert case.recommendation.vote_count.in_favour == 2


def test_the_night_counts_what_a_leaving_member_decided(to_vote, carl, bea, dora, product):
    rule(product, votes_needed=2, quorum=2)
    vote(to_vote, carl)
    vote(to_vote, bea, in_favour=False)
    leaves(dora)
    assert again(to_vote).state == Application.State.RECOMMENDED
    for _ in range(2):
        assert NIGHTLY["count_votes"](clock.today()).passed_over == 0
    assert again(to_vote).state == Application.State.IN_REVIEW
    assert VoteCount.objects.count() == 1


def test_nobody_loses_because_a_member_is_missing(to_vote, carl, bea, dora):
    leaves(bea)
    leaves(dora)
    vote(to_vote, carl)
    NIGHTLY["count_votes"](clock.today())
    assert again(to_vote).state == Application.State.RECOMMENDED


def test_what_was_counted_stays_counted_when_a_member_leaves_later(to_vote, carl, bea):
    vote(to_vote, carl)
    vote(to_vote, bea)
    leaves(carl)
    assert again(to_vote).recommendation.is_carried


def test_whoever_recommended_has_no_seat_and_no_vote(to_vote, omar, carl, bea):
    give_role(omar, Role.COMMITTEE, by=None)
    before = traces()
    with pytest.raises(PermissionDenied):
        vote(to_vote, omar)
    assert traces() == before
    assert committee.round_of(again(to_vote))[0].seats == 3


def test_a_second_click_votes_once_and_an_old_tab_is_told(to_vote, carl, bea):
    for _ in range(2):
        committee.cast_vote(to_vote, by=carl, in_favour=True, once_key="one")
    assert Vote.objects.count() == 1
    with pytest.raises(PermissionDenied):
        committee.cast_vote(to_vote, by=carl, in_favour=False, note="No.", once_key="two")
    vote(to_vote, bea)
    before = traces()
    with pytest.raises(TransitionNotAllowed):
        committee.cast_vote(to_vote, by=carl, in_favour=True, once_key="three")
    assert traces() == before


def test_a_vote_against_without_a_reason_leaves_no_trace(to_vote, carl):
    before = traces()
    with pytest.raises(Refused) as refused:
        committee.cast_vote(to_vote, by=carl, in_favour=False, note=" ")
    assert refused.value.code == "empty_note"
    assert traces() == before


def test_a_manager_above_the_limit_is_told_why_and_leaves_no_trace(to_vote, mariam, omar):
    before = traces()
    with pytest.raises(Refused) as refused:
        decision.approve(to_vote, by=mariam, once_key="alone")
    assert (refused.value.code, refused.value.facts) == ("above_authority", {"cents": 400_000})
    with pytest.raises(PermissionDenied):
        decision.approve(to_vote, by=omar)
    assert traces() == before
    assert again(to_vote).state == Application.State.RECOMMENDED


def test_a_new_recommendation_is_voted_on_anew(to_vote, omar, carl, bea, dora):
    vote(to_vote, carl, in_favour=False)
    vote(to_vote, bea, in_favour=False)
    decision.recommend(again(to_vote), by=omar, reasons=["affordable"], note="Again.", **TERMS)
    vote(to_vote, carl)
    vote(to_vote, dora)
    assert again(to_vote).state == Application.State.APPROVED
    assert VoteCount.objects.count() == 2


def test_a_committee_that_could_never_carry_it_cannot_be_kept(product):
    for columns in ({"committee_size": 1}, {"committee_size": 3, "quorum": 4}, {"votes_needed": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rule(product, **columns)


def test_minutes_are_made_once_in_each_language_and_never_change(
    to_vote, carl, bea, django_capture_on_commit_callbacks
):
    vote(to_vote, carl)
    with django_capture_on_commit_callbacks(execute=True):
        vote(to_vote, bea)
    counted = VoteCount.objects.get()
    kept = {made.language: made.file.read() for made in counted.minutes.select_related("file")}
    assert sorted(kept) == ["en", "fr"]
    assert all(data.startswith(b"%PDF") for data in kept.values())
    bea.name = "Somebody Else"
    bea.save()
    with clock.at(clock.now() + timedelta(days=3)):
        minutes.make_minutes(counted.pk)
        assert minutes.minutes_for(counted, "fr").file.read() == kept["fr"]
    assert Minutes.objects.count() == 2
    with pytest.raises(ValueError, match="ar"):
        minutes.minutes_for(counted, "ar")


def test_minutes_say_who_voted_how_and_why_on_which_form(to_vote, carl, bea):
    vote(to_vote, carl, in_favour=False)
    vote(to_vote, bea, in_favour=False)
    facts = minutes.minutes_facts(VoteCount.objects.get())
    assert facts["submission"] == to_vote.submissions.get()
    assert [(each.by, each.said, each.event.note.text) for each in facts["votes"]] == [
        (carl, False, "Too much."),
        (bea, False, "Too much."),
    ]
