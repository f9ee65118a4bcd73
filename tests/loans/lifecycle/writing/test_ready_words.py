"""Message templates filled with a case's facts, in the applicant's language; the office words and dates them."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from config import clock
from letters.wording import day
from loans.lifecycle.refusal import Refused
from loans.lifecycle.settings import office_settings
from loans.lifecycle.writing.messages import write_to_applicant
from loans.lifecycle.writing.ready_words import _FACTS, ready_words
from loans.models import Message, MessageTemplate, SettingChange
from loans.placeholders import PLACEHOLDERS
from loans.settings import KINDS
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.settings import proposed, standing

pytestmark = pytest.mark.django_db
TEMPLATES = KINDS["templates"]


def template(text_en="{name}", **other):
    return MessageTemplate(code="x", name_en="X", name_fr="X", text_en=text_en, text_fr=text_en, **other)


def reading(case, language):
    case.applicant.user.language = language
    case.applicant.user.save()
    return case


def test_the_facts_are_those_that_may_be_named():
    assert set(_FACTS) == set(PLACEHOLDERS)


def test_every_fact_of_a_case_in_review_is_put_in(in_review, omar):
    words = ready_words(template("{name}|{reference}|{product}|{officer}|{link}|{office}"), in_review, by=omar)
    case = in_review
    said = words.text.split("|")
    assert said[:4] == [case.applicant.greeting, case.reference, case.product.name_en, omar.name]
    assert f"/my/{case.reference}/" in said[4]
    assert said[5]
    assert words.unknown == ()


def test_the_words_come_in_the_language_that_the_applicant_reads(in_review, omar):
    row = MessageTemplate.objects.get(code="welcome")
    words = ready_words(row, reading(in_review, "fr"), by=omar)
    assert words.language == "fr"
    assert words.text.startswith("Bonjour ")
    with override("fr"):
        assert day(in_review.promised_by) in words.text


def test_a_further_language_is_used_where_it_is_offered(in_review, omar, five_languages):
    words = ready_words(MessageTemplate.objects.get(code="welcome"), reading(in_review, "ar"), by=omar)
    assert (words.language, words.text.split()[0]) == ("ar", "مرحبًا")


def test_what_is_not_written_in_their_language_comes_in_english(in_review, omar, five_languages):
    assert ready_words(template("Hello {name}"), reading(in_review, "ar"), by=omar).language == "en"


def test_papers_that_are_missing_are_told_one_a_line(in_review, omar):
    in_review.documents.all().update(state="refused")
    words = ready_words(template("We need:\n{missing_papers}"), in_review, by=omar)
    assert len(words.text.splitlines()) == 1 + len(in_review.product.papers)
    assert words.text.splitlines()[1].startswith("- ")


def test_what_the_case_does_not_know_stays_and_is_named(in_review, omar):
    words = ready_words(template("Until {answer_day}, {name}"), in_review, by=omar)
    assert words.text.startswith("Until {answer_day}, ")
    assert words.unknown == ("answer_day",)


def test_no_applicant_is_sent_a_placeholder(in_review, omar):
    with pytest.raises(Refused) as caught:
        write_to_applicant(in_review, by=omar, text="Until {answer_day}, Amina")
    assert (caught.value.code, caught.value.facts["left"]) == ("words_to_fill", "{answer_day}")
    assert not Message.objects.exists()
    write_to_applicant(in_review, by=omar, text="A smile {:-}")
    assert Message.objects.count() == 1


def test_a_template_with_an_unknown_placeholder_is_refused_with_the_known_ones(office, mariam):
    before = list(MessageTemplate.objects.values())
    for field in ("text_en", "text_fr", "text_ar"):
        with pytest.raises(Refused) as caught:
            proposed("templates", "welcome", by=mariam, **{field: "Hello {name}, {income}"})
        assert (caught.value.code, caught.value.facts["field"]) == ("unknown_placeholder", field)
        assert caught.value.facts["strays"] == "{income}"
        assert all(f"{{{name}}}" in caught.value.facts["known"] for name in PLACEHOLDERS)
    assert list(MessageTemplate.objects.values()) == before
    assert not SettingChange.objects.exists()


def test_other_words_are_a_new_row_from_their_day_and_need_one_person(office, mariam):
    first = clock.today() + timedelta(days=3)
    change = proposed("templates", "welcome", by=mariam, text_en="Good day {name}", starts=first)
    assert (change.takes_two, change.is_confirmed) == (False, True)
    assert MessageTemplate.objects.in_force().get(code="welcome").text_en.startswith("Hello {name}")
    with clock.at(days_ahead(3)):
        assert MessageTemplate.objects.in_force().get(code="welcome").text_en == "Good day {name}"


def test_a_new_template_is_added_and_an_old_one_ends(office, mariam):
    said = {**standing("templates", "welcome"), "name_en": "Snow", "name_fr": "Neige", "text_en": "We are closed."}
    office_settings.add(TEMPLATES, "snow", said, by=mariam, reason="Snow.", starts=clock.today())
    office_settings.close(TEMPLATES, "welcome", clock.today(), by=mariam, reason="Not used.")
    codes = {row.code for row in MessageTemplate.objects.in_force(clock.today() + timedelta(days=1))}
    assert "snow" in codes
    assert "welcome" not in codes


def test_what_was_sent_keeps_its_words(in_review, omar, mariam):
    text = ready_words(MessageTemplate.objects.get(code="welcome"), again(in_review), by=omar).text
    write_to_applicant(in_review, by=omar, text=text)
    proposed("templates", "welcome", by=mariam, text_en="Good day {name}")
    assert Message.objects.get().text == text
