"""The thread on its pages: the applicant's and the office's, their files, and what is told of the unread."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config import clock
from letters.models import Letter
from loans.lifecycle.applying import submission
from loans.lifecycle.writing.messages import CLOSED_DAYS, Attached, write_to_applicant, write_to_office
from loans.models import Message
from tests.cases import again, picture
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def mine(in_review):
    return reverse("my_messages", args=[in_review.reference])


@pytest.fixture
def theirs(in_review):
    return reverse("case_messages", args=[in_review.reference])


def key_in(page):
    return page.content.decode().partition('name="once_key" value="')[2].partition('"')[0]


def as_(client, user):
    client.force_login(user)
    return client


def test_both_sides_see_the_thread_and_when_it_was_seen(client, mine, theirs, amina, omar):
    page = as_(client, amina).get(mine)
    assert "Nothing yet." in page.content.decode()
    client.post(mine, {"text": "Is my <b>rent</b> letter\nenough?", "once_key": key_in(page)})
    assert "Not seen by the loan office yet" in client.get(mine).content.decode()
    page = as_(client, omar).get(theirs)
    assert "Is my &lt;b&gt;rent&lt;/b&gt; letter<br>enough?" in page.content.decode()
    client.post(theirs, {"text": "Yes, thank you.", "once_key": key_in(page)})
    assert "Not seen by the applicant yet" in client.get(theirs).content.decode()
    page = as_(client, amina).get(mine).content.decode()
    assert "Yes, thank you." in page
    assert "Seen by the loan office:" in page
    assert "Seen by the applicant:" in as_(client, omar).get(theirs).content.decode()


def test_asking_for_the_head_of_the_page_is_not_reading(client, mine, in_review, amina, omar):
    message = write_to_applicant(in_review, by=omar, text="Hello.")
    as_(client, amina).head(mine)
    assert Message.objects.get(pk=message.pk).read_at is None


def test_a_double_click_sends_one_message(client, mine, amina):
    key = key_in(as_(client, amina).get(mine))
    for _click in range(2):
        response = client.post(mine, {"text": "Hello.", "once_key": key, "file": upload()})
        assert response.url == mine
    assert Message.objects.count() == 1


def upload(data=None, name="stub.jpg"):
    return SimpleUploadedFile(name, picture() if data is None else data)


def test_files_are_looked_at_by_both_sides_and_never_run(client, mine, in_review, amina, omar):
    as_(client, amina).post(mine, {"text": "", "file": [upload(name="<img src=x>.jpg"), upload()]})
    first, second = Message.objects.get().files.all()
    for who, name in ((amina, "my_message_file"), (omar, "case_message_file")):
        response = as_(client, who).get(reverse(name, args=[in_review.reference, first.pk]))
        assert response.content == first.read()
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Cache-Control"] == "private, no-store"
    assert "<img src=x>" not in as_(client, amina).get(mine).content.decode()


@pytest.mark.parametrize("data", [b"<script>alert(1)</script>", b"", b"MZ\x90", b"%PDF-1.4 no end"])
def test_a_hostile_file_is_told_beside_its_box_and_the_words_are_kept(client, mine, amina, data):
    response = as_(client, amina).post(mine, {"text": "Look at this.", "file": upload(data)})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id-file"' in page
    assert "Look at this." in page
    assert Message.objects.count() == 0


def test_an_empty_message_and_a_long_one_are_told(client, mine, amina):
    for text in ("", "x" * 5001):
        response = as_(client, amina).post(mine, {"text": text})
        assert response.status_code == 422
        assert 'href="#id-text"' in response.content.decode()


@pytest.mark.parametrize("who", ["bilal", "clara", "omar", "felix"])
def test_the_applicants_thread_is_there_for_nobody_else(client, mine, in_review, amina, who, request):
    write_to_office(in_review, by=amina, text="Hello.", files=[Attached("a.jpg", picture())])
    file = reverse("my_message_file", args=[in_review.reference, Message.objects.get().files.get().pk])
    as_(client, request.getfixturevalue(who))
    assert [client.get(mine).status_code, client.post(mine).status_code, client.get(file).status_code] == [404] * 3


@pytest.mark.parametrize("who", ["amina", "bilal", "clara", "felix", "ada", "carl"])
def test_the_offices_thread_is_there_for_officers_and_managers_only(client, theirs, in_review, amina, who, request):
    write_to_office(in_review, by=amina, text="Hello.", files=[Attached("a.jpg", picture())])
    file = reverse("case_message_file", args=[in_review.reference, Message.objects.get().files.get().pk])
    as_(client, request.getfixturevalue(who))
    assert [client.get(theirs).status_code, client.post(theirs).status_code, client.get(file).status_code] == [404] * 3
    assert Message.objects.get().read_at is None


def test_a_file_of_another_case_is_not_there(client, in_review, amina):
    paper = in_review.documents.first().pages.get().file
    for name in ("my_message_file", "case_message_file"):
        assert as_(client, amina).get(reverse(name, args=[in_review.reference, paper.pk])).status_code == 404


def test_a_draft_has_no_thread(client, draft, amina):
    assert as_(client, amina).get(reverse("my_messages", args=[draft.reference])).status_code == 404
    assert "Messages with" not in client.get(reverse("my_case", args=[draft.reference])).content.decode()


def test_the_office_sees_what_is_unread_on_the_desk_and_on_the_case(client, in_review, amina, omar, olga, mariam):
    desk, case = reverse("desk"), reverse("case", args=[in_review.reference])
    for somebody in (omar, mariam):
        assert "New message" not in as_(client, somebody).get(f"{desk}?show=all").content.decode().replace(
            "messages", ""
        )
    write_to_office(in_review, by=amina, text="Hello.")
    write_to_office(in_review, by=amina, text="Hello?")
    for somebody in (omar, olga, mariam):
        page = as_(client, somebody).get(f"{desk}?show=messages").content.decode()
        assert reverse("case_messages", args=[in_review.reference]) in page
        assert "2 new" in client.get(case).content.decode()
    assert in_review.reference in as_(client, olga).get(desk).content.decode()  # not her case, but somebody writes
    client.get(reverse("case_messages", args=[in_review.reference]))
    assert in_review.reference not in client.get(f"{desk}?show=messages").content.decode()


@pytest.mark.parametrize("who", ["ada", "carl"])
def test_whoever_does_not_answer_is_told_nothing_of_messages(client, recommended, amina, who, request):
    write_to_office(recommended, by=amina, text="Hello.")
    as_(client, request.getfixturevalue(who))
    assert "messages" not in client.get(f"{reverse('desk')}?show=all").content.decode()
    assert recommended.reference not in client.get(f"{reverse('desk')}?show=messages").content.decode()
    assert "/messages/" not in client.get(reverse("case", args=[recommended.reference])).content.decode()


def test_the_applicant_sees_what_is_unread_on_every_page_of_hers(client, in_review, amina, omar):
    write_to_applicant(in_review, by=omar, text="Hello.")
    as_(client, amina)
    assert (
        "1 new message from the loan office"
        in client.get(reverse("my_case", args=[in_review.reference])).content.decode()
    )
    assert "New message from the loan office" in client.get(reverse("my_cases")).content.decode()


def test_a_co_signer_sees_no_thread(client, loan, amina, clara, omar):
    case = loan.application
    write_to_applicant(again(case), by=omar, text="Hello.")
    for name, args in (("my_case", [case.reference]), ("my_cases", [])):
        assert "/messages/" not in as_(client, clara).get(reverse(name, args=args)).content.decode()


def test_after_its_last_day_the_thread_is_read_and_not_written(client, mine, in_review, amina):
    write_to_office(in_review, by=amina, text="Hello.")
    submission.withdraw(again(in_review), by=amina)
    with clock.at(days_ahead(CLOSED_DAYS)):
        assert "Messages can be sent until" in as_(client, amina).get(mine).content.decode()
    with clock.at(days_ahead(CLOSED_DAYS + 1)):
        page = as_(client, amina).get(mine).content.decode()
        assert "Hello." in page
        assert "<textarea" not in page
        assert client.post(mine, {"text": "Hello?"}).status_code == 422
    assert Message.objects.count() == 1


def test_a_long_thread_comes_in_pages_and_asks_little(client, mine, theirs, in_review, amina, omar):
    for number in range(35):
        verb, by = (write_to_office, amina) if number % 3 else (write_to_applicant, omar)
        verb(in_review, by=by, text=f"Message number {number}.", files=[Attached("a.jpg", picture())] * (number % 2))
    for who, url in ((amina, mine), (omar, theirs)):
        as_(client, who).get(url)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url).content.decode()
        assert len(queries) <= MOST_QUERIES
        assert "Message number 34." in page
        assert "Message number 4." not in page
        assert "Message number 4." in client.get(f"{url}?page=2").content.decode()


def test_a_message_without_javascript_is_a_plain_form(client, mine, amina):
    page = as_(client, amina).get(mine).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert "hx-" not in page


def test_letters_can_be_read_again_also_when_only_a_text_told_of_them(client, in_review, amina, clara):
    Letter.objects.filter(to=amina, kind="received").update(channel="text")
    url = reverse("my_letters", args=[in_review.reference])
    page = as_(client, amina).get(url).content.decode()
    letter = Letter.objects.get(to=amina, kind="received")
    one = reverse("my_letter", args=[in_review.reference, letter.pk])
    assert one in page
    assert f"{letter.code[:4]}-{letter.code[4:]}" in client.get(one).content.decode()


def test_nobody_reads_the_letters_of_another(client, loan, amina, clara, bilal):
    case = loan.application
    hers = Letter.objects.filter(to=amina, case_reference=case.reference).latest("pk")
    one = reverse("my_letter", args=[case.reference, hers.pk])
    for who in (clara, bilal):
        assert as_(client, who).get(one).status_code == 404


def test_what_is_told_by_mail_and_by_text_is_one_letter(client, in_review, amina):
    letter = Letter.objects.get(to=amina, kind="received")
    Letter.objects.create(
        kind="received",
        to=amina,
        channel="text",
        address="+16135550123",
        language="en",
        facts=letter.facts,
        occasion=letter.occasion,
        case_reference=letter.case_reference,
        message_id="<twin@x>",
    )
    page = as_(client, amina).get(reverse("my_letters", args=[in_review.reference])).content.decode()
    assert page.count("/letters/") - page.count('letters/"') <= 1
    assert reverse("my_letter", args=[in_review.reference, letter.pk]) in page


def test_every_page_of_this_kind_asks_little(client, in_review, amina, omar):
    for number in range(12):
        write_to_applicant(again(in_review), by=omar, text=f"{number}")
    as_(client, amina)
    letter = Letter.objects.filter(to=amina, case_reference=in_review.reference).latest("pk")
    urls = [
        reverse("my_case", args=[in_review.reference]),
        reverse("my_letters", args=[in_review.reference]),
        reverse("my_letter", args=[in_review.reference, letter.pk]),
        reverse("reach"),
        reverse("my_cases"),
    ]
    found = {}
    for url in urls:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        found[url] = len(queries)
    assert {url: count for url, count in found.items() if count > MOST_QUERIES} == {}
