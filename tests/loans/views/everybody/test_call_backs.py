"""The page “Call me back”, and the list of the office."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applicants.models import CallBack
from config import clock
from letters.models import Lender
from loans.lifecycle.writing import call_backs
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db
HERE, THANKS, LIST = "/call-me/", "/call-me/thanks/", "/office/calls/"
SAID = {"name": "Nia", "phone": "613-555-0123", "language": "en", "wants_interpreter": "no", "suits": "any"}


def words(page):
    text = re.sub(r"<[^>]+>", " ", page.content.decode().replace("\xa0", " "))
    return re.sub(r"\s+", " ", html.unescape(text))


def send(browser=None, **other):
    return (browser or Client()).post(HERE, {**SAID, **other})


def asked(name="Nia", phone="613-555-0123", **other):
    said = {"language": "en", "interpreter": "", "suits": "any", "words": "", **other}
    return call_backs.ask_for_a_call(name=name, phone=phone, **said)


def test_anybody_may_ask_and_is_told_when_we_call_and_what_we_never_ask(office):
    answer = send(wants_interpreter="yes", interpreter="Tigrinya", words="After four.")
    assert (answer.status_code, answer.url) == (302, THANKS)
    row = CallBack.objects.get()
    assert (row.name, row.interpreter, row.words) == ("Nia", "Tigrinya", "After four.")
    said = words(Client().get(THANKS))
    assert "A person calls you within 2 business days." in said
    assert "Monday to Friday, 9 a.m. to 5 p.m." in said
    assert "We never ask for money before a loan, nor" in said
    assert "Nia" not in said


def test_the_promise_is_a_setting(office, settings):
    settings.CALL_BACK_DAYS = 1
    assert "A person calls you within 1 business day." in words(Client().get(THANKS))


@pytest.mark.parametrize("phone", ["+961 1 555 010", "0049 (30) 123456", "613.555.0123 ext 7"])
def test_phones_of_other_countries_are_taken_as_they_are_written(office, phone):
    assert send(phone=phone).status_code == 302
    assert CallBack.objects.get().phone == phone


def test_a_phone_in_other_digits_is_kept_in_those_that_the_office_dials(office):
    assert send(phone="٠٦١٣٥٥٥٠١٢٣").status_code == 302
    assert CallBack.objects.get().phone == "06135550123"


@pytest.mark.parametrize("name", ["حنان", "U", "刘洋", "O’Neil-Ñandú", "María de los Ángeles Fernanda Quiroga"])
def test_one_name_of_any_script_is_enough(office, name):
    assert send(name=name).status_code == 302
    assert CallBack.objects.get().name == name


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "“Your name”: Please answer this question."),
        ({"name": "x" * 10_000}, "This is too long."),
        ({"name": "a\0b"}, "Some characters cannot be read."),
        ({"phone": "call me"}, "Please write a phone number with at least 7 digits."),
        ({"language": "tlh"}, "Please choose one of the answers."),
        ({"wants_interpreter": ""}, "Please answer this question."),
        ({"wants_interpreter": "yes"}, "“If you want one: for which language?”: Please answer this question."),
        ({"wants_interpreter": "yes", "interpreter": "y" * 61}, "This is too long."),
        ({"suits": "<script>"}, "Please choose one of the answers."),
        ({"words": "w" * 10_001}, "This is too long."),
    ],
)
def test_what_is_wrong_is_told_with_all_that_was_typed(office, wrong, told):
    answer = send(**{**SAID, "words": "After four.", **wrong})
    assert answer.status_code == 422
    assert told in words(answer)
    assert 'value="613-555-0123"' in answer.content.decode() or "phone" in wrong
    assert not CallBack.objects.exists()


def test_an_interpreter_who_is_not_wanted_is_not_kept(office):
    send(wants_interpreter="no", interpreter="Dari")
    assert CallBack.objects.get().interpreter == ""


def test_a_second_click_asks_once(office):
    page = Client().get(HERE)
    key = re.search(r'name="once_key" value="([^"]+)"', page.content.decode())[1]
    assert [send(once_key=key).url for _ in range(2)] == [THANKS, THANKS]
    assert CallBack.objects.count() == 1


def test_a_form_that_was_changed_after_it_was_sent_says_so_and_can_be_sent_again(office):
    send(once_key="one")
    answer = send(once_key="one", phone="613-555-0199")
    assert answer.status_code == 422
    assert "This form was already used for something else." in words(answer)
    key = re.search(r'name="once_key" value="([^"]+)"', answer.content.decode())[1]
    assert send(once_key=key, phone="613-555-0199").status_code == 302
    assert [row.phone for row in CallBack.objects.all()] == ["613-555-0123", "613-555-0199"]


def test_one_number_is_asked_for_five_times_an_hour_and_others_are_not_shut_out(office):
    assert [send(phone="613 555 0123").status_code for _ in range(5)] == [302] * 5
    assert send(phone="613-555-0123").status_code == 429
    assert send(phone="613-555-0199").status_code == 302


def test_one_client_may_not_fill_the_list(office):
    answers = [send(phone=f"613-555-01{number:02}").status_code for number in range(21)]
    assert answers == [302] * 20 + [429]
    assert Client().post(HERE, SAID, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_who_forgets_the_number_shuts_out_only_their_own_client(office):
    assert [send(phone="").status_code for _ in range(6)] == [422] * 5 + [429]
    assert Client().post(HERE, {**SAID, "phone": ""}, REMOTE_ADDR="203.0.113.9").status_code == 422


def test_looking_at_the_form_is_not_counted(office):
    assert {Client().get(HERE).status_code for _ in range(30)} == {200}


def test_the_form_begins_in_the_language_of_the_page(office):
    browser = Client()
    browser.cookies["language"] = "fr"
    page = browser.get(HERE)
    assert page.context["sheet"].raws["language"] == "fr"
    assert "Rappelez-moi" in words(page)


def test_the_hours_are_told_in_the_readers_language_or_marked_as_english(office, settings):
    settings.DEMO = True  # every language is offered
    browser = Client()
    browser.cookies["language"] = "ar"
    assert browser.get(THANKS).content.decode().count("من الاثنين إلى الجمعة") == 2  # in the page and at its foot
    Lender.objects.update(in_other_languages={})
    page = browser.get(THANKS).content.decode()
    assert page.count('<span lang="en" dir="ltr">Monday to Friday, 9 a.m. to 5 p.m.</span>') == 2


# --- The office -------------------------------------------------------------------------------------


def test_the_list_shows_the_longest_wait_first_and_the_desk_says_how_many(omar):
    for name in ("First", "Second"):
        asked(name, interpreter="Dari", words="After four.")
    officer = Person("en", omar)
    assert "2 people wait for a call" in words(officer.opens("desk"))
    said = words(officer.opens("calls"))
    assert said.index("First") < said.index("Second")
    assert "with an interpreter: Dari" in said
    assert "After four." in said
    assert "613-555-0123" in said


def test_a_call_that_was_promised_by_a_day_and_not_made_is_overdue_on_the_list_and_on_the_desk(omar):
    now = clock.now()
    with clock.at(now - timedelta(days=30)):
        asked("Late")
    officer = Person("en", omar)
    asked("Fresh")
    said = words(officer.opens("calls"))
    assert "1 of them was to be called by now." in said
    assert said.count("Overdue") == 1
    assert said.index("Late") < said.index("Overdue") < said.index("Fresh")
    assert "2 people wait for a call 1 of them was to be called by now." in words(officer.opens("desk"))
    CallBack.objects.filter(asked_at__lt=now - timedelta(days=1)).delete()
    assert "Overdue" not in words(officer.opens("calls"))
    assert "called by now" not in words(officer.opens("desk"))


def test_a_call_is_written_down_and_leaves_the_list(omar, mariam):
    row = asked()
    page = Person("en", omar).sends("call_closing", row.pk, note="She begins.")
    assert "Written down." in words(page)
    assert "Nobody waits for a call." in words(page)
    assert "Omar Diallo wrote it down on" in words(page)
    assert "She begins." in words(page)
    assert "wait for a call" not in words(Person("en", mariam).opens("desk"))


def test_a_second_click_on_done_is_no_fault_and_a_colleague_is_told(omar, olga):
    row = asked()
    for _ in range(2):
        assert "Written down." in words(Person("en", omar).sends("call_closing", row.pk, note="Yes."))
    page = Person("en", olga).sends("call_closing", row.pk, note="No.")
    assert "Somebody else wrote down meanwhile what came of this call." in words(page)
    assert CallBack.objects.get().note == "Yes."


def test_a_note_that_will_not_do_is_shown_again(omar):
    row, _other = asked(), asked("Another")
    answer = Person("en", omar).browser.post(f"{LIST}{row.pk}/closing/", {"note": "n" * 3001})
    assert answer.status_code == 422
    assert "This is too long." in words(answer)
    assert "n" * 3001 in answer.content.decode()
    assert CallBack.objects.get(pk=row.pk).done_at is None


@pytest.mark.parametrize("who", ["felix", "carl", "ada", "amina"])
def test_the_list_and_the_deed_are_for_those_who_call(who, request):
    row, browser = asked(), Person("en", request.getfixturevalue(who)).browser
    assert browser.get(LIST).status_code == 403
    assert browser.post(f"{LIST}{row.pk}/closing/", {"note": ""}).status_code == 403
    assert CallBack.objects.get().done_at is None


def test_a_call_that_is_not_there_is_not_found(omar):
    assert Person("en", omar).browser.post(f"{LIST}{9**30}/closing/").status_code == 404


def test_a_long_list_is_paged_and_asks_little(omar):
    for number in range(51):
        asked(f"Person {number}")
    officer = Person("en", omar)
    officer.opens("calls")
    with CaptureQueriesContext(connection) as queries:
        page = officer.opens("calls")
    assert len(queries) <= 12
    assert "51 people wait for a call" in words(page)
    assert "Page 1 of 2" in words(page)
    assert "Person 50" in words(officer.browser.get(LIST, {"page": 2}))
