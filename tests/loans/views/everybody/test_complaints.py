"""The page “Something went wrong? Tell us”, and the register of the office."""

import pytest
from django.test import Client
from django.urls import reverse

from config import clock
from loans.lifecycle.writing import complaints
from loans.models import Complaint
from tests.cases import again
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
HERE, THANKS = "/complaint/", "/complaint/thanks/"
SAID = {"kind": "manner", "words": "I was laughed at.", "whom": "Olga"}
REACH = {"name": "Nia", "email": "nia@example.org", "phone": ""}


def complain(**other):
    return complaints.complain(**{**SAID, **REACH, **other})


def read(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def send(client, user, to, *args, **data):
    client.force_login(user)
    return client.post(reverse(to, args=args), data)


def test_anybody_tells_us_and_is_told_the_number_and_the_days(office):
    browser = Client()
    answer = browser.post(HERE, {**SAID, **REACH})
    assert (answer.status_code, answer.url) == (302, THANKS)
    row = Complaint.objects.get()
    assert (row.words, row.name, row.email, row.user) == ("I was laughed at.", "Nia", "nia@example.org", None)
    page = browser.get(THANKS).content.decode()
    assert f"Your number with us is {row.number}." in page
    assert "answers you within 30 days." in page
    assert "Nia" not in page


def test_a_form_that_is_not_filled_in_is_shown_again_with_what_was_typed(office):
    answer = Client().post(HERE, {"words": "I was laughed at.", "kind": ""})
    assert answer.status_code == 422
    assert "I was laughed at." in answer.content.decode()
    assert not Complaint.objects.exists()


def test_whoever_is_signed_in_says_which_case_it_is_about(client, amina, submitted, bilal):
    page = read(client, amina, "complaint").content.decode()
    assert submitted.reference in page
    assert 'name="email"' not in page
    assert send(client, amina, "complaint", **SAID, case=submitted.reference).status_code == 302
    assert (again(Complaint.objects.get()).application, Complaint.objects.get().user) == (submitted, amina)
    assert send(client, bilal, "complaint", **SAID, case=submitted.reference, once_key="b").status_code == 302
    assert Complaint.objects.latest("pk").application is None


def test_too_many_from_one_place_are_stopped(office, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "complaint": "2/h/ip"}
    answers = [Client().post(HERE, {**SAID, **REACH}).status_code for _ in range(3)]
    assert answers == [302, 302, 429]


def test_a_manager_gives_it_to_an_officer_who_answers(client, office, mariam, omar, olga):
    row = complain()
    register = read(client, mariam, "complaints").content.decode()
    assert row.number in register
    page = read(client, mariam, "office_complaint", row.number)
    assert [deed["key"] for deed in page.context["deeds"]] == ["owner", "about"]
    choices = dict(page.context["deeds"][0]["fields"][0]["choices"])
    assert olga.name not in choices.values()
    assert send(client, mariam, "complaint_owner", row.number, owner=omar.pk).status_code == 302
    assert "1 complaint waits for you" in read(client, omar, "desk").content.decode()
    said = {"outcome": "right", "answer": "You are right. We are sorry."}
    assert send(client, omar, "complaint_answer", row.number, **said).status_code == 302
    page = read(client, omar, "office_complaint", row.number)
    assert "You are right. We are sorry." in page.content.decode()
    assert page.context["deeds"] == []


def test_whom_it_names_finds_nothing(client, office, olga, mariam):
    row = complain()
    assert row.number not in read(client, olga, "complaints").content.decode()
    assert read(client, olga, "office_complaint", row.number).status_code == 404
    for to in ("complaint_owner", "complaint_about", "complaint_answer"):
        assert send(client, olga, to, row.number, owner=olga.pk).status_code == 404


def test_an_answer_that_came_too_late_is_not_lost(client, office, mariam, omar):
    row = complaints.assign(complain(), by=mariam, owner=omar)
    complaints.answer(row, by=omar, words="Sorry.", outcome="right")
    answer = send(client, omar, "complaint_answer", row.number, outcome="right", answer="Another answer.")
    assert answer.status_code == 422
    assert "Another answer." in answer.content.decode()
    assert "This complaint was answered meanwhile." in answer.content.decode()


def test_staff_write_one_down(client, office, omar):
    said = {**SAID, **REACH, "way": "telephone", "language": "ar"}
    assert send(client, omar, "complaint_new", **said).status_code == 302
    row = Complaint.objects.get()
    assert (row.entered_by, row.language, row.way) == (omar, "ar", "telephone")
    answer = send(client, omar, "complaint_new", **{**said, "whom": "Omar"})
    assert answer.status_code == 422
    assert "This complaint speaks of you" in answer.content.decode()


def test_the_register_shows_what_is_overdue_and_counts(client, office, mariam):
    complain()
    complain(kind="wait", whom="")
    page = read(client, mariam, "complaints")
    counts = dict(page.context["months"][0]["counts"])
    assert [counts["How somebody treated me"], counts["I wait too long"]] == [1, 1]
    with clock.at(days_ahead(40)):
        late = read(client, mariam, "complaints").content.decode()
        assert "2 were to be answered by now." in late
        assert "2 were to be answered by now." in read(client, mariam, "desk").content.decode()


def test_the_pages_ask_little(client, office, mariam, submitted, amina, django_assert_max_num_queries):
    rows = [complain(user=amina, application=submitted) for _ in range(3)]
    for name, args in (("complaints", []), ("office_complaint", [rows[0].number]), ("complaint_new", [])):
        read(client, mariam, name, *args)
        with django_assert_max_num_queries(12):
            assert client.get(reverse(name, args=args)).status_code == 200
