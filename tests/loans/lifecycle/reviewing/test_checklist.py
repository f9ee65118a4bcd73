"""The checklist of a case: fixed when it is sent, answered by its officer, complete before a recommendation."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from django_fsm import TransitionNotAllowed

from loans.furnishing.checklist import FURNISHED, furnish_checklist
from loans.lifecycle.applying import submission
from loans.lifecycle.deciding import decision
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import review
from loans.lifecycle.reviewing.checklist import answer_checklist, checklist_of
from loans.models import ChecklistAnswer, ChecklistItem, Event
from loans.refusals import sentence
from tests.cases import TERMS, again, seen
from tests.checklists import answered, key_of
from tests.settings import proposed

pytestmark = pytest.mark.django_db
PROTECTED = re.compile(r"\b(age|married|marital|family|children|religion|born|countr\w+|race|accent|gender)\b", re.I)
RECOMMEND = {"reasons": ["affordable"], "note": "Sound.", **TERMS}


@pytest.fixture
def case(checklist, in_review):
    """A training case that was sent while the office had its furnished list."""
    return in_review


def refused(code, act):
    events, answers = Event.objects.count(), ChecklistAnswer.objects.count()
    with pytest.raises(Refused) as told:
        act()
    assert told.value.code == code
    assert (Event.objects.count(), ChecklistAnswer.objects.count()) == (events, answers)
    return told.value


def newest(case, code):
    return next(item for item in checklist_of(again(case)).items if item.code == code).newest


# --- The list is fixed -------------------------------------------------------------------------------


def test_a_case_gets_the_items_of_its_purpose_in_their_order(case):
    codes = [item.code for item in checklist_of(case).items]
    assert codes == [
        "identity", "status-paper", "income-on-paper", "debts-known", "budget-holds", "costs-quoted",
        "school-recognized", "leads-to-licence", "other-funding", "references",
    ]  # fmt: skip


@pytest.mark.parametrize("purpose", ["training", "business"])
def test_the_furnished_list_of_each_purpose_fits_a_page(checklist, purpose):
    assert 8 <= len(ChecklistItem.in_force(purpose)) <= 10


def test_furnishing_again_adds_nothing(checklist):
    rows = list(ChecklistItem.objects.values())
    furnish_checklist()
    assert list(ChecklistItem.objects.values()) == rows
    assert len(rows) == len(FURNISHED)


def test_other_words_do_not_change_a_list_half_way(case, mariam):
    before = checklist_of(case).items
    proposed("checklist", "identity", by=mariam, text_en="Two papers of each were seen.")
    proposed("checklist", "debts-known", by=mariam, place=1)
    assert checklist_of(again(case)).items == before
    assert ChecklistItem.in_force("training")[0].code == "debts-known"


def test_a_draft_is_looked_at_by_the_list_of_the_day_it_is_sent(checklist, draft, amina, mariam):
    proposed("checklist", "identity", by=mariam, text_en="Two papers of each were seen.")
    sent = submission.submit(draft, by=amina)
    assert checklist_of(sent).items[0].text == "Two papers of each were seen."


def test_what_was_asked_can_be_proven(case):
    row = ChecklistItem.objects.get(code="identity")
    item = checklist_of(case).items[0]
    assert (item.key, item.words_hash) == (row.pk, row.words_hash)
    assert ChecklistItem(text_en="Other", text_fr="Autre").words_hash != row.words_hash


def test_a_case_from_before_there_was_a_list_is_recommended_without_one(in_review, omar):
    assert in_review.checklist == []
    assert checklist_of(in_review).items == []
    assert decision.recommend(in_review, by=omar, **RECOMMEND).state == "recommended"


def test_no_furnished_item_asks_for_a_protected_ground():
    words = " ".join(f"{row['text_en']} {row['help_en']}" for row in FURNISHED)
    assert not PROTECTED.search(words)


# --- Answers -----------------------------------------------------------------------------------------


def test_answers_say_who_when_and_why_and_earlier_ones_are_kept(case, omar):
    answered(case, omar, {"debts-known": ("yes", "")})
    answered(case, omar, {"debts-known": ("no", "A second card is behind.")})
    item = next(item for item in checklist_of(case).items if item.code == "debts-known")
    assert (item.newest.answer, item.newest.note, item.newest.by) == ("no", "A second card is behind.", "Omar Diallo")
    assert [each.answer for each in item.earlier] == ["yes"]
    assert list(case.events.filter(verb="answer_checklist").values_list("by", flat=True)) == [omar.pk, omar.pk]


def test_progress_counts_answers_of_any_kind(case, omar):
    answered(case, omar, {"identity": ("yes", ""), "references": ("not_applicable", "She came last month.")})
    found = checklist_of(case)
    assert (found.answered, found.total) == (2, 10)
    assert "references" not in [item.code for item in found.missing]


def test_one_event_holds_what_was_answered_at_once_in_keys_and_codes(case, omar):
    rows = answered(case, omar, {"identity": ("yes", ""), "debts-known": ("no", "A card is behind.")})
    event = Event.objects.get(verb="answer_checklist")
    assert {row.event_id for row in rows} == {event.pk}
    identity, debts = key_of(case, "identity"), key_of(case, "debts-known")
    assert event.detail == {"answers": [[identity, "yes"], [debts, "no"]]}


@pytest.mark.parametrize("answer", ["no", "not_applicable"])
def test_what_is_not_a_yes_says_why(case, omar, answer):
    told = refused("why_not", lambda: answered(case, omar, {"identity": (answer, "  ")}))
    assert told.facts["field"] == f"note-{key_of(case, 'identity')}"


def test_only_listed_answers_to_items_of_the_case_are_taken(case, omar):
    refused("not_listed", lambda: answered(case, omar, {"identity": ("perhaps", "So.")}))
    other = ChecklistItem.objects.get(code="sales-backed").pk
    refused("unknown_item", lambda: answer_checklist(case, by=omar, said={other: ("yes", "")}))
    refused("nothing_answered", lambda: answer_checklist(case, by=omar, said={}))


def test_the_same_answer_again_is_no_news(case, omar):
    answered(case, omar, {"identity": ("yes", "The PR card.")})
    refused("nothing_answered", lambda: answered(again(case), omar, {"identity": ("yes", " The PR card. ")}))


def test_an_old_tab_is_told(case, omar):
    shown = checklist_of(case).token
    answered(case, omar, {"identity": ("yes", "")})
    refused("checklist_moved", lambda: answered(again(case), omar, {"identity": ("no", "A copy.")}, seen=shown))
    now = checklist_of(again(case)).token
    assert answered(again(case), omar, {"identity": ("no", "A copy.")}, seen=now)


def test_a_second_click_gets_the_first_answers_and_another_body_is_refused(case, omar):
    shown = checklist_of(case).token
    said = {"identity": ("yes", "")}
    first = answered(case, omar, said, seen=shown, once_key="one")
    assert answered(again(case), omar, said, seen=shown, once_key="one") == first
    refused("once_key_reused", lambda: answered(again(case), omar, {"identity": ("no", "So.")}, once_key="one"))


def test_only_who_has_it_on_the_desk_answers_and_only_while_it_is_reviewed(case, omar, olga, mariam, ada):
    for who in (olga, mariam, ada):
        with pytest.raises(PermissionDenied):
            answered(case, who, {"identity": ("yes", "")})
    review.ask_for_more(again(case), by=omar, asked=[("budget", "The rent?")])
    with pytest.raises(TransitionNotAllowed):
        answered(again(case), omar, {"identity": ("yes", "")})


def test_notes_are_sealed_and_stand_in_no_event(case, omar):
    answered(case, omar, {"debts-known": ("no", "A second card is behind.")})
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM loans_checklistanswer")
        kept = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"card" not in kept
    assert "card" not in str(list(case.events.values_list("detail", flat=True)))


def test_the_list_is_read_in_two_queries_however_much_was_answered(case, omar):
    for answer in ("yes", "no", "yes"):
        answered(again(case), omar, {item.code: (answer, f"{answer} it is") for item in checklist_of(case).items})
    fresh = again(case)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert checklist_of(fresh).answered == 10
    assert len(asked) <= 2


def test_it_is_read_in_the_readers_language(case):
    with override("fr"):
        assert checklist_of(case).items[-1].text == "Des références ont été consultées."


# --- Recommending ------------------------------------------------------------------------------------


def test_a_recommendation_waits_for_what_must_be_answered_and_names_it(case, omar):
    must = [item for item in checklist_of(case).items if item.must_be_answered]
    answered(case, omar, {item.code: ("yes", "") for item in must[:-1]})
    told = refused("checklist_open", lambda: decision.recommend(again(case), by=omar, **RECOMMEND))
    assert told.facts["items"] == [must[-1].text]
    assert must[-1].text in sentence(told)
    answered(again(case), omar, {must[-1].code: ("yes", "")})
    assert decision.recommend(again(case), by=omar, **RECOMMEND).state == "recommended"


def test_a_no_holds_nothing_back(case, omar):
    answered(case, omar, {item.code: ("no", "Not yet.") for item in checklist_of(case).items if item.must_be_answered})
    assert decision.recommend(again(case), by=omar, **RECOMMEND).state == "recommended"


def test_a_no_to_the_person_needs_no_checklist(case, mariam):
    assert decision.decline(case, by=mariam, reasons=["not_affordable"]).state == "declined"


def test_after_a_recommendation_nothing_is_answered_until_it_is_sent_back(case, omar, mariam):
    answered(case, omar, {item.code: ("yes", "") for item in checklist_of(case).items})
    decision.recommend(again(case), by=omar, **RECOMMEND)
    with pytest.raises(TransitionNotAllowed):
        answered(again(case), omar, {"identity": ("no", "A copy.")})
    decision.send_back(again(case), by=mariam, note="Is the card a copy?")
    answered(again(case), omar, {"identity": ("no", "It is a copy.")})
    assert newest(case, "identity").answer == "no"


def test_an_answer_given_since_makes_a_file_stale(case, omar, mariam):
    read = seen(case)
    answered(case, omar, {"identity": ("no", "A copy.")})
    refused("stale_file", lambda: decision.decline(again(case), by=mariam, reasons=["not_affordable"], seen=read))
