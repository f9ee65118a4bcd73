"""A condition that was marked as met by mistake is opened again, until what it stands before has happened."""

import pytest

from config import clock
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import disbursement
from loans.lifecycle.reviewing import conditions, papers
from loans.models import Advance, Event
from tests.cases import again, sign
from tests.conditions import ask, forbidden, put_name, recommend, refused, waive

pytestmark = pytest.mark.django_db


def meet(condition, by, **other):
    return conditions.meet_condition(again(condition.application), by=by, condition=condition, note="Seen.", **other)


def reopen(condition, by, reason="It was another lease.", **other):
    case = again(condition.application)
    return conditions.reopen_condition(case, by=by, condition=condition, reason=reason, **other)


def test_what_was_marked_as_met_by_mistake_is_opened_again_with_a_reason(promised, lease, amina, omar, olga):
    met = again(meet(lease, omar))
    reopen(lease, olga)
    opened = again(lease)
    assert (opened.is_open, opened.closed, opened.note, opened.document) == (True, None, None, None)
    told = promised.events.get(verb="reopen_condition")
    assert (told.by, told.note.text, told.detail) == (olga, "It was another lease.", {"condition": lease.pk})
    assert refused(lambda: put_name(promised.loans.get(), amina)) == "open_before_signing"
    assert met.closed.verb == "meet_condition"


def test_its_evidence_stays(in_review, omar, olga, mariam):
    paper = in_review.documents.get(kind="income")
    papers.accept(paper, by=omar)
    condition = ask(in_review, omar)
    recommend(in_review, omar)
    decision.approve(again(in_review), by=mariam)
    closed = meet(condition, omar, document=paper.pk).closed
    reopen(condition, olga)
    meet(condition, olga)
    [kept] = condition.reopenings.all()
    assert (kept.met, kept.met.by, kept.note, kept.document) == (closed, omar, "Seen.", paper)
    assert kept.event.by == olga


def test_without_a_reason_nothing_is_opened_again(promised, lease, omar):
    meet(lease, omar)
    assert refused(lambda: reopen(lease, omar, reason=" ")) == "no_words"


def test_only_what_was_met_is_opened_again(promised, lease, omar, mariam):
    assert refused(lambda: reopen(lease, omar)) == "condition_not_met"
    waive(promised, mariam, lease)
    assert refused(lambda: reopen(lease, omar)) == "condition_not_met"


@pytest.mark.parametrize("who", ["amina", "mariam", "felix", "ada"])
def test_nobody_opens_it_again_who_may_not_mark_it(promised, lease, omar, who, request):
    meet(lease, omar)
    assert forbidden(lambda: reopen(lease, request.getfixturevalue(who)))


def test_once_the_agreement_is_signed_what_stood_before_it_stays_met(promised, lease, amina, omar):
    meet(lease, omar)
    sign(promised.loans.get(), amina)
    assert refused(lambda: reopen(lease, omar)) == "gate_passed"


def test_it_holds_money_back_until_that_has_left(before_money, felix, omar):
    meet(before_money, omar)
    advance = disbursement.release(Advance.objects.get(), by=felix)
    reopen(before_money, omar)
    assert refused(lambda: disbursement.send(again(advance), by=felix, on=clock.today())) == "open_before_advance"
    meet(before_money, omar)
    disbursement.send(again(advance), by=felix, on=clock.today())
    assert refused(lambda: reopen(before_money, omar)) == "gate_passed"


def test_that_the_first_money_has_left_does_not_close_what_stands_before_a_later_advance(
    in_review, omar, mariam, amina, felix
):
    later = ask(in_review, omar, before="advance", advance=2)
    recommend(in_review, omar)
    decision.approve(again(in_review), by=mariam)
    meet(later, omar)
    sign(again(in_review).loans.get(), amina)
    advance = disbursement.release(Advance.objects.get(), by=felix)
    disbursement.send(advance, by=felix, on=clock.today())
    assert reopen(later, omar).is_open


def test_a_second_click_opens_it_once(promised, lease, omar):
    meet(lease, omar)
    for _ in range(2):
        reopen(lease, omar, once_key="o")
    assert Event.objects.filter(verb="reopen_condition").count() == 1
