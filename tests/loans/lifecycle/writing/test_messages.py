"""The thread of a case: who may write, until when, what is kept and who hears of it."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django_fsm import TransitionNotAllowed

from accounts.models import Phone
from accounts.phones import hash_of
from config import clock
from letters.models import TEXT, Letter
from letters.render import render, render_text
from loans.lifecycle.applying import submission
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import decision
from loans.lifecycle.erasing.diary_retention import DIARY_YEARS, erase_old_diaries
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import disbursement, repayment
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import diary, review
from loans.lifecycle.writing.messages import (
    CLOSED_DAYS,
    MOST_UNREAD,
    Attached,
    last_day_to_write,
    mark_read,
    may_still_write,
    write_to_applicant,
    write_to_office,
)
from loans.models import Event, Message
from tests.cases import TERMS, again, picture, sign
from tests.days_ahead import days_ahead
from vault.cleaning import MOST_PHOTO_BYTES, clean
from vault.models import StoredFile

pytestmark = pytest.mark.django_db
SECRET_WORDS = "My salary was cut to 1,900 dollars."


def waiting_for(user):
    return list(Letter.objects.filter(to=user, kind="message_waiting"))


def test_the_applicant_writes_and_the_officer_hears_that_something_waits(in_review, amina, omar):
    message = write_to_office(in_review, by=amina, text=SECRET_WORDS)
    assert (message.text, message.author, message.from_office) == (SECRET_WORDS, amina, False)
    (letter,) = waiting_for(omar)
    words = render(letter)
    assert f"/cases/{in_review.reference}/messages/" in words.text
    assert "salary" not in words.subject + words.text + words.html + str(letter.facts)


def test_the_office_writes_and_the_applicant_hears_that_something_waits(in_review, amina, omar):
    write_to_applicant(in_review, by=omar, text="Your rent seems high: is it shared?")
    (letter,) = waiting_for(amina)
    words = render(letter)
    assert f"/my/{in_review.reference}/messages/" in words.text
    assert "rent" not in words.subject + words.text + str(letter.facts)


def test_whoever_wants_texts_hears_by_text_that_a_message_waits(in_review, amina, omar, settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}"
    number = "+16135550123"
    Phone.objects.create(
        user=amina, number_sealed=number, number_hash=hash_of(number), proven_at=clock.now(), notices="both"
    )
    write_to_applicant(in_review, by=omar, text="Your rent seems high: is it shared?")
    assert [letter.channel for letter in waiting_for(amina)] == ["mail", TEXT]
    assert "rent" not in render_text(waiting_for(amina)[1])


def test_before_anybody_took_the_case_the_message_waits_on_the_desk_alone(submitted, amina):
    write_to_office(submitted, by=amina, text="Did you get it?")
    assert not Letter.objects.filter(kind="message_waiting").exists()


def test_one_letter_tells_of_many_messages_until_they_are_read(in_review, amina, omar):
    for words in ("First.", "Second.", "Third."):
        write_to_applicant(in_review, by=omar, text=words)
    assert len(waiting_for(amina)) == 1
    mark_read(in_review, by=amina)
    write_to_applicant(in_review, by=omar, text="Fourth.")
    assert len(waiting_for(amina)) == 2


def test_the_tables_hold_no_word_in_the_clear_and_the_event_none_at_all(in_review, amina):
    message = write_to_office(in_review, by=amina, text=SECRET_WORDS, files=[Attached("my pay stub.jpg", picture())])
    assert not hasattr(message.event, "note")
    for table in ("loans_message", "loans_event", "vault_storedfile", "letters_letter"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            rows = str([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
        assert "salary" not in rows, table
        assert "pay stub" not in rows, table


def test_a_file_is_kept_as_a_clean_copy(in_review, amina):
    photo = picture()
    message = write_to_office(in_review, by=amina, text="", files=[Attached("stub.jpg", photo)])
    (file,) = message.files.all()
    assert (file.name, file.content_type) == ("stub.jpg", "image/jpeg")
    assert file.read() == clean(photo).data


def zipped(name="evil.js", content=b"alert(1)"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"<html><script>alert(1)</script></html>", "wrong_type"),
        (b"MZ\x90\x00" + b"\x00" * 60, "wrong_type"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "wrong_type"),
        (b"%PDF-1.7 and no end", "broken_pdf"),
        (b"\xff\xd8\xff\xe0 not a photo", "wrong_type"),
        (zipped(), "wrong_type"),
        (zipped("xl/workbook.xml"), "wrong_type"),
        pytest.param(b"\x00" * (MOST_PHOTO_BYTES + 1), "too_big", id="large"),
    ],
    ids=["empty", "html", "program", "svg", "half a pdf", "half a photo", "zip", "sheet", "huge"],
)
def test_a_hostile_file_is_refused_and_nothing_of_the_message_kept(in_review, amina, data, code):
    before = StoredFile.objects.count()
    with pytest.raises(Refused) as refused:
        write_to_office(
            in_review, by=amina, text="Look.", files=[Attached("photo.jpg", picture()), Attached("x", data)]
        )
    assert refused.value.code in (code, "broken_picture")
    assert (Message.objects.count(), StoredFile.objects.count()) == (0, before)
    assert not Event.objects.filter(verb="write_to_office").exists()


@pytest.mark.parametrize(
    ("text", "files", "code"),
    [
        (" \n ", 0, "empty_message"),
        ("x" * 5001, 0, "message_too_long"),
        ("Four.", 4, "too_many_files"),
    ],
)
def test_a_message_has_its_bounds(in_review, amina, text, files, code):
    with pytest.raises(Refused, match=code):
        write_to_office(in_review, by=amina, text=text, files=[Attached("p.jpg", picture())] * files)


def test_a_flood_is_stopped_until_somebody_has_read(in_review, amina, omar):
    for _each in range(MOST_UNREAD):
        write_to_office(in_review, by=amina, text="Hello?")
    with pytest.raises(Refused, match="too_many_unread"):
        write_to_office(in_review, by=amina, text="Hello?")
    mark_read(in_review, by=omar)
    write_to_office(in_review, by=amina, text="Thank you.")


def test_a_second_click_sends_nothing_twice(in_review, amina, omar):
    form = {"text": "Is it there?", "files": [Attached("stub.jpg", picture())], "once_key": "k" * 24}
    first = write_to_office(in_review, by=amina, **form)
    assert write_to_office(in_review, by=amina, **form) == first
    assert (Message.objects.count(), len(waiting_for(omar)), first.files.count()) == (1, 1, 1)


def test_a_used_form_with_other_words_or_another_file_is_refused(in_review, amina):
    write_to_office(in_review, by=amina, text="One.", files=[Attached("a.jpg", picture())], once_key="k" * 24)
    for other in (
        {"text": "Two.", "files": [Attached("a.jpg", picture())]},
        {"text": "One.", "files": [Attached("a.jpg", picture("PNG"))]},
    ):
        with pytest.raises(Refused, match="once_key_reused"):
            write_to_office(in_review, by=amina, **other, once_key="k" * 24)


def test_nobody_but_the_two_sides_writes(in_review, bilal, clara, felix, ada, carl):
    for stranger in (bilal, clara, felix, ada, carl):
        with pytest.raises(PermissionDenied):
            write_to_office(in_review, by=stranger, text="Hello.")
        with pytest.raises(PermissionDenied):
            write_to_applicant(in_review, by=stranger, text="Hello.")


def test_any_officer_or_manager_answers_while_the_reviewer_is_away(in_review, olga, mariam):
    for somebody in (olga, mariam):
        assert write_to_applicant(in_review, by=somebody, text="He is on leave.").from_office


def test_before_the_form_is_sent_there_is_no_thread(draft, amina, omar):
    for verb, by in ((write_to_office, amina), (write_to_applicant, omar)):
        with pytest.raises(TransitionNotAllowed):
            verb(draft, by=by, text="Hello.")


def test_nobody_reads_the_messages_of_a_withdrawn_draft_so_none_is_taken(draft, amina):
    submission.withdraw(draft, by=amina)
    with pytest.raises(Refused, match="thread_closed"):
        write_to_office(again(draft), by=amina, text="Hello.")


def test_read_is_what_the_other_side_had_on_the_screen(in_review, amina, omar, ada, clara):
    mine = write_to_office(in_review, by=amina, text="Hello.")
    theirs = write_to_applicant(in_review, by=omar, text="Hello back.")
    for nobody in (amina, ada, clara):
        mark_read(in_review, by=nobody)
        assert Message.objects.get(pk=mine.pk).read_at is None
    assert Message.objects.get(pk=theirs.pk).read_by == amina
    mark_read(in_review, by=omar)
    assert Message.objects.get(pk=mine.pk).read_by == omar


def test_a_second_look_does_not_change_when_it_was_first_seen(in_review, amina, omar):
    message = write_to_office(in_review, by=amina, text="Hello.")
    mark_read(in_review, by=omar)
    seen = Message.objects.get(pk=message.pk).read_at
    with clock.at(days_ahead(2)):
        mark_read(in_review, by=omar)
    assert Message.objects.get(pk=message.pk).read_at == seen


def test_writing_ends_ninety_days_after_the_case_and_reading_does_not(in_review, amina, omar):
    write_to_office(in_review, by=amina, text="Hello.")
    case = again(submission.withdraw(in_review, by=amina))
    last = clock.today() + timedelta(days=CLOSED_DAYS)
    assert last_day_to_write(case) == last
    with clock.at(days_ahead(CLOSED_DAYS)):
        write_to_office(case, by=amina, text="One more question.")
        assert last_day_to_write(again(case)) == last  # writing does not keep it open
    with clock.at(days_ahead(CLOSED_DAYS + 1)):
        for verb, by in ((write_to_office, amina), (write_to_applicant, omar)):
            with pytest.raises(Refused, match="thread_closed"):
                verb(case, by=by, text="Hello?")
    assert case.messages.count() == 2


def test_a_case_that_is_taken_up_again_takes_messages_again(waiting, amina, omar):
    case = waiting
    with clock.at(days_ahead(60)):
        review.close_unanswered(clock.today())
    with clock.at(days_ahead(200)):
        assert not may_still_write(again(case))
        review.reopen(again(case), by=omar)
        assert may_still_write(again(case))
        write_to_office(again(case), by=amina, text="Here I am.")


def test_a_running_loan_takes_messages_for_years_and_a_repaid_one_for_ninety_days(active, amina, felix):
    case = active.application
    with clock.at(days_ahead(700)):
        assert may_still_write(again(case))
        owed = books.book_of(again(active), until=clock.today()).owed_cents
        repayment.record_payment(
            again(active), by=felix, on=clock.today(), cents=owed, method="transfer", payer="Amina"
        )
        assert may_still_write(again(case))
    with clock.at(days_ahead(700 + CLOSED_DAYS + 1)):
        assert not may_still_write(again(case))


def test_a_repaid_loan_ends_the_writing_also_where_an_earlier_offer_was_refused(loan, amina, omar, mariam, felix):
    signing.refuse(loan, by=amina)
    case = again(loan.application)
    decision.recommend(case, by=omar, reasons=["affordable"], note="Once more.", **TERMS)
    second = sign(decision.approve(again(case), by=mariam), amina)
    disbursement.send(disbursement.release(second.advances.get(), by=felix), by=felix, on=clock.today())
    owed = books.book_of(again(second), until=clock.today()).owed_cents
    repayment.record_payment(again(second), by=felix, on=clock.today(), cents=owed, method="transfer", payer="Amina")
    with clock.at(days_ahead(CLOSED_DAYS + 1)):
        assert not may_still_write(again(case))


def test_what_is_written_into_the_file_afterwards_does_not_begin_the_writing_anew(in_review, amina, omar):
    case = again(submission.withdraw(in_review, by=amina))
    last = last_day_to_write(case)
    with clock.at(days_ahead(30)):
        diary.add_task(case, by=omar, what="Call her.", for_whom=omar, due_on=clock.today())
        assert last_day_to_write(again(case)) == last
    with clock.at(days_ahead(366 * DIARY_YEARS)):
        assert erase_old_diaries(clock.today()).done == 1
        assert not may_still_write(again(case))


def test_a_no_can_be_talked_about(recommended, amina, mariam):
    case = again(decision.decline(recommended, by=mariam, reasons=["not_affordable"]))
    assert write_to_office(case, by=amina, text="Which debt do you mean?")
