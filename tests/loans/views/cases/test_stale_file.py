"""Two officers on one case: the later one is told what changed, and loses nothing."""

import re

import pytest
from django.urls import reverse

from loans.lifecycle.applying import submission
from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing import papers, review
from loans.models import Event
from tests.cases import again, seen

pytestmark = pytest.mark.django_db
TERMS = {"principal_cents": "4000", "study_months": "6", "repayment_months": "24"}
PLAN = {"reason-affordable": "yes", "note": "A plan worth its money", **TERMS}
WHY = {"note": "Words enough."}


def opens(client, user, case):
    """The number that the page gives to its forms."""
    client.force_login(user)
    page = client.get(reverse("case", args=[case.reference])).content.decode()
    [number] = set(re.findall(r'name="seen" value="(\d+)"', page))
    return number


def send(client, user, case, to, *args, **data):
    client.force_login(user)
    return client.post(reverse(to, args=[case.reference, *args]), data)


def test_every_form_of_a_case_carries_what_its_page_showed(client, omar, in_review):
    assert opens(client, omar, in_review) == str(seen(in_review))
    page = client.get(reverse("case", args=[in_review.reference])).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count('name="seen"') == main.count('name="once_key"') > 5


def test_the_later_officer_is_told_what_changed_and_presses_again(client, omar, olga, in_review):
    number = opens(client, omar, in_review)
    review.add_note(in_review, by=olga, note="Her school has closed.")
    events = Event.objects.count()
    answer = send(client, omar, in_review, "recommendation", seen=number, once_key="a", **PLAN)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This file changed since you opened it" in page
    news = page[page.index('id="news"') : page.index("</section>", page.index('id="news"'))]
    assert "Olga Petrenko" in news
    assert "Her school has closed." in news
    assert "A plan worth its money" in page
    assert (Event.objects.count(), again(in_review).state) == (events, "in_review")
    [number] = set(re.findall(r'name="seen" value="(\d+)"', page))
    assert send(client, omar, in_review, "recommendation", seen=number, once_key="b", **PLAN).status_code == 302
    assert again(in_review).state == "recommended"


def test_whoever_left_something_out_is_told_what_changed_as_well(client, omar, olga, in_review):
    number = opens(client, omar, in_review)
    review.add_note(in_review, by=olga, note="Her school has closed.")
    page = send(client, omar, in_review, "recommendation", seen=number, note="", **TERMS).content.decode()
    assert 'id="news"' in page


def test_nothing_is_new_for_whoever_did_it(client, omar, in_review):
    number = opens(client, omar, in_review)
    review.add_note(in_review, by=omar, note="I called.")
    assert 'id="news"' not in send(client, omar, in_review, "recommendation", seen=number, **TERMS).content.decode()


def decisions(omar, mariam, carl):
    return {
        "recommendation": ("in_review", omar, PLAN),
        "refusal": ("recommended", mariam, {"reason-plan_unclear": "yes"}),
        "approval": ("recommended", mariam, {}),
        "sending_back": ("recommended", mariam, WHY),
        "votes": ("above_the_limit", carl, {"in_favour": "yes"}),
        "appeal_dismissal": ("appealed", carl, WHY),
        "appeal_success": ("appealed", carl, WHY),
    }


@pytest.mark.parametrize("to", decisions(None, None, None))
@pytest.mark.parametrize("number", [None, "", "0", "-1", "x", "9" * 30])
def test_no_form_decides_without_saying_what_was_seen(client, request, omar, mariam, carl, to, number):
    world, who, said = decisions(omar, mariam, carl)[to]
    case = request.getfixturevalue(world)
    state, events = again(case).state, Event.objects.count()
    typed = said if number is None else {**said, "seen": number}
    answer = send(client, who, case, to, **typed)
    assert answer.status_code == 422
    assert "This file changed since you opened it" in answer.content.decode()
    assert (again(case).state, Event.objects.count()) == (state, events)
    assert send(client, who, case, to, seen=seen(case), **said).status_code == 302


def test_words_for_a_case_that_moved_on_are_not_lost(client, omar, amina, in_review):
    number = opens(client, omar, in_review)
    submission.withdraw(in_review, by=amina, note="I found a bursary.")
    asked = {"ask-budget": "yes", "why-budget": "Is the rent right?"}
    answer = send(client, omar, in_review, "questions", seen=number, **asked)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What you wrote was not sent" in page
    assert "Is the rent right?" in page
    assert "Withdrawn by the applicant" in page[page.index('id="news"') :]
    assert not in_review.questions.exists()


def test_unfinished_words_for_a_case_that_moved_on_are_not_lost_either(client, mariam, omar, recommended):
    number = opens(client, mariam, recommended)
    decision.send_back(recommended, by=mariam, note="Which exam?")
    answer = send(client, mariam, recommended, "refusal", seen=number, note="I am not sure about the exam")
    assert answer.status_code == 422
    assert "I am not sure about the exam" in answer.content.decode()


def test_why_a_paper_will_not_do_is_not_lost_when_the_case_moved_on(client, omar, amina, in_review):
    paper = in_review.documents.first()
    papers.refuse(paper, by=omar, note="Cut off.")
    answer = send(client, omar, in_review, "paper_refusal", paper.pk, note="The last page is missing")
    assert answer.status_code == 422
    assert "The last page is missing" in answer.content.decode()
