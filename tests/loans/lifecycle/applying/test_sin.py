"""A social insurance number: optional, sealed, shown by its last digits, and nowhere else."""

import logging

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from applicants.models import Applicant
from letters.models import Letter
from letters.render import render
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing import review
from loans.models import Answer, Submission
from loans.models.form import Form
from loans.sections import ABOUT_ME
from tests.cases import SAID, TERMS, again, fill_in
from vault.models import Sealed

pytestmark = pytest.mark.django_db
SIN = "912345675"  # of the shape of a temporary resident's; nobody's
SPELT = (SIN, "912 345 675", "912-345-675")
SHOWN = "9•• ••• 675"


@pytest.fixture
def told(amina, product):
    """A draft of somebody who told the number."""
    case = filling.start(amina, product)
    return fill_in(case, amina, about_me={"sin": "912 345 675", "sin_expires_on": "31/8/2028"})


@pytest.fixture
def sent(told, amina):
    return submission.submit(told, by=amina)


def columns():
    """Every value of every column of the database, as it lies there."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield from ((table, bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode()) for v in row)


def opened():
    """Every sealed value of every row, as text."""
    for model in apps.get_models():
        if issubclass(model, Sealed):
            for row in model.objects.all():
                for field in model._meta.fields:
                    yield model.__name__, field.name, str(getattr(row, field.attname))


def test_the_draft_shows_its_last_digits_only(told):
    form = Form(told)
    assert form.raw("about-me", "sin") == SHOWN
    assert form.value("about-me", "sin") == SIN
    assert SIN not in str(form.as_said())


def test_once_sent_it_lies_in_one_sealed_column_and_nowhere_else(sent):
    person = Applicant.objects.get(pk=sent.applicant_id)
    assert (person.sin, person.sin_expires_on.isoformat()) == (SIN, "2028-08-31")
    assert [(model, field) for model, field, text in opened() if SIN in text] == [("Applicant", "sin")]
    assert [table for table, value in columns() if any(each.encode() in value for each in SPELT)] == []


def test_the_frozen_form_holds_what_may_be_shown(sent):
    (submission_,) = Submission.objects.all()
    assert submission_.answers["about-me"][0]["sin"] == {"raw": SHOWN, "value": SHOWN}


def test_the_same_number_is_found_again_by_a_keyed_hash(sent, bilal, product):
    other = fill_in(filling.start(bilal, product), bilal, about_me={"sin": SIN, "sin_expires_on": "31/8/2028"})
    submission.submit(other, by=bilal)
    found = Applicant.objects.get(user=bilal).sin_hash
    assert len(found) == 64
    assert Applicant.objects.filter(sin_hash=found).count() == 2
    assert SIN not in found


def test_no_page_letter_or_log_says_it(client, told, amina, omar, mariam, ada, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(amina)
    typed = {**SAID["about-me"], "sin": "912 345 675", "born_on": "27 March 1985", "sin_expires_on": "31 August 2028"}
    heard = [client.post(reverse("section", args=[told.reference, "about-me"]), typed).content.decode()]
    heard.append(client.get(reverse("section", args=[told.reference, "about-me"])).content.decode())
    heard.append(client.get(reverse("check_answers", args=[told.reference])).content.decode())
    case = review.take(submission.submit(told, by=amina), by=omar)
    decision.recommend(again(case), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    decision.approve(again(case), by=mariam)
    heard += [client.get(reverse("my_case", args=[case.reference])).content.decode()]
    for reader in (omar, mariam, ada):
        client.force_login(reader)
        heard.append(client.get(reverse("case", args=[case.reference])).content.decode())
    heard += [part for letter in Letter.objects.all() for part in render(letter)] + [caplog.text]
    assert [at for at, text in enumerate(heard) if any(each in text for each in SPELT)] == []
    assert SHOWN in heard[1]


def test_the_auditor_does_not_even_see_its_last_digits(client, sent, ada, omar):
    for reader, sees in ((omar, True), (ada, False)):
        client.force_login(reader)
        page = client.get(reverse("case", args=[sent.reference])).content.decode()
        assert (SHOWN in page) == sees
        assert ("August 31, 2028" in page) == sees


def test_leaving_it_out_changes_nothing(submitted):
    person = Applicant.objects.get(pk=submitted.applicant_id)
    assert (person.sin, person.sin_hash, person.sin_expires_on) == (None, "", None)
    assert submitted.state == "submitted"


def test_the_day_on_which_it_ends_is_asked_of_a_number_that_begins_with_9(amina, product, settings):
    settings.DEMO = True
    case = filling.start(amina, product)
    asked = {
        number: [field.name for field in filling.save(case, ABOUT_ME, [{"sin": number}], by=amina).asked(ABOUT_ME)]
        for number in ("", "046 454 286", "912 345 675")
    }
    assert ["sin_expires_on" in names for names in asked.values()] == [False, False, True]


def test_the_page_sent_back_as_it_was_shown_keeps_the_number(told, amina):
    form = filling.save(told, ABOUT_ME, [{"sin": SHOWN}], by=amina)
    assert form.value("about-me", "sin") == SIN


def test_a_shown_number_that_is_not_there_is_no_number(amina, product):
    case = filling.start(amina, product)
    form = filling.save(case, ABOUT_ME, [{"sin": "••• ••• 286"}], by=amina)
    assert form.error("about-me", ABOUT_ME.field("sin")) == "not_a_sin"


def test_a_typing_error_is_kept_to_be_mended_and_then_forgotten(amina, product):
    case = filling.start(amina, product)
    form = filling.save(case, ABOUT_ME, [{"sin": "912 345 674"}], by=amina)
    assert (form.raw("about-me", "sin"), form.value("about-me", "sin")) == ("912 345 674", None)
    filling.save(case, ABOUT_ME, [{"sin": "912 345 675"}], by=amina)
    filling.save(case, ABOUT_ME, [{"sin": ""}], by=amina)
    assert [(row.raw, row.value) for row in Answer.objects.filter(field="sin")] == [("", None)]


def test_it_can_be_taken_out_or_changed_when_the_page_is_asked_for_again(sent, amina, omar):
    case = review.ask_for_more(review.take(sent, by=omar), by=omar, asked=[("about-me", "Your number has ended.")])
    filling.save(case, ABOUT_ME, [{"sin": "900 000 001", "sin_expires_on": "1/2/2030"}], by=amina)
    review.answer(again(case), by=amina)
    assert (again(sent.applicant).sin, again(sent.applicant).sin_expires_on.year) == ("900000001", 2030)
    assert "900000001" not in str([each.answers for each in Submission.objects.all()])
    case = review.ask_for_more(again(case), by=omar, asked=[("about-me", "Take it out if you like.")])
    filling.save(case, ABOUT_ME, [{"sin": ""}], by=amina)
    review.answer(again(case), by=amina)
    assert again(sent.applicant).sin is None
    assert again(sent.applicant).sin_hash == ""
