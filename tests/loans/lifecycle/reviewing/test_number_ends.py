"""A social insurance number ends on a day: the person is asked for the next one, and an officer writes it down."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from accounts.people import give_role
from applicants.models import Applicant
from config import clock
from letters.models import Letter
from letters.render import render, render_text
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.lending import write_off
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import number_ends, review
from loans.models import Application
from loans.tasks import NIGHTLY, nightly
from tests.cases import again, fill_in

pytestmark = pytest.mark.django_db
SIN = "912345675"  # of the shape of a temporary resident's; nobody's
ENDS = date(2028, 8, 31)
SPELT = (SIN, "912 345 675", "912-345-675", "675")


@pytest.fixture
def told(amina, product):
    """A case of somebody who told a number that ends on ENDS."""
    case = filling.start(amina, product)
    return submission.submit(fill_in(case, amina, about_me={"sin": SIN, "sin_expires_on": "31/8/2028"}), by=amina)


def at(day):
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("America/Toronto")))


def ask(*, days_before, ends=ENDS):
    """What the night does so many days before the number ends."""
    day = ends - timedelta(days=days_before)
    with at(day):
        return number_ends.ask_when_numbers_end(clock.today()).done


def letters():
    return list(Letter.objects.filter(kind="number_ends").order_by("pk"))


def test_sixty_and_fourteen_days_before_it_ends_the_person_is_asked_once_each(told):
    assert [ask(days_before=days) for days in (61, 60, 60, 59, 15, 14, 14, 1, 0)] == [0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert [(each.to, each.case_reference) for each in letters()] == [(told.applicant.user, told.reference)] * 2
    assert told.events.filter(verb="ask_when_number_ends").count() == 2


def test_a_night_that_was_missed_is_made_up_for_and_nobody_is_asked_twice_at_a_time(told):
    assert [ask(days_before=days) for days in (40, 39, 5, 4)] == [1, 0, 1, 0]


def test_who_comes_shortly_before_the_end_is_asked_once_and_after_the_end_nobody_is(told):
    assert [ask(days_before=days) for days in (10, 3, -1, -20)] == [1, 0, 0, 0]


def test_the_days_are_settings(told, settings):
    settings.NUMBER_ENDS_DAYS = [30]
    assert [ask(days_before=days) for days in (60, 31, 30, 14)] == [0, 0, 1, 0]
    settings.NUMBER_ENDS_DAYS = []
    assert ask(days_before=1) == 0


def test_an_office_that_asks_on_no_day_asks_nobody(told, settings):
    settings.NUMBER_ENDS_DAYS = []
    assert [ask(days_before=days) for days in (1, 0)] == [0, 0]


def test_it_is_a_job_of_every_night(told):
    assert "ask_when_numbers_end" in NIGHTLY
    with at(ENDS - timedelta(days=20)):
        assert nightly()["ask_when_numbers_end"] == (1, 0)
        assert nightly()["ask_when_numbers_end"] == (0, 0)


def test_a_new_day_is_asked_about_anew_and_only_the_new_one(told, omar):
    assert ask(days_before=60) == 1
    new = ENDS + timedelta(days=365)
    number_ends.renew(told, by=omar, ends_on=new)
    assert [ask(days_before=days) for days in (59, 14, 0)] == [0, 0, 0]
    assert [ask(days_before=days, ends=new) for days in (60, 14)] == [1, 1]


def test_no_letter_or_text_says_a_digit_of_the_number(told):
    ask(days_before=60)
    (letter,) = letters()
    words = " ".join((*render(letter), render_text(letter)))
    assert "August 31, 2028" in words
    assert not any(each in words for each in SPELT)
    assert not any(each in str((letter.facts, letter.occasion)) for each in SPELT)


@pytest.mark.parametrize("language", ["en", "fr", "ar", "es", "zh-hans"])
def test_the_letter_is_written_in_each_language(told, amina, language, settings):
    settings.DEMO = True  # every language is offered
    amina.language = language
    amina.save(update_fields=["language"])
    ask(days_before=60)
    subject, text, *_ = render(letters()[0])
    heading = {"en": "Please tell us the new date", "fr": "Dites-nous la nouvelle date"}
    assert (subject == heading["en"]) == (language == "en")
    assert language != "fr" or subject == heading["fr"]
    assert "2028" in text


def test_whose_case_is_over_is_not_asked(told, amina):
    submission.withdraw(told, by=amina)
    assert ask(days_before=60) == 0


def test_who_told_no_number_is_not_asked(submitted):
    assert ask(days_before=60) == 0


def test_whose_loan_runs_is_asked(active):
    Applicant.objects.filter(pk=active.application.applicant_id).update(sin_expires_on=ENDS)
    assert ask(days_before=60) == 1


def test_whose_loan_is_over_is_not_asked(active, omar, mariam):
    Applicant.objects.filter(pk=active.application.applicant_id).update(sin_expires_on=ENDS)
    write_off.propose(active, by=omar, note="He left the country.")
    write_off.write_off(again(active), by=mariam)
    assert ask(days_before=60) == 0


def test_a_person_of_two_cases_is_asked_once(told, amina, product):
    submission.submit(fill_in(filling.start(amina, product), amina), by=amina)
    Applicant.objects.update(sin_expires_on=ENDS)
    assert Application.objects.count() == 2
    assert (ask(days_before=60), len(letters())) == (1, 1)


# --- The officer writes the new day down ----------------------------------------------------------


def test_an_officer_writes_down_the_new_day_and_the_form_says_it_too(told, omar, amina):
    number_ends.renew(told, by=omar, ends_on=date(2030, 1, 31))
    person = Applicant.objects.get(pk=told.applicant_id)
    assert (person.sin, person.sin_expires_on) == (SIN, date(2030, 1, 31))
    case = review.ask_for_more(review.take(told, by=omar), by=omar, asked=[("budget", "Is the rent right?")])
    review.answer(again(case), by=amina)
    assert Applicant.objects.get(pk=told.applicant_id).sin_expires_on == date(2030, 1, 31)


def test_a_number_that_was_replaced_is_forgotten_and_stays_so(told, omar, amina):
    number_ends.renew(told, by=omar, is_forgotten=True)
    case = review.ask_for_more(review.take(told, by=omar), by=omar, asked=[("budget", "Is the rent right?")])
    review.answer(again(case), by=amina)
    person = Applicant.objects.get(pk=told.applicant_id)
    assert (person.sin, person.sin_hash, person.sin_expires_on) == (None, "", None)
    assert ask(days_before=60) == 0


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "day_or_forgotten"),
        ({"ends_on": date(2030, 1, 1), "is_forgotten": True}, "day_or_forgotten"),
        ({"ends_on": date(2020, 1, 1)}, "number_has_ended"),
    ],
)
def test_what_makes_no_sense_is_refused(told, omar, said, code):
    with pytest.raises(Refused) as refused:
        number_ends.renew(told, by=omar, **said)
    assert refused.value.code == code
    assert Applicant.objects.get(pk=told.applicant_id).sin_expires_on == ENDS


@pytest.mark.parametrize("who", ["mariam", "felix", "carl", "ada", "amina"])
def test_nobody_but_an_officer_writes_it_down(told, who, request):
    with pytest.raises(PermissionDenied):
        number_ends.renew(told, by=request.getfixturevalue(who), ends_on=date(2030, 1, 1))


def test_an_officer_of_the_own_family_of_the_case_does_not(told, amina):
    give_role(amina, Role.OFFICER, by=None)
    with pytest.raises(PermissionDenied):
        number_ends.renew(told, by=amina, ends_on=date(2030, 1, 1))


def test_without_such_a_number_there_is_nothing_to_write_down(submitted, omar):
    with pytest.raises(PermissionDenied):
        number_ends.renew(submitted, by=omar, ends_on=date(2030, 1, 1))
