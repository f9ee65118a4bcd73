"""Flags: who answers one, when it is open again; and that none refuses anything by itself."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from config import clock
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing import flags, ladder, review, sanctions
from loans.models import Application, FlagAnswer, FlagCount
from loans.purposes import PURPOSES
from tests.bank import left_from_an_earlier_offer
from tests.cases import SAID, TERMS, again, fill_in, seen
from tests.flags import LIST, answers, found, refused, sent, the_flag
from tests.people import somebody

pytestmark = pytest.mark.django_db
BANKRUPT = {**SAID["budget"], "was_bankrupt": "yes", "discharged": "no"}


# --- Answers -----------------------------------------------------------------------------------------


def test_an_answer_closes_the_flag_and_is_an_event_with_a_note(bankrupt, omar):
    flag = the_flag(bankrupt, "bankruptcy")
    assert flag.is_open
    answer = answers(bankrupt, omar, flag, note="Her shop in 2020.")
    assert answer.event.detail == {"flag": "bankruptcy", "verdict": "fine"}  # no words in ink
    assert answer.event.note.text == "Her shop in 2020."
    assert not the_flag(bankrupt, "bankruptcy").is_open


def test_what_is_to_be_followed_is_told_so_until_it_is_answered_anew(bankrupt, omar, mariam):
    answers(bankrupt, omar, the_flag(bankrupt, "bankruptcy"), "follow", "I asked for the order.")
    assert the_flag(bankrupt, "bankruptcy").is_followed
    answers(bankrupt, mariam, the_flag(bankrupt, "bankruptcy"), "fine", "The order is here.")
    assert not the_flag(bankrupt, "bankruptcy").is_followed
    assert FlagAnswer.objects.count() == 2


def test_a_flag_is_open_again_when_its_facts_change(in_review, product, omar):
    other = sent(product, "other@example.org", "EL SAYED Amina")
    answers(in_review, omar, the_flag(in_review, "same_person"), "somebody_else", "Her cousin.")
    assert not the_flag(in_review, "same_person").is_open
    other.applicant.phone = "613-555-0123"
    other.applicant.save()
    flag = the_flag(in_review, "same_person")
    assert (flag.is_open, flag.answer.verdict) == (True, "somebody_else")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"note": "  "}, "empty_note"),
        ({"verdict": "somebody_else"}, "not_listed"),
        ({"verdict": "rich"}, "not_listed"),
        ({"seen": "something else"}, "flag_changed"),
        ({"flag": "staff_tie:1"}, "unknown_flag"),
    ],
)
def test_what_cannot_be_answered_is_refused_and_leaves_no_trace(bankrupt, omar, said, code):
    words = {"flag": "bankruptcy", "verdict": "fine", "note": "I asked.", **said}
    assert refused(lambda: flags.answer_flag(again(bankrupt), by=omar, **words)) == code


def test_the_same_form_answers_once(bankrupt, omar):
    flag = the_flag(bankrupt, "bankruptcy")
    first = answers(bankrupt, omar, flag, once_key="k1", seen=flag.token)
    assert answers(bankrupt, omar, flag, once_key="k1", seen=flag.token) == first
    assert FlagAnswer.objects.count() == 1


def test_two_officers_on_one_flag_each_leave_their_answer(bankrupt, omar, olga):
    flag = the_flag(bankrupt, "bankruptcy")
    answers(bankrupt, omar, flag, "follow", "I asked for the order.", seen=flag.token)
    answers(bankrupt, olga, flag, "fine", "I have seen the order.", seen=flag.token)
    assert the_flag(bankrupt, "bankruptcy").answer.event.by == olga
    assert list(FlagAnswer.objects.values_list("verdict", flat=True)) == ["follow", "fine"]


def test_who_decides_is_told_when_a_flag_was_answered_meanwhile(bankrupt, omar, mariam):
    case = decision.recommend(bankrupt, by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    read = seen(case)
    answers(case, omar, the_flag(case, "bankruptcy"))
    assert refused(lambda: decision.approve(again(case), by=mariam, seen=read)) == "stale_file"


@pytest.mark.parametrize("who", ["ada", "felix", "carl", "amina"])
def test_others_than_officers_and_managers_answer_nothing(bankrupt, who, request):
    with pytest.raises(PermissionDenied):
        answers(bankrupt, request.getfixturevalue(who), the_flag(bankrupt, "bankruptcy"))


# --- Nothing is refused, and what is counted ---------------------------------------------------------


def test_no_flag_of_any_kind_keeps_a_case_from_being_recommended_and_approved(amina, product, omar, mariam, olga):
    sanctions.load("Canada", LIST.encode(), by=mariam)
    sent(product, "other@example.org", "EL SAYED Amina")
    somebody("nadia@office.example", "Amina El Sayed", Role.FINANCE)
    case = fill_in(filling.start(amina, product), amina, budget={**BANKRUPT, "debts": "1,000"})
    costs = [{"what": "tuition", "cost": "4,000"}, {"what": "living", "cost": "4,000"}]
    filling.save(case, PURPOSES["training"].section("costs"), costs, by=amina)
    case = review.take(submission.submit(case, by=amina), by=omar)
    for each in Application.objects.all():
        left_from_an_earlier_offer(each)
    assert {flag.kind for flag in found(case)} == set(flags.KINDS)
    case = decision.recommend(again(case), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    decision.approve(again(case), by=mariam, seen=seen(case))
    assert again(case).state == "approved"


def test_what_is_open_is_counted_when_a_case_is_taken_answered_and_recommended(bankrupt, omar):
    assert again(bankrupt).flag_count.open == 1
    answers(bankrupt, omar, the_flag(bankrupt, "bankruptcy"), "follow", "I asked for the order.")
    counted = again(bankrupt).flag_count
    assert (counted.open, counted.followed) == (0, 1)
    ladder.adjust(again(bankrupt), by=omar, line="budget.debts.0", cents=90_000, note="A second card.")
    decision.recommend(again(bankrupt), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    assert again(bankrupt).flag_count.open == 1


def test_the_night_counts_every_case_under_way_anew(in_review, mariam):
    assert again(in_review).flag_count.open == 0
    sanctions.load("Canada", LIST.encode(), by=mariam)
    for _ in range(2):
        assert flags.count_flags(clock.today()).done == 1
    assert again(in_review).flag_count.open == 1
    assert FlagCount.objects.count() == 1
