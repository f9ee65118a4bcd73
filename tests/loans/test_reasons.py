"""The bank of reasons: rows with dates; a reason is one of the loan's purpose; a decision keeps its words."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils.translation import gettext, override

from config import clock
from config.languages import NAMES
from letters.models import Letter
from letters.render import render
from loans.furnishing.office import furnish
from loans.furnishing.reasons import FURNISHED
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.deciding import decision
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import review
from loans.models import Event, ReasonWords
from loans.purposes import PURPOSES
from loans.reasons import DECLINE, SUPPORT, bank_of, bank_shown, forget_what_was_read, words_of
from tests.cases import again, fill_in
from tests.credit import entered
from tests.people import signs_in

pytestmark = pytest.mark.django_db
CODES = [row["code"] for row in FURNISHED if row["kind"] == DECLINE]
RIGHTS = (  # of whoever hears a no that rests on a credit report
    "Within 60 days of our letter you may ask us what kind of information it was and where it came from.",
    "The bureau gives you a copy of your credit report when you ask. It costs nothing.",
    "If something in it is wrong, you may ask the bureau to correct it. It costs nothing. Then tell us, and we look "
    "again.",
)
# What no decision may speak of: the voluntary answers, and what the law forbids to weigh.
DEMOGRAPHICS = re.compile(
    r"\b(black|gender|woman|women|man|men|religion|ethnic\w*|race|racial\w*|disab\w+|age|aged|marital|origin|"
    r"noirs?|sexe|genre|femmes?|hommes?|ethni\w*|handicap\w*|âge|origine)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("kind", [SUPPORT, DECLINE])
def test_every_purpose_has_reasons_of_its_own_and_shares_the_rest(office, kind):
    kinds = {slug: set(bank_of(kind, slug)) for slug in PURPOSES}
    assert set.union(*kinds.values()) == set(bank_of(kind))
    assert set.intersection(*kinds.values())
    assert all(kinds[slug] - set.union(*(kinds[other] for other in kinds if other != slug)) for slug in kinds)


def test_a_reason_of_another_purpose_is_refused(office, amina, omar, mariam):
    case = fill_in(filling.start(amina, office.get(code="business")), amina)
    case = review.take(submission.submit(case, by=amina), by=omar)
    terms = {"principal_cents": 500_000, "study_months": 0, "repayment_months": 24}
    with pytest.raises(Refused, match="unknown_reason"):
        decision.recommend(case, by=omar, reasons=["enrolled"], note="Yes.", **terms)
    case = decision.recommend(case, by=omar, reasons=["sound_business"], note="Yes.", **terms)
    events = Event.objects.count()
    with pytest.raises(Refused, match="unknown_reason"):
        decision.decline(case, by=mariam, reasons=["not_enrolled"])
    assert Event.objects.count() == events


def reworded(code, **more):
    """The same reason in other words from today, as an office writes them."""
    row = ReasonWords.objects.get(code=code)
    row.pk, row.effective_from = None, clock.today()
    row.sentence_en, row.change_en = "Your budget leaves no room.", "More room would change this."
    for name, value in more.items():
        setattr(row, name, value)
    row.save()
    forget_what_was_read()
    return row


def test_a_decision_keeps_its_words_when_the_office_writes_others(recommended, mariam):
    case = decision.decline(recommended, by=mariam, reasons=["not_affordable"])
    reworded("not_affordable")
    assert [each.sentence for each in words_of(case.events.last().detail)] == [
        "The monthly payment would not fit your household budget."
    ]


def test_from_its_day_on_the_new_wording_is_used(recommended, mariam):
    reworded("not_affordable")
    case = decision.decline(recommended, by=mariam, reasons=["not_affordable"])
    assert [each.sentence for each in words_of(case.events.last().detail)] == ["Your budget leaves no room."]
    letter = render(Letter.objects.get(kind="declined"))
    assert "Your budget leaves no room. More room would change this." in letter.text


def test_a_wording_of_tomorrow_is_not_used_today(office):
    reworded("not_affordable", effective_from=clock.today() + timedelta(days=1))
    assert bank_of(DECLINE)["not_affordable"].sentence_en.startswith("The monthly payment")


def test_a_reason_that_ended_is_no_reason_any_more(recommended, mariam):
    reworded("loan_already", is_offered=False)
    assert "loan_already" not in bank_of(DECLINE)
    assert "loan_already" not in bank_shown(DECLINE)
    with pytest.raises(Refused, match="unknown_reason"):
        decision.decline(recommended, by=mariam, reasons=["loan_already"])
    assert again(recommended).state == "recommended"


def test_an_old_decision_without_named_wordings_is_still_told(office):
    assert [each.code for each in words_of({"reasons": ["not_enrolled"]})] == ["not_enrolled"]
    assert words_of({}) == []


def test_a_wording_is_in_ink(office):
    row = ReasonWords.objects.first()
    row.sentence_en = "Because."
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()


def test_a_no_says_what_would_change_it(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReasonWords.objects.create(
            kind=DECLINE, code="so", sentence_en="So.", sentence_fr="Ainsi.", effective_from=clock.today()
        )


def test_furnishing_again_changes_nothing(office):
    rows = list(ReasonWords.objects.values())
    furnish()
    assert list(ReasonWords.objects.values()) == rows


def test_only_a_reason_from_the_credit_report_rests_on_it(office):
    assert [row.code for row in ReasonWords.objects.filter(rests_on_report=True)] == ["credit_history"]


@pytest.mark.parametrize("row", FURNISHED, ids=lambda row: row["code"])
def test_every_reason_says_everything_in_five_languages(office, row):
    words = ReasonWords.objects.get(code=row["code"])
    said = [words.sentence_en, words.sentence_fr]
    said += [words.change_en, words.change_fr] if words.kind == DECLINE else []
    for language in set(NAMES) - {"en", "fr"}:
        further = words.in_other_languages[language]
        said += [further["sentence"], *([further["change"]] if words.kind == DECLINE else [])]
    assert all(said)
    assert len(set(said)) == len(said)
    assert all(each.rstrip()[-1] in ".。" for each in said)


@pytest.mark.parametrize("language", sorted(NAMES))
@pytest.mark.parametrize("code", CODES)
def test_every_reason_is_told_in_every_language_in_the_letter_and_on_my_page(
    request, code, language, amina, mariam, five_languages
):
    words = next(row for row in FURNISHED if row["code"] == code)
    case = _case_for(request, words.get("purpose") or "training")
    amina.language = language
    amina.save()
    entered(case, request.getfixturevalue("omar"))
    decision.decline(again(case), by=mariam, reasons=[code])
    letter = render(Letter.objects.get(kind="declined"))
    row = ReasonWords.objects.get(code=code)
    expected = _in(row, language)
    browser = Client()
    browser.cookies["language"] = language
    signs_in(browser, amina)
    page = browser.get(f"/my/{case.reference}/").content.decode()
    for words_told in expected:
        assert words_told in letter.text
        assert words_told in page
    for told in _told_of_the_report(language):
        assert (told in letter.text, told in page) == (row.rests_on_report, row.rests_on_report)
    assert row.helpers
    assert any(name in letter.text for name in _names_of_helpers(case))
    if language not in ("en", "fr"):
        assert row.sentence_en in letter.text  # what binds
        for told in _told_of_the_report("en"):
            assert (told in letter.text) == row.rests_on_report
    told = re.sub(r"https?://\S+", "", letter.text)
    assert DEMOGRAPHICS.findall(told) == []


def _told_of_the_report(language):
    """The bureau, and each right, in the words of a language."""
    with override(language):
        rights = [gettext(right) for right in RIGHTS]
    assert language == "en" or not set(rights) & set(RIGHTS)
    return ["Equifax Canada Co.", "National Consumer Relations, Box 190", "1-866-828-5961", *rights]


def _names_of_helpers(case):
    from loans.lifecycle.deciding.declining import decision_told

    return [partner.name_en for partner in decision_told(case)["helpers"]] + [
        partner.name_fr for partner in decision_told(case)["helpers"]
    ]


def _in(row, language):
    if language in ("en", "fr"):
        return [getattr(row, f"sentence_{language}"), getattr(row, f"change_{language}")]
    return [row.in_other_languages[language]["sentence"], row.in_other_languages[language]["change"]]


def _case_for(request, purpose):
    if purpose == "training":
        return request.getfixturevalue("in_review")
    office, amina, omar = (request.getfixturevalue(name) for name in ("office", "amina", "omar"))
    case = fill_in(filling.start(amina, office.get(code=purpose)), amina)
    return review.take(submission.submit(case, by=amina), by=omar)
