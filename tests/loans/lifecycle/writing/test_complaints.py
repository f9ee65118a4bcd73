"""A complaint has a number, an owner of whom it does not speak, a day, and an answer that reaches the person."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation

from accounts.models import Role
from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conflicts
from loans.lifecycle.writing import complaints
from loans.models import Complaint
from money.calendar import next_business_day
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.people import somebody

pytestmark = pytest.mark.django_db
SAID = {"kind": "manner", "words": "I was laughed at.", "name": "Nia", "email": "nia@example.org"}
TOLD = {"way": "telephone", "language": "fr", **SAID}


def complain(**other):
    return complaints.complain(**{**SAID, **other})


def refused(act, error=Refused):
    """The code with which `act()` is refused; it leaves no trace."""
    before = list(Complaint.objects.values())
    with pytest.raises(error) as told:
        act()
    assert list(Complaint.objects.values()) == before
    return getattr(told.value, "code", "")


@pytest.fixture
def row(office, mariam, omar):
    return complaints.assign(complain(), by=mariam, owner=omar)


def test_a_complaint_gets_a_number_and_a_day(office):
    first, second = complain(), complain()
    year = clock.today().year
    assert [first.number, second.number] == [f"C-{year}-0001", f"C-{year}-0002"]
    assert first.due_on == next_business_day(clock.today() + timedelta(days=30), ())


def test_the_days_are_a_setting(office, settings):
    settings.COMPLAINT_DAYS = 10
    assert complain().due_on == next_business_day(clock.today() + timedelta(days=10), ())


def test_the_person_gets_a_letter_in_their_language_without_their_words(office):
    with translation.override("fr"):
        row = complain()
    letter = Letter.objects.get(kind="complaint_received")
    assert (letter.language, letter.address, letter.to) == ("fr", "nia@example.org", None)
    text = render(letter).text
    assert row.number in text
    assert "laughed" not in text


def test_whoever_is_signed_in_is_answered_at_their_address(office, amina, submitted, mariam, omar):
    row = complain(user=amina, application=submitted, name="", email="")
    assert Letter.objects.get(kind="complaint_received").to == amina
    complaints.assign(row, by=mariam, owner=omar)
    complaints.answer(row, by=omar, words="We are sorry.", outcome="right")
    assert "We are sorry." in render(Letter.objects.get(kind="complaint_answered", to=amina)).text


def test_nobody_is_written_to_who_left_no_address(office, mariam, omar):
    row = complain(email="")
    complaints.assign(row, by=mariam, owner=omar)
    complaints.answer(row, by=omar, words="We are sorry.", outcome="partly")
    assert not Letter.objects.exists()


def test_the_database_sees_no_words_and_no_names(row, omar):
    complaints.answer(row, by=omar, words="We are sorry.", outcome="right")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM loans_complaint")
        kept = " ".join(str(bytes(value) if isinstance(value, memoryview) else value) for value in cursor.fetchone())
    for word in ("laughed", "Nia", "nia@", "sorry"):
        assert word not in kept


@pytest.mark.parametrize(("wrong", "code"), [({"words": " "}, "no_words"), ({"kind": "weather"}, "not_listed")])
def test_a_complaint_that_makes_no_sense_is_refused(office, wrong, code):
    assert refused(lambda: complain(**wrong)) == code


def test_a_second_click_tells_us_once(office):
    assert complain(once_key="one") == complain(once_key="one")
    assert Letter.objects.count() == 1
    assert refused(lambda: complain(once_key="one", words="Something else.")) == "once_key_reused"


@pytest.mark.parametrize("whom", ["Mariam", "mariam haddad", "HADDAD", "Mme Haddàd"])
def test_whoever_is_named_does_not_see_it(office, mariam, carl, whom):
    row = complain(whom=whom)
    assert not Complaint.objects.open_to(mariam).exists()
    assert Complaint.objects.open_to(carl).get() == row  # the board sees what names a manager


def test_a_name_in_the_words_counts_too(office, mariam):
    complain(words="At the desk Mariam laughed at me.")
    assert not Complaint.objects.open_to(mariam).exists()


def test_nobody_reads_it_but_managers_auditors_and_its_owner(row, omar, olga, mariam, ada, felix, carl, amina):
    see = [who.name for who in (omar, olga, mariam, ada, felix, carl, amina) if Complaint.objects.open_to(who).exists()]
    assert see == ["Omar Diallo", "Mariam Haddad", "Ada Lindqvist"]


def test_an_owner_who_works_here_no_more_reads_it_no_more(row, omar):
    omar.__dict__["roles"] = frozenset()
    assert not Complaint.objects.open_to(omar).exists()


def test_whoever_has_a_conflict_on_its_case_does_not_see_it(in_review, amina, olga, mariam):
    second = somebody("second@office.example", "Second Manager", Role.MANAGER)
    row = complain(user=amina, application=in_review)
    conflicts.declare(in_review, by=second, note="My neighbour.")
    assert not Complaint.objects.open_to(second).exists()
    assert refused(lambda: complaints.assign(again(row), by=mariam, owner=second)) == "unknown_owner"


def test_whom_it_names_does_not_own_it(office, mariam, omar, olga):
    row = complain(whom="Omar")
    assert refused(lambda: complaints.assign(row, by=mariam, owner=omar)) == "unknown_owner"
    assert complaints.assign(row, by=mariam, owner=olga).owner == olga


def test_an_owner_who_is_named_later_is_its_owner_no_more(row, mariam, omar):
    complaints.name_staff(row, by=mariam, about=[omar])
    assert again(row).owner is None
    assert not Complaint.objects.open_to(omar).exists()


@pytest.mark.parametrize("who", ["felix", "ada", "amina"])
def test_only_who_answers_complaints_may_own_one(request, row, mariam, who):
    owner = request.getfixturevalue(who)
    assert refused(lambda: complaints.assign(row, by=mariam, owner=owner)) == "unknown_owner"


def test_nobody_names_themselves(row, mariam):
    assert refused(lambda: complaints.name_staff(row, by=mariam, about=[mariam])) == "complaint_about_you"


@pytest.mark.parametrize("who", ["omar", "olga", "ada", "felix", "carl", "amina"])
def test_only_a_manager_says_whose_it_is(request, row, olga, who):
    by = request.getfixturevalue(who)
    refused(lambda: complaints.assign(row, by=by, owner=olga), PermissionDenied)
    refused(lambda: complaints.name_staff(row, by=by, about=[]), PermissionDenied)


def test_a_manager_who_is_named_handles_nothing_and_the_board_does(office, mariam, carl, olga):
    row = complain(whom="Mariam Haddad")
    refused(lambda: complaints.assign(row, by=mariam, owner=olga), PermissionDenied)
    assert complaints.assign(row, by=carl, owner=olga).owner == olga


@pytest.mark.parametrize("who", ["olga", "mariam", "ada", "felix", "carl"])
def test_only_its_owner_answers(request, row, who):
    by = request.getfixturevalue(who)
    refused(lambda: complaints.answer(row, by=by, words="Sorry.", outcome="right"), PermissionDenied)


def test_an_answer_is_given_once(row, omar, mariam):
    assert refused(lambda: complaints.answer(row, by=omar, words=" ", outcome="right")) == "no_words"
    assert refused(lambda: complaints.answer(row, by=omar, words="Sorry.", outcome="maybe")) == "not_listed"
    for _click in range(2):
        done = complaints.answer(row, by=omar, words="Sorry.", outcome="right")
    assert (done.answered_by, done.outcome, done.answer) == (omar, "right", "Sorry.")
    assert Letter.objects.filter(kind="complaint_answered").count() == 1
    other = lambda: complaints.answer(row, by=omar, words="Other.", outcome="right")  # noqa: E731
    assert refused(other) == "complaint_answered"
    assert refused(lambda: complaints.assign(row, by=mariam, owner=omar)) == "complaint_answered"


def test_staff_write_down_what_was_told_by_telephone(office, omar):
    row = complaints.enter(by=omar, **TOLD)
    assert (row.entered_by, row.way, row.language) == (omar, "telephone", "fr")
    assert Letter.objects.get(kind="complaint_received").language == "fr"
    assert not Complaint.objects.open_to(omar).exists()
    assert refused(lambda: complaints.enter(by=omar, **{**TOLD, "whom": "Omar Diallo"})) == "complaint_about_you"
    assert refused(lambda: complaints.enter(by=omar, **{**TOLD, "way": "page"})) == "not_listed"
    assert refused(lambda: complaints.enter(by=omar, **{**TOLD, "language": "xx"})) == "not_listed"


@pytest.mark.parametrize("who", ["felix", "ada", "amina"])
def test_nobody_else_writes_one_down(request, office, who):
    by = request.getfixturevalue(who)
    refused(lambda: complaints.enter(by=by, **TOLD), PermissionDenied)


def test_one_is_overdue_after_its_day(row):
    with clock.at(days_ahead((row.due_on - clock.today()).days)):
        assert not again(row).is_overdue
    with clock.at(days_ahead((row.due_on - clock.today()).days + 1)):
        assert again(row).is_overdue


def test_words_and_names_are_erased_three_years_after_the_answer(row, omar):
    assert complaints.forget_complaints(clock.day_of(days_ahead(5000))).done == 0
    complaints.answer(row, by=omar, words="Sorry.", outcome="right")
    assert complaints.forget_complaints(clock.day_of(days_ahead(complaints.KEPT_DAYS))).done == 0
    day = clock.day_of(days_ahead(complaints.KEPT_DAYS + 1))
    assert complaints.forget_complaints(day).done == 1
    assert complaints.forget_complaints(day).done == 0
    kept = again(row)
    assert [kept.words, kept.name, kept.email, kept.answer, kept.whom] == [None] * 5
    assert (kept.kind, kept.outcome, kept.erased_on) == ("manner", "right", day)
