"""The page of the checklist: who answers, who reads, what is told when something is missing."""

import pytest
from django.urls import reverse

from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing.checklist import checklist_of
from loans.models import ChecklistAnswer
from tests.cases import TERMS, again
from tests.checklists import answered, key_of
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def case(checklist, in_review):
    return in_review


def text_of(page):
    return page.content.decode().replace("\xa0", " ")


def sent(who, case, *, token="0", **typed):
    """What somebody sees who sends the form: `typed` by the names of its boxes."""
    address = reverse("checklist_answers", args=[case.reference])
    return Person("en", who).browser.post(address, {"list": token, "once_key": "one", **typed}, follow=True)


def boxes(case, code, answer, note=""):
    key = key_of(case, code)
    return {f"item-{key}": answer, f"note-{key}": note}


def test_the_officer_answers_from_the_page_and_a_second_click_changes_nothing(case, omar):
    page = text_of(Person("en", omar).opens("case_checklist", case.reference))
    assert "0 of 10 answered" in page
    typed = {**boxes(case, "identity", "yes"), **boxes(case, "debts-known", "no", "A second card is behind.")}
    for _ in range(2):
        page = text_of(sent(omar, case, **typed))
        assert "The answers are kept." in page
        assert "2 of 10 answered" in page
        assert "A second card is behind." in page
    assert ChecklistAnswer.objects.count() == 2


def test_only_what_is_different_becomes_an_answer(case, omar):
    answered(case, omar, {"identity": ("yes", "The PR card.")})
    token = checklist_of(again(case)).token
    typed = {**boxes(case, "identity", "yes", "The PR card."), **boxes(case, "debts-known", "yes")}
    sent(omar, case, token=token, **typed)
    assert [row.item.code for row in ChecklistAnswer.objects.order_by("pk")] == ["identity", "debts-known"]


def test_what_is_missing_is_told_of_each_item_at_once_and_nothing_typed_is_lost(case, omar):
    typed = {
        **boxes(case, "identity", "no"),
        **boxes(case, "references", "not_applicable"),
        **boxes(case, "debts-known", "", "Two cards."),
        **boxes(case, "budget-holds", "yes", "So it seems."),
    }
    page = sent(omar, case, **typed)
    assert page.status_code == 422
    words = text_of(page)
    for code, box in (("identity", "note"), ("references", "note"), ("debts-known", "item")):
        assert f'href="#id-checklist-{box}-{key_of(case, code)}"' in words
    assert "Two cards." in words
    assert "So it seems." in words
    assert not ChecklistAnswer.objects.exists()


def test_an_old_tab_is_told_and_keeps_what_was_typed(case, omar):
    answered(case, omar, {"identity": ("yes", ""), "debts-known": ("no", "A second card.")})
    page = sent(omar, case, **boxes(case, "identity", "no", "It is a copy."))
    assert page.status_code == 422
    assert "answered meanwhile" in text_of(page)
    assert "It is a copy." in text_of(page)
    again_sent = {
        **boxes(case, "identity", "no", "It is a copy."),
        **boxes(case, "debts-known", "no", "A second card."),
    }
    token = checklist_of(again(case)).token
    assert "The answers are kept." in text_of(sent(omar, case, token=token, **again_sent, once_key="two"))


def test_an_old_tab_brings_back_nothing_that_was_answered_since(case, omar):
    answered(case, omar, {"debts-known": ("yes", "")})
    shown = checklist_of(again(case)).token
    answered(again(case), omar, {"debts-known": ("no", "A second card.")})
    page = sent(omar, case, token=shown, **boxes(case, "debts-known", "yes"), **boxes(case, "identity", "yes"))
    debts = next(row for row in page.context["rows"] if row["item"].code == "debts-known")
    assert (debts["answer"]["value"], debts["note"]["value"]) == ("no", "A second card.")
    assert "answered meanwhile" in text_of(page)


def test_words_for_a_case_that_moved_on_are_not_lost(case, omar):
    answered(case, omar, {item.code: ("yes", "") for item in checklist_of(case).items})
    decision.recommend(again(case), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    page = sent(omar, case, token=checklist_of(case).token, **boxes(case, "identity", "no", "It is a copy."))
    assert page.status_code == 422
    assert "What you wrote was not sent" in text_of(page)
    assert "It is a copy." in text_of(page)


def test_earlier_answers_stay_on_the_page(case, omar):
    answered(case, omar, {"debts-known": ("yes", "None told.")})
    answered(case, omar, {"debts-known": ("no", "A second card.")})
    page = text_of(Person("en", omar).opens("case_checklist", case.reference))
    assert "1 earlier answer" in page
    assert "None told." in page


def test_who_decides_and_the_auditor_read_it_and_answer_nothing(case, omar, mariam, ada):
    answered(case, omar, {"debts-known": ("no", "A second card.")})
    for who in (mariam, ada):
        page = text_of(Person("en", who).opens("case_checklist", case.reference))
        assert "A second card." in page
        assert "1 of 10 answered" in page
        assert reverse("checklist_answers", args=[case.reference]) not in page


def test_a_case_without_a_list_has_no_tab_and_says_so(in_review, omar):
    officer = Person("en", omar)
    assert reverse("case_checklist", args=[in_review.reference]) not in text_of(
        officer.opens("case", in_review.reference)
    )
    assert "no checklist when this case was sent" in text_of(officer.opens("case_checklist", in_review.reference))


def test_the_file_leads_to_the_list_and_a_recommendation_too_early_names_what_is_open(case, omar):
    officer = Person("en", omar)
    assert reverse("case_checklist", args=[case.reference]) in text_of(officer.opens("case", case.reference))
    terms = {"principal_cents": "5,000", "study_months": "6", "repayment_months": "24"}
    seen = {"seen": case.events.last().pk, "once_key": "early", "reason-affordable": "yes", "note": "Sound words."}
    page = officer.browser.post(reverse("recommendation", args=[case.reference]), {**terms, **seen})
    assert page.status_code == 422
    assert "before you recommend: We have seen who everyone who signs is." in text_of(page)
    assert "Sound words." in text_of(page)


def test_the_page_asks_the_database_little(case, omar, client, django_assert_max_num_queries):
    for answer in ("yes", "no"):
        answered(again(case), omar, {item.code: (answer, f"{answer}!") for item in checklist_of(case).items})
    client.force_login(omar)
    address = reverse("case_checklist", args=[case.reference])
    client.get(address)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(address)
