"""What the officer asks for, page by page and paper by paper, is what the applicant may and must send."""

import pytest

from letters.models import Letter
from loans.lifecycle.applying import filling, uploads
from loans.lifecycle.applying.submission import Incomplete
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import papers, review
from loans.models.form import Form
from loans.models.question import paper_topic
from loans.sections import BUDGET
from tests.cases import SAID, again, picture

pytestmark = pytest.mark.django_db
INCOME = paper_topic("income")


def send_paper(case, kind, by):
    return filling.add_paper(again(case), kind, picture(), name=f"{kind}.jpg", by=by)


def refused(code, act):
    with pytest.raises(Refused) as told:
        act()
    assert told.value.code == code


@pytest.fixture
def asked(in_review, omar):
    """A case of which one paper is wanted again, and nothing else."""
    return review.ask_for_more(in_review, by=omar, asked=[(INCOME, "The newest pay stub, please.")])


def test_a_paper_asked_for_is_missing_until_a_fresh_one_comes(asked, amina):
    assert [(gap.section, gap.field) for gap in Form(asked).all_gaps()] == [("papers", "income")]
    with pytest.raises(Incomplete):
        review.answer(again(asked), by=amina)
    send_paper(asked, "income", amina)
    assert review.answer(again(asked), by=amina).state == "in_review"
    assert asked.documents.filter(kind="income").count() == 2


def test_no_other_paper_and_no_page_may_be_sent(asked, amina):
    refused("not_open", lambda: send_paper(asked, "identity", amina))
    announced = {"name": "x.jpg", "size": 10, "sha256": "", "by": amina}
    refused("not_open", lambda: uploads.begin(again(asked), "identity", **announced))
    refused("not_open", lambda: filling.save(again(asked), BUDGET, [SAID["budget"]], by=amina))
    assert uploads.begin(again(asked), "income", **announced).kind == "income"


def test_a_paper_besides_the_list_may_be_asked_for(in_review, omar, amina):
    case = review.ask_for_more(in_review, by=omar, asked=[(paper_topic("other"), "The lease of the kitchen.")])
    assert [gap.field for gap in Form(case).all_gaps()] == ["other"]
    send_paper(case, "other", amina)
    assert Form(again(case)).all_gaps() == []


@pytest.mark.parametrize(
    "topic", ["paper-", "paper-photo", paper_topic("registration"), "business", "voluntary", "PAPERS"]
)
def test_what_the_form_and_its_papers_do_not_know_is_not_asked_for(in_review, omar, topic):
    refused("unknown_page", lambda: review.ask_for_more(in_review, by=omar, asked=[(topic, "Why?")]))
    assert again(in_review).state == "in_review"


def test_a_refused_paper_that_was_not_asked_for_again_holds_nothing_up(in_review, omar, amina):
    papers.refuse(in_review.documents.get(kind="identity"), by=omar, note="Cut off.")
    review.ask_for_more(again(in_review), by=omar, asked=[("budget", "Is the rent right?")])
    assert review.answer(again(in_review), by=amina).state == "in_review"


def test_a_refused_paper_that_was_asked_for_is_replaced_by_the_next(in_review, omar, amina):
    papers.refuse(in_review.documents.get(kind="identity"), by=omar, note="Cut off.")
    review.ask_for_more(again(in_review), by=omar, asked=[(paper_topic("identity"), "The whole page, please.")])
    send_paper(in_review, "identity", amina)
    assert list(in_review.documents.filter(kind="identity").values_list("state", flat=True)) == ["replaced", "received"]


def test_the_officer_may_add_to_what_was_asked(asked, omar, amina):
    left, until = asked.promise_left, asked.answer_by
    case = review.ask_besides(again(asked), by=omar, asked=[("budget", "Is the rent right?")])
    assert (case.state, case.promise_left, case.answer_by) == ("waiting_for_applicant", left, until)
    assert {page.slug for page in Form(case).open_sections()} == {"papers", "budget"}
    refused("asked_already", lambda: review.ask_besides(again(case), by=omar, asked=[("budget", "And heating?")]))
    send_paper(case, "income", amina)
    assert again(review.answer(again(case), by=amina)).questions.filter(answered_at=None).count() == 0


def test_several_pages_of_the_paper_asked_for_stay_together(asked, amina):
    send_paper(asked, "income", amina)
    send_paper(asked, "income", amina)
    assert [paper.pages.count() for paper in asked.documents.filter(kind="income")] == [1, 2]


def test_the_letter_names_page_and_paper_with_their_reasons(in_review, omar):
    asked = [(INCOME, "The newest pay stub, please."), ("budget", "Is the rent right?")]
    review.ask_for_more(in_review, by=omar, asked=asked)
    items = Letter.objects.get(kind="more_needed").facts["items"]
    assert [each["reason"] for each in items] == ["The newest pay stub, please.", "Is the rent right?"]
    assert "income" in items[0]["section"]
