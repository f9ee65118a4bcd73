"""Consents: each purpose by itself, in the words that were read, given and withdrawn at any time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils.translation import override
from django_fsm import TransitionNotAllowed

from applicants.models import Partner
from config import clock
from loans.lifecycle.applying import consents, filling, submission
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import review
from loans.models import Consent, ConsentText, Event
from loans.models.form import Form
from loans.sections import CONSENT_TITLES, CONSENTS, CONSENTS_SECTION
from tests.cases import again, fill_in
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


def test_every_purpose_has_a_title_and_a_text_in_both_languages(office):
    texts = ConsentText.in_force()
    assert set(texts) - {"referral"} == set(CONSENTS) == set(CONSENT_TITLES)  # a referral is agreed to one by one
    for text in texts.values():
        assert all((text.text_en, text.text_fr, text.after_en, text.after_fr))


def test_sending_the_form_gives_what_was_ticked_and_nothing_else(submitted, amina):
    given = {row.purpose: row for row in Consent.objects.filter(application=submitted)}
    assert set(given) == {"truth", "credit_check"}
    assert given["credit_check"].user == amina
    assert given["credit_check"].as_read == "The loan office may ask a credit bureau about me for this application."


def test_it_is_kept_in_the_language_that_was_read_with_the_name_of_the_fund(submitted, amina):
    with override("fr"):
        consent = consents.give(submitted, by=amina, purpose="share_with_funder")
    assert consent.language == "fr"
    assert "Fonds général de prêts" in consent.as_read
    with override("en"):
        assert "Fonds général de prêts" in again(consent).as_read


def test_who_sent_me_is_told_only_with_consent_and_by_name(amina, product):
    Partner.objects.create(
        code="hub", kind="settlement", name_en="Newcomer Hub", name_fr="Carrefour", says_en="", says_fr="",
        source="x", as_of=clock.today(), refers=True,
    )  # fmt: skip
    sent_by = {"partner": "hub", "tell_partner": "yes"}
    case = fill_in(filling.start(amina, product), amina, sent_by=sent_by)
    submission.submit(case, by=amina)
    consent = Consent.objects.get(application=case, purpose="tell_partner")
    assert "Newcomer Hub" in consent.as_read


def test_it_is_withdrawn_and_given_again_each_time_with_its_dates(submitted, amina):
    first = Consent.objects.get(application=submitted, purpose="credit_check")
    consents.withdraw(submitted, by=amina, purpose="credit_check")
    assert again(first).withdrawn_at is not None
    second = consents.give(submitted, by=amina, purpose="credit_check")
    assert second.pk != first.pk
    assert [event.detail["purpose"] for event in Event.objects.filter(verb__endswith="consent")] == ["credit_check"] * 2


def test_a_wording_is_never_changed_and_the_old_one_stays_readable(submitted, amina):
    old = Consent.objects.get(application=submitted, purpose="credit_check").as_read
    ConsentText.objects.create(
        purpose="credit_check", version="2", effective_from=clock.today(),
        text_en="Two bureaus.", text_fr="Deux agences.", after_en="Nothing.", after_fr="Rien.",
    )  # fmt: skip
    consents.withdraw(submitted, by=amina, purpose="credit_check")
    new = consents.give(submitted, by=amina, purpose="credit_check")
    assert (new.text_version, new.as_read) == ("2", "Two bureaus.")
    assert Consent.objects.filter(purpose="credit_check").first().as_read == old
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ConsentText.objects.filter(version="1").update(text_en="Anything")


def test_a_wording_of_tomorrow_is_not_read_today(office):
    ConsentText.objects.create(
        purpose="messages", version="2", effective_from=clock.today() + timedelta(days=1),
        text_en="New.", text_fr="Neuf.", after_en="-", after_fr="-",
    )  # fmt: skip
    assert ConsentText.in_force()["messages"].version == "1"
    assert ConsentText.in_force(clock.today() + timedelta(days=1))["messages"].version == "2"


def test_words_of_a_row_made_in_bulk_come_from_its_version(submitted, amina):
    row = Consent(application=submitted, user=amina, purpose="messages", text_version="1", language="fr")
    assert row.as_read.startswith("Le bureau de prêt peut m’écrire")


@pytest.mark.parametrize("purpose", ["truth", "", "everything"])
def test_a_statement_or_an_unknown_purpose_is_neither_given_nor_withdrawn(submitted, amina, purpose):
    for verb in (consents.give, consents.withdraw):
        with pytest.raises(Refused) as refused:
            verb(submitted, by=amina, purpose=purpose)
        assert refused.value.code == "unknown_consent"


def test_nothing_is_given_or_withdrawn_twice(submitted, amina):
    with pytest.raises(Refused) as refused:
        consents.give(submitted, by=amina, purpose="credit_check")
    assert refused.value.code == "agreed_already"
    with pytest.raises(Refused) as refused:
        consents.withdraw(submitted, by=amina, purpose="messages")
    assert refused.value.code == "not_agreed_to"


def test_a_second_click_does_it_once(submitted, amina):
    for _click in range(2):
        consents.give(submitted, by=amina, purpose="research", once_key="one form")
    for _click in range(2):
        withdrawn = consents.withdraw(submitted, by=amina, purpose="research", once_key="another form")
    assert withdrawn.withdrawn_at is not None
    assert Consent.objects.filter(purpose="research").count() == 1


def test_nobody_else_decides_it(submitted, bilal, omar, mariam):
    for stranger in (bilal, omar, mariam):
        with pytest.raises(PermissionDenied):
            consents.withdraw(submitted, by=stranger, purpose="credit_check")


def test_in_a_draft_it_is_an_answer_of_the_form(draft, amina):
    with pytest.raises(TransitionNotAllowed):
        consents.give(draft, by=amina, purpose="messages")


def test_what_was_withdrawn_is_not_given_anew_by_sending_answers(submitted, amina, omar):
    consents.withdraw(submitted, by=amina, purpose="credit_check")
    case = review.take(again(submitted), by=omar)
    review.ask_for_more(case, by=omar, asked=[("consents", "Would you agree to questions later on?")])
    filling.save(again(case), CONSENTS_SECTION, [{"research": "yes"}], by=amina)
    review.answer(again(case), by=amina)
    standing = Consent.objects.filter(application=case, withdrawn_at=None)
    assert set(standing.values_list("purpose", flat=True)) == {"truth", "research"}


def test_a_credit_check_is_needed_only_where_the_product_needs_it(amina, product):
    case = fill_in(filling.start(amina, product), amina, consents={"credit_check": ""})
    assert [gap.field for gap in Form(case).all_gaps()] == ["credit_check"]
    product.needs_credit_check = False
    product.save()
    assert Form(again(case)).all_gaps() == []
    assert Form(again(case)).status(CONSENTS_SECTION) == "done"


def test_the_wording_is_that_of_the_day_on_which_the_box_was_ticked(draft, amina):
    later = days_ahead(3)
    ConsentText.objects.create(
        purpose="credit_check", version="2", effective_from=clock.day_of(later),
        text_en="Two bureaus.", text_fr="Deux agences.", after_en="Nothing.", after_fr="Rien.",
    )  # fmt: skip
    with clock.at(later):
        submission.submit(draft, by=amina)
    assert Consent.objects.get(application=draft, purpose="credit_check").text_version == "1"
