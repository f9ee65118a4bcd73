"""Conditions of a loan: asked for, taken out again, and what the decision rests on."""

import pytest
from django.db import IntegrityError, connection, transaction
from django_fsm import TransitionNotAllowed

from accounts.models import Role
from loans.lifecycle.deciding import committee, decision, minutes
from loans.lifecycle.reviewing import conditions
from loans.models import Condition
from tests.cases import again, seen
from tests.conditions import LEASE, ask, forbidden, recommend, refused
from tests.people import somebody

pytestmark = pytest.mark.django_db


# --- Asked for ------------------------------------------------------------------------------------


def test_a_condition_of_the_bank_keeps_its_words_in_every_language(in_review, omar):
    condition = ask(in_review, omar, words="invoice", before="advance", advance=2)
    assert condition.text_en.startswith("We have the school’s invoice")
    assert condition.text_fr.startswith("Nous avons la facture")
    assert condition.in_other_languages["es"]["text"].startswith("Tenemos")
    assert condition.event.detail == {"before": "advance", "advance": 2}


def test_typed_words_are_sealed_and_in_both_languages(lease):
    assert (lease.text_en, lease.text_fr) == ("The lease is signed.", "Le bail est signé.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed_en, typed_fr FROM loans_condition")
        assert "lease" not in str(cursor.fetchone())
    assert "lease" not in str(lease.event.detail)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text_fr": " "}, "condition_in_both_languages"),
        ({"words": "invoice", **LEASE}, "condition_in_both_languages"),
        ({"words": "nothing", "text_en": "", "text_fr": ""}, "not_listed"),
        ({"words": "lease", "text_en": "", "text_fr": ""}, "not_listed"),  # of a business
        ({"before": "soon"}, "not_listed"),
        ({"before": "signing", "advance": 1}, "advance_of_money"),
        ({"before": "advance", "advance": 0}, "advance_of_money"),
        ({"before": "advance", "advance": 10}, "advance_of_money"),
    ],
)
def test_what_is_no_condition_is_refused(in_review, omar, said, code):
    facts = {"before": "signing", **LEASE, **said}
    assert refused(lambda: conditions.add_condition(in_review, by=omar, **facts)) == code


def test_the_officer_asks_until_it_is_recommended_then_whoever_decides_alone(lease, omar, olga, mariam):
    case = lease.application
    assert forbidden(lambda: ask(case, olga))
    recommend(case, omar)
    assert forbidden(lambda: ask(case, omar))
    assert ask(case, mariam).event.by == mariam
    assert forbidden(lambda: conditions.drop_condition(again(case), by=omar, condition=lease))


def test_what_the_committee_votes_on_is_changed_by_nobody(lease, omar, mariam, product):
    case = recommend(lease.application, omar)
    type(product).objects.update(one_decides_up_to_cents=100_000)
    assert forbidden(lambda: ask(case, mariam))
    assert forbidden(lambda: conditions.drop_condition(again(case), by=mariam, condition=lease))


def test_one_is_taken_out_again_before_the_decision_and_never_after(lease, omar, mariam):
    case = lease.application
    dropped = conditions.drop_condition(again(case), by=omar, condition=lease)
    assert (dropped.outcome, dropped.closed.by) == ("dropped", omar)
    assert not case.conditions.standing()
    assert refused(lambda: conditions.drop_condition(again(case), by=omar, condition=lease)) == "condition_closed"
    kept = ask(case, omar)
    recommend(case, omar)
    decision.approve(again(case), by=mariam)
    assert forbidden(lambda: conditions.drop_condition(again(case), by=omar, condition=kept), TransitionNotAllowed)
    assert forbidden(lambda: ask(case, omar), TransitionNotAllowed)


def test_a_second_click_asks_once(in_review, omar):
    facts = {"by": omar, "before": "signing", "once_key": "k", **LEASE}
    assert conditions.add_condition(in_review, **facts) == conditions.add_condition(again(in_review), **facts)
    assert Condition.objects.count() == 1


def test_a_condition_of_another_case_is_not_touched_from_this_one(promised, lease, omar, bilal, product):
    other = type(promised).objects.exclude(pk=promised.pk)
    assert not other.exists()
    stranger = Condition.objects.get(pk=lease.pk)
    stranger.pk = lease.pk + 1000
    with pytest.raises(Condition.DoesNotExist):
        conditions.meet_condition(promised, by=omar, condition=stranger, note="Seen.")
    assert again(lease).is_open


# --- Decided on -----------------------------------------------------------------------------------


def test_recommendation_and_yes_name_the_conditions_they_rest_on(promised, lease):
    for verb in ("recommend", "approve"):
        event = promised.events.get(verb=verb)
        assert event.detail["conditions"] == [lease.pk]
        assert conditions.decided_on(event) == [lease]


def test_a_yes_without_conditions_names_none(offered):
    assert "conditions" not in offered.events.get(verb="approve").detail


def test_nobody_decides_on_other_conditions_than_they_read(lease, omar, mariam):
    other = somebody("max@office.example", "Max Roy", Role.MANAGER)
    case = recommend(lease.application, omar)
    read = seen(case)
    ask(case, other)
    assert refused(lambda: decision.approve(again(case), by=mariam, seen=read)) == "stale_file"
    decision.approve(again(case), by=mariam, seen=seen(case))
    assert case.conditions.standing().count() == 2


def test_a_condition_that_comes_between_reading_and_the_lock_stops_the_decision(lease, omar, mariam, monkeypatch):
    case = again(recommend(lease.application, omar))
    named = iter([{}, {"conditions": [lease.pk]}])
    monkeypatch.setattr(conditions, "named", lambda _case: next(named))
    assert refused(lambda: decision.approve(case, by=mariam)) == "stale_file"


def test_the_minutes_name_what_was_voted_on(lease, omar, carl, product):
    type(product).objects.update(one_decides_up_to_cents=100_000)
    bea = somebody("bea@board.example", "Bea Chang", Role.COMMITTEE)
    case = again(recommend(lease.application, omar))
    for member in (carl, bea):
        committee.cast_vote(again(case), by=member, in_favour=True)
    assert minutes.minutes_facts(again(case).recommendation.vote_count)["conditions"] == [lease]


# --- The rows themselves --------------------------------------------------------------------------


def test_the_database_holds_what_a_condition_says_of_itself(lease):
    for wrong in ({"outcome": "met"}, {"advance": 2}, {"before": "advance", "advance": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Condition.objects.filter(pk=lease.pk).update(**wrong)
