"""The letters of a case with their proof, and the way of one by post: printed, posted, back again."""

import html
import io

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from letters.models import Letter
from letters.returns import News
from loans.lifecycle.contracts.receiving import receive
from loans.lifecycle.writing import undelivered
from loans.models import Task
from tests.cases import again
from tests.people import signs_in

pytestmark = pytest.mark.django_db
MOST = 19


def words(response):
    return " ".join(html.unescape(response.content.decode()).split())


def url(case, name, *args):
    return reverse(name, args=[case.reference, *args])


def page(client, user, case, name="case_letters", *args):
    signs_in(client, user)
    return client.get(url(case, name, *args))


@pytest.fixture
def case(signed):
    return signed.application


@pytest.fixture
def letter(case):
    return Letter.objects.get(kind="signed")


def bounce(letter, what="hard", key="1"):
    undelivered.hear(News(letter.message_id, what, (letter.address,), key))


def test_each_paper_shows_its_hash_and_when_the_person_took_it(client, case, letter, omar, amina):
    files, before = list(letter.attachments.all()), words(page(client, omar, case))
    assert all(file.sha256 in before for file in files)
    assert before.count("Not yet") == len(files) == 4
    for file in files:
        receive(case, file, by=amina)
    assert "Not yet" not in words(page(client, omar, case))
    assert "Paper taken from our pages" in words(page(client, omar, case, "case"))


def test_what_came_back_is_seen_on_the_case_on_the_desk_and_in_the_diary(client, case, letter, omar, olga):
    bounce(letter)
    told = words(page(client, omar, case))
    assert "came back for good" in told
    assert "It did not arrive. Somebody is asked to reach the person." in told
    assert "Letters (1)" in told
    signs_in(client, omar)
    assert "1 letter did not arrive: ring, or send it by post" in words(client.get(reverse("desk")))
    assert "did not arrive. Ring, or send it by post." in words(client.get(reverse("diary")))
    assert f"#letter-{letter.pk}" in words(page(client, omar, case, "case_diary"))
    signs_in(client, olga)
    assert "did not arrive" not in words(client.get(reverse("desk")))


def test_the_task_is_done_in_the_diary(client, case, letter, omar):
    bounce(letter)
    task = Task.objects.get()
    signs_in(client, omar)
    sent = client.post(url(case, "task_result", task.pk), {"once_key": "r", "result": "I rang: she has it."})
    assert sent.status_code == 302
    assert again(task).closed.by == omar
    assert "Letters (1)" not in words(page(client, omar, case))


def test_an_auditor_sees_the_proof_and_no_address(client, case, letter, ada, omar):
    assert letter.address in words(page(client, omar, case))
    seen = words(page(client, ada, case))
    assert letter.address not in seen
    assert letter.attachments.first().sha256 in seen
    assert "Send it by post" not in seen
    assert client.post(url(case, "case_letter_by_post", letter.pk), {"once_key": "k"}).status_code == 403


def test_letters_with_codes_are_told_to_nobody(client, case, omar):
    code = Letter.objects.get(kind="signing_code")
    Letter.objects.filter(pk=code.pk).update(case_reference=case.reference)
    assert f"letter-{code.pk}" not in words(page(client, omar, case))


def test_what_colleagues_were_told_is_no_letter_of_the_case(client, case, letter, omar):
    Letter.objects.filter(pk=letter.pk).update(to=omar)
    assert f"letter-{letter.pk}" not in words(page(client, omar, case))
    assert client.post(url(case, "case_letter_by_post", letter.pk), {"once_key": "k"}).status_code == 422


def test_one_click_makes_it_a_letter_by_post_with_its_papers(client, case, letter, omar):
    bounce(letter)
    signs_in(client, omar)
    sent = client.post(url(case, "case_letter_by_post", letter.pk), {"once_key": "k"})
    made = Letter.objects.get(instead_of=letter)
    assert sent.url == url(case, "post_letter", made.pk)
    shown = words(client.get(sent.url))
    assert "12 Laurier Avenue" in shown
    assert "Loan agreement" in shown
    assert words(client.get(reverse("post"))).count("Amina El-Sayed") == 1
    again_sent = client.post(url(case, "case_letter_by_post", letter.pk), {"once_key": "other"})
    assert again_sent.status_code == 422
    assert "cannot be sent by post from here" in words(again_sent)


def test_it_is_printed_with_its_papers_on_letter_size(client, case, letter, omar):
    signs_in(client, omar)
    client.post(url(case, "case_letter_by_post", letter.pk), {"once_key": "k"})
    made = Letter.objects.get(instead_of=letter)
    printed = client.post(url(case, "post_printing", made.pk), {"once_key": "p"})
    assert printed.url == url(case, "post_paper", made.pk)
    assert again(made).state == "printed"
    with (
        pikepdf.open(io.BytesIO(client.get(printed.url).content)) as whole,
        pikepdf.open(io.BytesIO(letter.attachments.first().read())) as agreement,
    ):
        assert len(whole.pages) > len(agreement.pages)
        assert {tuple(map(int, page.mediabox[2:])) for page in whole.pages} == {(612, 792)}


def test_it_is_posted_on_a_day_and_counts_as_received(client, case, letter, omar):
    signs_in(client, omar)
    client.post(url(case, "case_letter_by_post", letter.pk), {"once_key": "k"})
    made = Letter.objects.get(instead_of=letter)
    here = url(case, "post_letter", made.pk)
    wrong = client.post(here, {"once_key": "w", "tracking": "in the blue box!"})
    assert wrong.status_code == 422
    assert "A tracking number has letters and digits only" in words(wrong)
    assert client.post(here, {"once_key": "p", "tracking": "RN 123"}).url == reverse("post")
    told = words(client.get(here))
    assert "RN123" in told
    assert "Counts as received on" in told
    back = client.post(url(case, "post_return", made.pk), {"once_key": "b"})
    assert back.url == url(case, "case_letters")
    assert "came back" in words(client.get(back.url))
    assert words(client.get(reverse("post"))).count("Amina El-Sayed") == 1
    assert "Letter came back from the post" in words(page(client, omar, case, "case"))


def test_the_person_is_asked_to_look_at_the_address_and_told_nothing_else(client, case, letter, amina, bilal):
    client.force_login(amina)
    assert "could not reach your e-mail address" not in words(client.get(reverse("my_cases")))
    bounce(letter)
    shown = words(client.get(reverse("my_cases")))
    assert "A letter from us could not reach your e-mail address. Is the address still right?" in shown
    client.force_login(bilal)
    assert "could not reach" not in words(client.get(reverse("my_cases")))


def test_the_page_asks_as_much_for_many_letters_as_for_one(client, case, letter, omar):
    page(client, omar, case)
    with CaptureQueriesContext(connection) as few:
        client.get(url(case, "case_letters"))
    for each in Letter.objects.filter(case_reference=case.reference):
        bounce(each)
    page(client, omar, case)
    with CaptureQueriesContext(connection) as more:
        client.get(url(case, "case_letters"))
    assert len(more) <= len(few) + 1
    assert len(more) <= MOST, len(more)
