"""Reasons as the office sets them: its own words, dated; what rests on a credit report takes two."""

from datetime import timedelta

import pytest
from django.urls import reverse

from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.deciding import decision
from loans.lifecycle.refusal import Refused
from loans.lifecycle.settings import office_settings
from loans.models import ReasonWords, SettingChange
from loans.reasons import DECLINE, SUPPORT, bank_of, bank_shown, words_of
from loans.settings import KINDS
from tests.cases import again
from tests.journeys.person import Person
from tests.settings import proposed, standing

pytestmark = pytest.mark.django_db
REASONS = KINDS["reasons"]
NEW = {
    "kind": "decline",
    "sentence_en": "The lease ends before the loan does.",
    "sentence_fr": "Le bail prend fin avant le prêt.",
    "change_en": "A longer lease would change this.",
    "change_fr": "Un bail plus long changerait cela.",
    "helpers": ["business"],
    "rests_on_report": False,
}


def added(by, code="lease-too-short", **said):
    words = {"by": by, "reason": "The board said so.", "starts": clock.today()}
    return office_settings.add(REASONS, code, {**NEW, **said}, **words)


def typed(**other):
    """The form of a new reason, with `other` typed."""
    day = clock.today()
    form = {
        **NEW,
        "code": "lease-too-short",
        "rests_on_report": "no",
        "reason": "The board said so.",
        "effective_from-day": day.day,
        "effective_from-month": day.month,
        "effective_from-year": day.year,
        "once_key": "one",
    }
    return {**form, **other}


def text_of(page):
    return page.content.decode().replace("\xa0", " ")


def test_new_words_are_told_from_their_day_and_a_decision_keeps_its_own(recommended, mariam, nadia):
    decline = {"by": nadia, "reasons": ["not_affordable"]}
    case = decision.decline(recommended, **decline)
    proposed(
        "reasons",
        "not_affordable",
        by=mariam,
        sentence_en="Your budget leaves no room.",
        sentence_ar="لا مجال في ميزانيتك.",
    )
    assert bank_of(DECLINE)["not_affordable"].sentence_en == "Your budget leaves no room."
    assert bank_shown(DECLINE)["not_affordable"].in_other_languages["ar"]["sentence"] == "لا مجال في ميزانيتك."
    [told] = words_of(again(case).events.filter(verb="decline").get().detail)
    assert told.sentence_en == "The monthly payment would not fit your household budget."
    assert ReasonWords.objects.filter(code="not_affordable").count() == 2


def test_a_new_reason_is_offered_and_its_letter_says_it(recommended, mariam, nadia):
    assert added(mariam).is_confirmed
    decision.decline(recommended, by=nadia, reasons=["lease-too-short"])
    letter = render(Letter.objects.get(kind="declined"))
    assert "The lease ends before the loan does. A longer lease would change this." in letter.text


def test_a_reason_of_one_purpose_is_offered_for_no_other(office, mariam):
    added(mariam, purpose="business")
    assert "lease-too-short" in bank_of(DECLINE, "business")
    assert "lease-too-short" not in bank_of(DECLINE, "training")


def test_resting_on_a_credit_report_takes_two(office, mariam, nadia):
    change = proposed("reasons", "debts_too_high", by=mariam, rests_on_report=True)
    assert not bank_of(DECLINE)["debts_too_high"].rests_on_report
    office_settings.decide(change, by=nadia, confirmed=True)
    assert bank_of(DECLINE)["debts_too_high"].rests_on_report
    assert added(mariam, rests_on_report=True).is_confirmed is None
    assert proposed("reasons", "credit_history", by=mariam, rests_on_report=False).is_confirmed is None


def test_a_reason_ends_by_two_and_is_not_offered_any_more(office, mariam, nadia):
    yesterday_is_over = clock.today()
    change = office_settings.close(REASONS, "loan_already", yesterday_is_over, by=mariam, reason="We lend twice.")
    assert "loan_already" in bank_of(DECLINE)
    office_settings.decide(change, by=nadia, confirmed=True)
    tomorrow = clock.today() + timedelta(days=1)
    assert "loan_already" in bank_of(DECLINE)
    assert "loan_already" not in {row.code for row in ReasonWords.in_force(tomorrow)}
    assert "loan_already" in {row.code for row in ReasonWords.in_force(clock.today())}


def test_a_no_says_what_would_change_it_and_only_a_no_rests_on_a_report(office, mariam):
    for field in ("change_en", "change_fr"):
        with pytest.raises(Refused, match="no_words") as told:
            added(mariam, **{field: ""})
        assert told.value.facts["field"] == field
    with pytest.raises(Refused, match="no_words"):
        proposed("reasons", "not_affordable", by=mariam, change_fr=None)
    with pytest.raises(Refused, match="only_a_no"):
        added(mariam, kind="support", rests_on_report=True)
    assert added(mariam, code="good-lease", kind="support", change_en="", change_fr="").is_confirmed
    assert "good-lease" in bank_of(SUPPORT)


def test_a_change_keeps_what_was_not_changed(office, mariam):
    before = ReasonWords.objects.get(code="not_enrolled")
    said = standing("reasons", "not_enrolled")
    proposed("reasons", "not_enrolled", by=mariam, helpers=["settlement"])
    after = bank_of(DECLINE)["not_enrolled"]
    assert standing("reasons", "not_enrolled") == {**said, "helpers": ["settlement"]}
    assert (after.kind, after.purpose, after.in_other_languages, after.to_confirm) == (
        before.kind,
        before.purpose,
        before.in_other_languages,
        before.to_confirm,
    )


def test_a_manager_sees_the_letters_words_in_every_language_before_the_reason_is_added(office, mariam):
    manager = Person("en", mariam)
    shown = text_of(manager.sends("setting_new", "reasons", **typed(), look="yes"))
    assert "As the letter will tell it" in shown
    assert "The lease ends before the loan does. A longer lease would change this." in shown
    assert "Le bail prend fin avant le prêt. Un bail plus long changerait cela." in shown
    assert "This holds at once." in shown
    mark = shown.split('name="shown" value="')[1].split('"')[0]
    manager.sends("setting_new", "reasons", **typed(), propose="yes", shown=mark)
    assert SettingChange.objects.get().values["helpers"] == ["business"]
    assert "lease-too-short" in bank_of(DECLINE)


def test_what_waits_is_shown_to_the_second_person_as_the_letter_will_tell_it(office, mariam, carl):
    change = added(mariam, rests_on_report=True)
    member = Person("en", carl)
    page = text_of(member.opens("setting_proposal", change.pk))
    assert "As the letter will tell it" in page
    assert "Le bail prend fin avant le prêt." in page
    assert "The lease ends before the loan does." in text_of(member.opens("office_settings"))


@pytest.mark.parametrize("kind", ["reasons", "checklist"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_kind_has_its_pages_in_both_languages(checklist, mariam, nadia, kind, language):
    code = {"reasons": "loan_already", "checklist": "references"}[kind]
    manager = Person(language, mariam)
    page = text_of(manager.opens("settings_of", kind))
    assert reverse("setting", args=[kind, code]) in page
    change = office_settings.close(KINDS[kind], code, clock.today(), by=mariam, reason="No need.")
    office_settings.decide(change, by=nadia, confirmed=True)
    for name in ("settings_of", "setting", "setting_change"):
        manager.opens(name, *([kind] if name == "settings_of" else [kind, code]))
    manager.opens("setting_new", kind)
    tomorrow = clock.today() + timedelta(days=1)
    assert KINDS[kind].first_day(KINDS[kind].rows(code).first()) is None
    assert KINDS[kind].rows(code).first().effective_from == tomorrow
