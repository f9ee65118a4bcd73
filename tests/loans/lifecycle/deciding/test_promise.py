"""By when we promised to answer: kept by the verbs, standing still while it is the applicant's turn."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from accounts.models import Role
from config import clock
from loans.lifecycle import promise
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.deciding import appeal, committee, decision
from loans.lifecycle.reviewing import review
from loans.lifecycle.reviewing.handing_over import hand_over
from loans.models import Application
from loans.models.form import Form
from money.calendar import next_business_day
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.people import somebody

pytestmark = pytest.mark.django_db


def in_days(days):
    return next_business_day(clock.today() + timedelta(days=days), ())


def test_a_draft_promises_nothing(draft):
    assert promise.promised_by(draft) is None


def test_sending_promises_an_answer_within_the_products_days(draft, amina, product):
    product.reply_days = 5
    product.save()
    case = submission.submit(draft, by=amina)
    assert promise.promised_by(case) == again(case).promised_by == in_days(5)


def test_taking_recommending_and_sending_back_leave_it_as_it_is(submitted, omar, mariam):
    promised = submitted.promised_by
    case = review.take(submitted, by=omar)
    terms = {"principal_cents": 500_000, "study_months": 6, "repayment_months": 24}
    case = decision.recommend(case, by=omar, reasons=["affordable"], note="Sound.", **terms)
    case = decision.send_back(case, by=mariam, note="Which school?")
    assert again(case).promised_by == promised


def test_the_days_we_wait_for_the_applicant_do_not_count(in_review, omar, amina):
    with clock.at(days_ahead(4)):
        left = (in_review.promised_by - clock.today()).days
        case = review.ask_for_more(in_review, by=omar, asked=[("budget", "Which rent?")])
        assert (promise.promised_by(case), again(case).promise_left) == (None, left)
    with clock.at(days_ahead(13)):
        case = review.answer(case, by=amina)
        assert promise.promised_by(case) == in_days(left)
        assert again(case).promise_left is None


def test_a_promise_that_was_broken_when_we_asked_stays_broken(in_review, omar, amina):
    asked, answered = days_ahead(40), days_ahead(50)
    with clock.at(asked):
        case = review.ask_for_more(in_review, by=omar, asked=[("budget", "Which rent?")])
    with clock.at(answered):
        case = review.answer(case, by=amina)
        assert promise.days_to(case, clock.today()) == (in_review.promised_by - clock.day_of(asked)).days < 0


def test_a_case_that_fell_asleep_and_is_taken_up_again_has_the_days_that_were_left(waiting, omar):
    left = again(waiting).promise_left
    with clock.at(days_ahead(60)):
        review.close_unanswered(clock.today())
        assert again(waiting).promised_by is None
        case = review.reopen(again(waiting), by=omar)
        assert case.promised_by == in_days(left)


def test_a_decision_ends_it(in_review, recommended, mariam):
    decision.approve(recommended, by=mariam)
    assert (again(recommended).promised_by, again(recommended).promise_left) == (None, None)


@pytest.mark.parametrize("made", ["submitted", "in_review", "waiting", "recommended"])
def test_a_case_that_changes_hands_keeps_its_promise(made, request, mariam, olga):
    case = again(request.getfixturevalue(made))
    kept = (case.promised_by, case.promise_left)
    case = again(hand_over(case, by=mariam, officer=olga))
    assert (case.promised_by, case.promise_left) == kept


@pytest.mark.parametrize("in_favour", [True, False])
def test_the_committees_yes_ends_it_and_its_no_sends_it_back_with_it(recommended, product, carl, in_favour):
    product.one_decides_up_to_cents = 400_000
    product.save()
    bea = somebody("bea@board.example", "Bea Chang", Role.COMMITTEE)
    for member in (carl, bea):
        committee.cast_vote(again(recommended), by=member, in_favour=in_favour, note="" if in_favour else "Too much.")
    case = again(recommended)
    assert (case.state, case.promised_by) == (
        ("approved", None) if in_favour else ("in_review", recommended.promised_by)
    )


def test_an_appeal_begins_it_anew_and_its_answer_ends_it(in_review, amina, mariam, carl):
    case = decision.decline(in_review, by=mariam, reasons=["not_affordable"])
    assert again(case).promised_by is None
    with clock.at(days_ahead(10)):
        case = appeal.appeal(case, by=amina, note="One debt is paid.")
        assert again(case).promised_by == in_days(case.product.reply_days)
        case = appeal.uphold(case, by=carl, note="The others remain.")
        assert again(case).promised_by is None


def test_an_appeal_that_is_right_promises_a_new_answer(in_review, amina, mariam, carl):
    case = decision.decline(in_review, by=mariam, reasons=["not_affordable"])
    with clock.at(days_ahead(10)):
        case = appeal.appeal(case, by=amina, note="One debt is paid.")
    with clock.at(days_ahead(14)):
        case = appeal.grant(case, by=carl, note="So it is.")
        assert again(case).promised_by == in_days(case.product.reply_days)


def test_an_offer_that_is_over_promises_a_new_answer(offered):
    with clock.at(days_ahead(5)):
        offered.loans.update(state="lapsed")
        decision.reconsider_lapsed(clock.today())
        assert again(offered).promised_by == in_days(offered.product.reply_days)


def test_who_takes_the_request_back_waits_for_no_answer(submitted, amina):
    case = submission.withdraw(submitted, by=amina)
    assert again(case).promised_by is None


def test_what_is_asked_stands_on_the_case_and_follows_the_newest_sending(in_review, omar, amina):
    assert again(in_review).asked_cents == 500_000
    case = review.ask_for_more(in_review, by=omar, asked=[("amount", "Is less enough?")])
    page = Form(case).purpose.section("amount")
    filling.save(case, page, [{"requested": "4,000", "repayment_months": "24"}], by=amina)
    case = review.answer(again(case), by=amina)
    assert again(case).asked_cents == 400_000


OUR_TURN = {"submitted", "in_review", "recommended", "appealed"}


@pytest.mark.parametrize("made", ["draft", "submitted", "in_review", "waiting", "recommended", "offered", "active"])
def test_there_is_a_promise_exactly_while_it_is_our_turn(made, request):
    row = request.getfixturevalue(made)
    case = Application.objects.get(pk=row.case_id)
    assert (case.promised_by is not None) == (case.state in OUR_TURN)


def late_and_asked_again(case, omar, amina):
    """Asked after its promise was broken, answered, and asked again."""
    for asked, answered in ((days_ahead(40), days_ahead(50)), (days_ahead(51), days_ahead(53))):
        with clock.at(asked):
            case = review.ask_for_more(again(case), by=omar, asked=[("budget", "Which rent?")])
        with clock.at(answered):
            case = review.answer(again(case), by=amina)


def appealed(case, omar, amina, mariam):
    """A no, and an appeal ten days later."""
    case = decision.decline(case, by=mariam, reasons=["not_affordable"])
    with clock.at(days_ahead(10)):
        appeal.appeal(case, by=amina, note="One debt is paid.")


def asleep(case, omar):
    """Asked, and never answered."""
    review.ask_for_more(case, by=omar, asked=[("budget", "Which rent?")])
    with clock.at(days_ahead(60)):
        review.close_unanswered(clock.today())


@pytest.mark.parametrize("road", ["new", "late", "appealed", "asleep", "declined"])
def test_a_case_from_before_gets_the_promise_the_verbs_would_have_kept(in_review, omar, amina, mariam, road):
    match road:
        case "late":
            late_and_asked_again(in_review, omar, amina)
        case "appealed":
            appealed(in_review, omar, amina, mariam)
        case "asleep":
            asleep(in_review, omar)
        case "declined":
            decision.decline(in_review, by=mariam, reasons=["not_affordable"])
    columns = Application.objects.values_list("promised_by", "promise_left", "asked_cents")
    kept = columns.get()
    Application.objects.update(promised_by=None, promise_left=None, asked_cents=None)
    fill = import_module("loans.migrations.0019_promise")
    fill.say_what_is_asked(apps, None)
    fill.say_what_is_promised(apps, None)
    assert columns.get() == kept
