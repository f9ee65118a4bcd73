"""Nobody decides on a file that changed under their eyes; where it did, nothing is left behind."""

import pytest

from letters.models import Letter
from loans.lifecycle.deciding import appeal, committee, decision
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import ladder, papers, review
from loans.lifecycle.standing import HARMLESS
from loans.lifecycle.writing import messages
from loans.models import Event, Loan, Note, Recommendation, Vote
from loans.views.cases.story import VERBS
from tests.cases import TERMS, again, seen

pytestmark = pytest.mark.django_db
RECOMMEND = {"reasons": ["affordable"], "note": "Sound.", **TERMS}


def traces():
    return [model.objects.count() for model in (Event, Note, Letter, Loan, Recommendation, Vote)]


def refused_stale(act):
    """`act()` is refused because the file changed, and leaves no trace."""
    before = traces()
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.code == "stale_file"
    assert traces() == before
    return True


def test_a_recommendation_on_a_file_with_a_new_note_by_somebody_else_is_refused(in_review, omar, olga):
    read = seen(in_review)
    review.add_note(in_review, by=olga, note="She lost her work.")
    assert refused_stale(lambda: decision.recommend(in_review, by=omar, seen=read, **RECOMMEND))
    assert again(in_review).state == "in_review"
    decision.recommend(in_review, by=omar, seen=seen(in_review), **RECOMMEND)


def test_a_figure_that_was_found_since_makes_a_file_stale(in_review, omar, mariam):
    read = seen(in_review)
    ladder.adjust(in_review, by=omar, line="budget.food.0", cents=70_000, note="Two children.")
    assert refused_stale(lambda: decision.decline(again(in_review), by=mariam, reasons=["not_affordable"], seen=read))


def test_ones_own_deeds_make_no_file_stale(in_review, omar):
    read = seen(in_review)
    review.add_note(in_review, by=omar, note="I called the school.")
    papers.accept(in_review.documents.first(), by=omar)
    assert decision.recommend(in_review, by=omar, seen=read, **RECOMMEND).state == "recommended"


@pytest.mark.parametrize("verb", ["approve", "decline", "send_back"])
def test_a_manager_decides_on_no_file_that_changed(recommended, omar, mariam, verb):
    read = seen(recommended)
    review.add_note(recommended, by=omar, note="The school called: no place for her.")
    words = {"approve": {}, "decline": {"reasons": ["not_enrolled"]}, "send_back": {"note": "Which school?"}}[verb]
    assert refused_stale(lambda: getattr(decision, verb)(recommended, by=mariam, seen=read, **words))
    assert again(recommended).state == "recommended"
    getattr(decision, verb)(recommended, by=mariam, seen=seen(recommended), **words)


def test_a_manager_declines_no_file_of_which_a_paper_was_judged_meanwhile(in_review, omar, mariam):
    read = seen(in_review)
    papers.refuse(in_review.documents.first(), by=omar, note="Cut off.")
    assert refused_stale(lambda: decision.decline(in_review, by=mariam, reasons=["not_enrolled"], seen=read))


def test_a_manager_declines_no_file_to_which_the_person_wrote_meanwhile(in_review, amina, mariam):
    read = seen(in_review)
    messages.write_to_office(in_review, by=amina, text="I have a new job.")
    assert refused_stale(lambda: decision.decline(in_review, by=mariam, reasons=["not_enrolled"], seen=read))


def test_new_terms_make_the_old_page_of_a_decision_stale(recommended, omar, mariam):
    read = seen(recommended)
    decision.send_back(recommended, by=mariam, note="Less, please.")
    decision.recommend(again(recommended), by=omar, **{**RECOMMEND, "principal_cents": 900_000})
    assert refused_stale(lambda: decision.approve(again(recommended), by=mariam, seen=read))


def test_a_vote_on_a_file_that_changed_is_refused_and_others_votes_change_nothing(above_the_limit, omar, carl):
    read = seen(above_the_limit)
    review.add_note(above_the_limit, by=omar, note="Her brother signs too.")
    vote = {"by": carl, "in_favour": True}
    assert refused_stale(lambda: committee.cast_vote(above_the_limit, seen=read, **vote))
    committee.cast_vote(above_the_limit, seen=seen(above_the_limit), **vote)
    assert "cast_vote" in HARMLESS


@pytest.mark.parametrize("verb", ["uphold", "grant"])
def test_an_appeal_is_heard_on_the_file_as_it_is(appealed, amina, carl, verb):
    read = seen(appealed)
    messages.write_to_office(appealed, by=amina, text="Here is the letter of the bank.")
    assert refused_stale(lambda: getattr(appeal, verb)(appealed, by=carl, note="Looked at.", seen=read))
    assert again(appealed).state == "appealed"
    getattr(appeal, verb)(appealed, by=carl, note="Looked at.", seen=seen(appealed))


def test_a_form_that_does_not_say_what_was_seen_decides_nothing(recommended, mariam):
    assert refused_stale(lambda: decision.approve(recommended, by=mariam, seen=0))


def test_the_second_click_of_a_decision_is_no_decision_on_a_stale_file(recommended, mariam):
    read = seen(recommended)
    first = decision.approve(recommended, by=mariam, seen=read, once_key="one")
    assert decision.approve(recommended, by=mariam, seen=read, once_key="one") == first
    assert Loan.objects.count() == 1


def test_what_is_harmless_is_a_deed_of_a_case():
    assert {("application", verb) for verb in HARMLESS} <= VERBS.keys()
