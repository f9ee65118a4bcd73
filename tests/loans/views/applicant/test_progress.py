"""My case: what is next, whose turn it is, and by when the office promised to answer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from config import clock
from letters.wording import day
from loans.lifecycle.applying import submission
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing import review
from loans.views.applicant.progress import progress_of
from money.calendar import next_business_day
from tests.cases import TERMS, again
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


def progress(case, reader):
    return progress_of(again(case), reader)


def promised(since, days):
    return day(next_business_day(clock.day_of(since) + timedelta(days=days), ()))


def test_a_sent_case_says_by_when_we_answer_from_the_products_days(draft, amina, product):
    product.reply_days = 5
    product.save()
    case = submission.submit(draft, by=amina)
    assert progress(case, amina).promise == f"We answer by {promised(case.submitted_at, 5)}."


def test_while_it_is_her_turn_the_page_says_that_these_days_do_not_count(waiting, amina):
    told = progress(waiting, amina)
    assert told.whose_turn == "It is your turn"
    assert told.promise == "The days we wait for you do not count. Ours go on when you send your answers."


def test_after_the_answer_the_days_that_were_left_go_on(in_review, omar, amina):
    with clock.at(days_ahead(4)):
        left = (in_review.promised_by - clock.today()).days
        case = review.ask_for_more(in_review, by=omar, asked=[("budget", "Which rent?")])
    with clock.at(days_ahead(14)):
        case = review.answer(again(case), by=amina)
        told = progress(case, amina)
        assert told.promise == f"We answer by {promised(clock.now(), left)}."
        assert told.whose_turn == "It is our turn"
        assert day(again(case).promised_by) in told.promise  # the day the office sees


def test_a_promise_that_was_not_kept_is_said_so(submitted, amina):
    with clock.at(days_ahead(40)):
        assert progress(submitted, amina).promise.startswith("We said we would answer by")


@pytest.mark.parametrize("state", ["submitted", "in_review", "waiting", "recommended"])
def test_every_case_that_waits_for_somebody_says_what_comes_next(state, amina, request):
    told = progress(request.getfixturevalue(state), amina)
    assert told.next
    assert told.whose_turn


def test_whoever_said_no_to_an_offer_reads_so_and_is_not_told_that_we_read_the_form(loan, amina):
    signing.refuse(loan, by=amina, reason="plans_changed")
    told = progress(loan.application, amina)
    assert told.title == "Our offer is over"
    assert told.text == "Our offer was not accepted. Nobody owes anything for it."
    assert told.link_url == reverse("my_messages", args=[loan.application.reference])
    assert told.promise.startswith("We answer by")


def test_an_offer_that_lapsed_is_told_too_and_the_next_one_in_its_place(loan, amina, omar, mariam):
    with clock.at(days_ahead(60)):
        signing.lapse_offers(clock.today())
        decision.reconsider_lapsed(clock.today())
        told = progress(loan.application, amina)
        assert told.text == "The time for our offer has run out. Nobody owes anything for it."
        case = decision.recommend(again(loan.application), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
        decision.approve(case, by=mariam)
        assert progress(case, amina).title == "We offer you a loan"


def test_the_page_shows_promise_and_next_step_and_the_ways_to_write(client, in_review, amina):
    client.force_login(amina)
    page = client.get(reverse("my_case", args=[in_review.reference])).content.decode()
    for part in ("We answer by", "What comes next:", "Messages with my loan officer", "Letters we sent you"):
        assert part in page
    assert reverse("really_us") in page


def test_the_list_of_my_cases_shows_the_promise_too(client, in_review, amina):
    client.force_login(amina)
    assert "We answer by" in client.get(reverse("my_cases")).content.decode()
