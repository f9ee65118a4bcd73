"""What was noted of a person beside their form goes when its years are over: notes, a helper's name, signed pages."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from accounts.actors import CLOCK
from config import clock
from loans.lifecycle.applying import assistance, signed_pages, submission
from loans.lifecycle.contracts import paper_signing, signing
from loans.lifecycle.deciding import appeal, decision
from loans.lifecycle.erasing import note_retention
from loans.lifecycle.erasing.note_retention import NOTE_YEARS
from loans.lifecycle.erasing.retention import erase_old_papers
from loans.lifecycle.reviewing import conditions, review
from loans.lifecycle.reviewing.checklist import checklist_of
from loans.lifecycle.step import deed
from loans.models import Mishap
from loans.paper_kinds import LOAN_YEARS
from loans.tasks import nightly
from money.calendar import add_months
from tests.assisted import NUMBER, begin, check_signed
from tests.cases import again, prepare
from tests.checklists import answered
from tests.conditions import ask, recommend, waive
from tests.loans.lifecycle.contracts.test_paper_signing import confirmed, recorded
from vault.errors import Damaged
from vault.models import StoredFile

pytestmark = pytest.mark.django_db
NOTE = "His former wife lives at the same address."


def on(day):
    """The house lives at noon of that day."""
    return clock.at(timezone.make_aware(datetime.combine(day, time(12))))


def last_day(years=NOTE_YEARS):
    return add_months(clock.today(), 12 * years)


def night(day, job=note_retention.erase_old_notes):
    """How much the night of `day` erased."""
    with on(day):
        tally = job(day)
    assert not Mishap.objects.exists()
    return tally.done


def is_gone(file):
    """Whether neither the row nor the bytes of a file are there any more."""
    with pytest.raises(Damaged, match="gone"):
        file.read()
    return not StoredFile.objects.filter(pk=file.pk).exists()


def column(name, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {table}")
        return [value for (value,) in cursor.fetchall()]


@pytest.fixture
def noted(checklist, in_review, omar):
    answered(in_review, omar, {"identity": ("yes", "Seen at the desk."), "debts-known": ("no", NOTE)})
    return again(in_review)


@pytest.fixture
def declined(noted, mariam):
    return decision.decline(noted, by=mariam, reasons=["not_affordable"])


@pytest.fixture
def ended(helped, amina):
    """A draft with which Samira helped, withdrawn."""
    return submission.withdraw(helped, by=amina)


# --- The checklist -------------------------------------------------------------------------------------


def test_notes_of_the_checklist_are_kept_through_the_last_day_and_gone_the_day_after(declined):
    assert night(last_day()) == 0
    assert NOTE in [each.note for each in declined.checklist_answers.all()]
    assert night(last_day() + timedelta(days=1)) == 1
    assert set(column("note", "loans_checklistanswer")) == {None}


def test_the_answers_and_who_gave_them_stay(declined, omar):
    before = [
        (item.code, item.newest and (item.newest.answer, item.newest.by)) for item in checklist_of(declined).items
    ]
    night(last_day() + timedelta(days=1))
    after = [(item.code, item.newest and (item.newest.answer, item.newest.by)) for item in checklist_of(declined).items]
    assert after == before
    assert ("debts-known", ("no", str(omar))) in after


def test_the_officer_reads_that_a_note_was_erased(client, declined, omar):
    night(last_day() + timedelta(days=1))
    client.force_login(omar)
    page = client.get(reverse("case_checklist", args=[declined.reference])).content.decode()
    assert page.count("Erased, as the rules say.") == 1  # a yes needs no note, so none is missed
    assert NOTE not in page
    story = client.get(reverse("case", args=[declined.reference])).content.decode()
    assert "Notes and names erased: their years are over" in story


# --- Conditions --------------------------------------------------------------------------------------------


def test_what_was_noted_on_conditions_goes_and_how_they_ended_stays(lease, in_review, amina, omar, mariam):
    plan = ask(in_review, omar)
    recommend(in_review, omar)
    decision.approve(again(in_review), by=mariam)
    for each in (lease, plan):
        conditions.meet_condition(again(in_review), by=omar, condition=each, note=NOTE)
    conditions.reopen_condition(again(in_review), by=omar, condition=plan, reason="It was another one.")
    waive(in_review, mariam, plan, reason=NOTE)
    signing.refuse(in_review.loans.get(), by=amina)
    case = decision.decline(again(in_review), by=mariam, reasons=["not_affordable"])
    tables = {"loans_condition": "note", "loans_reopening": "note", "loans_waiver": "reason"}
    assert night(last_day()) == 0
    assert all(any(column(name, table)) for table, name in tables.items())
    assert night(last_day() + timedelta(days=1)) == 1
    assert not any(any(column(name, table)) for table, name in tables.items())
    assert (again(lease).outcome, again(plan).outcome) == ("met", "waived")
    assert case.events.get(verb="erase_notes").detail["conditions"] == 3


# --- Who helped ------------------------------------------------------------------------------------------


def test_how_a_helper_was_called_goes_and_the_days_stay(ended, samira):
    [help_with] = ended.assistances.all()
    assert help_with.name == "Samira, OCISO"
    assert night(last_day() + timedelta(days=1)) == 1
    gone = again(help_with)
    assert (gone.name, gone.phone, gone.helper, gone.event) == (None, None, samira, help_with.event)


def test_the_number_a_person_gave_goes_from_everybody_who_typed(office, omar, olga):
    case = begin(omar, phone=NUMBER)
    assistance.pass_on(case, by=omar, to=olga)
    ran_out = clock.today() + timedelta(days=submission.DRAFT_DAYS + 1)
    with on(ran_out):
        submission.expire_drafts(ran_out)
    assert {each.phone for each in case.assistances.all()} == {NUMBER}
    assert night(add_months(ran_out, 12 * NOTE_YEARS) + timedelta(days=1)) == 1
    assert set(column("phone", "loans_assistance")) == {None}
    assert again(case).assistants == [omar.pk, olga.pk]


# --- Signed pages ----------------------------------------------------------------------------------------


def test_the_scan_of_a_page_that_became_no_paper_goes_and_its_hash_stays(
    checked, on_paper, olga, django_capture_on_commit_callbacks
):
    signed_pages.turn_down(again(on_paper), by=olga, page=checked.pk, note="The date is missing.")
    submission.withdraw(again(on_paper), by=on_paper.applicant.user)
    files, scan_hash = (checked.scan, checked.thumbnail), checked.scan.sha256
    assert night(last_day()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert night(last_day() + timedelta(days=1)) == 1
    page = again(checked)
    assert (page.scan, page.thumbnail, page.scan_hash) == (None, None, scan_hash)
    assert (page.fingerprint, page.checked, page.turned_down.by) == (checked.fingerprint, checked.checked, olga)
    assert all(is_gone(file) for file in files)


def test_the_scan_that_became_a_paper_goes_with_the_paper(checked, on_paper, olga, django_capture_on_commit_callbacks):
    case = signed_pages.confirm(again(on_paper), by=olga, page=checked.pk, matches=True)
    submission.withdraw(case, by=case.applicant.user)
    files, scan_hash = (checked.scan, checked.thumbnail), checked.scan.sha256
    night(last_day() + timedelta(days=1))
    assert again(checked).scan == checked.scan
    with django_capture_on_commit_callbacks(execute=True):
        night(last_day(LOAN_YEARS) + timedelta(days=1), erase_old_papers)
    paper = case.documents.get(kind=signed_pages.KIND)
    assert (paper.page_hashes, again(checked).scan_hash, again(checked).scan) == ([scan_hash], scan_hash, None)
    assert all(is_gone(file) for file in files)


def test_a_page_that_the_next_keystroke_made_void_goes_too(on_paper, omar):
    old, new = check_signed(on_paper, omar), check_signed(on_paper, omar)
    submission.withdraw(again(on_paper), by=on_paper.applicant.user)
    night(last_day() + timedelta(days=1))
    assert [again(page).scan for page in (old, new)] == [None, None]


def test_a_signature_on_paper_that_never_counted_goes_with_its_scan(
    loan, omar, olga, amina, mariam, django_capture_on_commit_callbacks
):
    prepare(loan)
    paper = recorded(loan, omar, loan.application.parties.get(kind="borrower"))
    turned_down = paper_signing.turn_down(again(loan), by=olga, paper=paper.pk, note="The second page is missing.")
    waits = recorded(loan, omar, loan.application.parties.get(kind="borrower"))
    signing.refuse(loan, by=amina)
    case = decision.decline(again(loan.application), by=mariam, reasons=["not_affordable"])
    assert night(last_day()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert night(last_day() + timedelta(days=1)) == 1
    assert night(last_day() + timedelta(days=2)) == 0
    assert not loan.paper_signatures.exists()
    assert all(is_gone(file) for file in (turned_down.scan, waits.scan))
    assert case.events.get(verb="erase_notes").detail["scans"] == 2


def test_one_that_counts_stays_with_the_agreement(loan, omar, olga, amina, mariam):
    prepare(loan)
    paper = recorded(loan, omar, loan.application.parties.get(kind="borrower"))
    confirmed(loan, olga, paper)
    signing.cancel(again(loan), by=mariam, note="She moves away.")
    decision.decline(again(loan.application), by=mariam, reasons=["not_affordable"])
    assert night(last_day() + timedelta(days=1)) == 0
    assert again(paper).scan.read()


# --- When, and when not ------------------------------------------------------------------------------------


def test_one_line_without_words_tells_of_it_and_a_second_night_changes_nothing(declined):
    over = last_day() + timedelta(days=1)
    assert [night(over), night(over), night(over + timedelta(days=1))] == [1, 0, 0]
    told = declined.events.get(verb="erase_notes")
    assert (told.actor, told.by, told.words_hash) == ("clock", None, "")
    assert told.detail == {"answers": 2, "helps": 0, "scans": 0, "conditions": 0}
    assert told.from_state == told.to_state


def test_the_night_does_it(declined):
    with on(last_day() + timedelta(days=1)):
        assert nightly()["erase_old_notes"] == (1, 0)
        assert nightly()["erase_old_notes"] == (0, 0)


def test_a_case_of_which_nothing_was_noted_is_left_alone(recommended, mariam):
    case = decision.decline(recommended, by=mariam, reasons=["not_affordable"])
    case.checklist_answers.update(note=None)
    assert night(last_day() + timedelta(days=1)) == 0


def test_an_open_case_keeps_its_notes_however_old(noted, amina):
    assert night(last_day() + timedelta(days=9_000)) == 0


def test_a_case_that_an_appeal_opened_again_keeps_them(declined, amina):
    appeal.appeal(declined, by=amina, note="My debts are paid.")
    assert night(last_day() + timedelta(days=1)) == 0


def test_a_case_taken_up_again_in_the_same_night_keeps_them(noted, omar):
    waiting = review.ask_for_more(noted, by=omar, asked=[("about-me", "Your address, please.")])
    over = waiting.answer_by + timedelta(days=1)
    with on(over):
        review.close_unanswered(over)
    day = add_months(over, 12 * NOTE_YEARS) + timedelta(days=1)
    [found] = note_retention.due_notes(day)
    review.reopen(again(waiting), by=omar, note="She was ill.")
    note_retention._erase(found, day)
    assert NOTE in [each.note for each in waiting.checklist_answers.all()]


def test_nothing_of_an_open_case_can_be_erased(noted):
    with pytest.raises(TransitionNotAllowed), deed(noted.erase_notes, by=CLOCK):
        pass
