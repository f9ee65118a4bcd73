"""Papers are kept for the years that their page names, counted from the close of the file, and then erased for good."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from accounts.actors import CLOCK
from config import clock
from loans.lifecycle.applying import filling, submission, uploads
from loans.lifecycle.deciding import appeal, decision
from loans.lifecycle.erasing import retention
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import repayment, write_off
from loans.lifecycle.reviewing import review
from loans.lifecycle.step import deed
from loans.lifecycle.writing.messages import write_to_office
from loans.models import Loan, Mishap, Page, Upload
from loans.models.form import Form
from loans.paper_kinds import LOAN_YEARS, PAPER_KINDS, PERSON_YEARS
from loans.tasks import nightly
from money.calendar import add_months
from tests.cases import again, picture
from vault.errors import Damaged
from vault.models import StoredFile

pytestmark = pytest.mark.django_db


def on(day):
    """The house lives at noon of that day."""
    return clock.at(timezone.make_aware(datetime.combine(day, time(12))))


def years_after(years, day=None):
    return add_months(day or clock.today(), 12 * years)


def night(day):
    """What the night of `day` erased."""
    with on(day):
        tally = retention.erase_old_papers(day)
    assert not Mishap.objects.exists()
    return tally.done


def erased(case):
    return {paper.kind for paper in case.documents.exclude(erased_on=None)}


def kinds(case, years):
    return {paper.kind for paper in case.documents.all() if PAPER_KINDS[paper.kind].kept_years == years}


@pytest.fixture
def declined(recommended, mariam):
    return decision.decline(recommended, by=mariam, reasons=["not_affordable"])


def test_a_paper_is_kept_through_its_last_day_and_erased_the_day_after(declined):
    last = years_after(PERSON_YEARS)
    assert night(last) == 0
    night(last + timedelta(days=1))
    assert erased(declined) == kinds(declined, PERSON_YEARS) > set()
    assert night(years_after(LOAN_YEARS)) == 0
    night(years_after(LOAN_YEARS) + timedelta(days=1))
    assert erased(declined) == {paper.kind for paper in declined.documents.all()}
    assert not Page.objects.exists()


def test_its_bytes_are_gone_and_its_row_kind_and_hash_stay(declined, django_capture_on_commit_callbacks):
    paper = declined.documents.get(kind="identity")
    page = paper.pages.get()
    files, hashes = [page.file, page.thumbnail], [page.file.sha256]
    assert all(file.read() for file in files)
    day = years_after(PERSON_YEARS) + timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        night(day)
    paper = again(paper)
    assert (paper.kind, paper.erased_on, paper.page_hashes, paper.state) == ("identity", day, hashes, "received")
    assert not StoredFile.objects.filter(pk__in=[file.pk for file in files]).exists()
    for file in files:
        with pytest.raises(Damaged, match="gone"):
            file.read()


def test_one_line_without_words_tells_of_it_and_a_second_night_changes_nothing(declined):
    day = years_after(PERSON_YEARS) + timedelta(days=1)
    assert night(day) == len(kinds(declined, PERSON_YEARS))
    assert night(day) == night(day + timedelta(days=1)) == 0
    told = declined.events.filter(verb="erase")
    assert {event.subject_id for event in told} == {paper.pk for paper in declined.documents.exclude(erased_on=None)}
    for event in told:
        assert (event.subject_kind, event.actor, event.by, event.words_hash) == ("document", "clock", None, "")
        assert event.detail == {"pages": 1}
        assert event.from_state == event.to_state


def test_the_night_does_it(declined):
    with on(years_after(PERSON_YEARS) + timedelta(days=1)):
        assert nightly()["erase_old_papers"] == (len(kinds(declined, PERSON_YEARS)), 0)
        assert nightly()["erase_old_papers"] == (0, 0)


def test_what_never_arrived_of_such_a_paper_goes_too(draft, amina, mariam):
    upload = uploads.begin(draft, "identity", name="back.jpg", size=len(picture()), sha256="", by=amina)
    uploads.append(upload, 0, picture()[:100], by=amina)
    submission.withdraw(draft, by=amina)
    night(years_after(PERSON_YEARS) + timedelta(days=1))
    assert not Upload.objects.exists()
    assert not StoredFile.objects.filter(piece__isnull=False).exists()


# --- From which day the years run ------------------------------------------------------------------


def pay_off(loan, by, day):
    with on(day):
        owed = books.book_of(loan, until=day).owed_cents
        return repayment.record_payment(loan, by=by, on=day, cents=owed, method="transfer", payer="Amina")


def test_of_a_loan_they_run_from_the_day_it_was_repaid(active, felix):
    repaid = years_after(1)
    assert night(years_after(30)) == 0  # as long as it runs, all papers are kept
    pay_off(active, felix, repaid)
    assert again(active).state == Loan.State.REPAID
    assert night(years_after(PERSON_YEARS, repaid)) == 0
    night(years_after(PERSON_YEARS, repaid) + timedelta(days=1))
    case = active.application
    assert erased(case) == kinds(case, PERSON_YEARS)
    night(years_after(LOAN_YEARS, repaid) + timedelta(days=1))
    assert erased(case) >= kinds(case, LOAN_YEARS) > set()


def test_a_repaid_loan_that_owes_again_keeps_its_papers(active, felix):
    repaid = years_after(1)
    payment = pay_off(active, felix, repaid)
    with on(repaid + timedelta(days=30)):
        repayment.reverse_payment(again(active), by=felix, fact=payment, note="It came back.")
    assert again(active).state == Loan.State.ACTIVE
    assert night(years_after(30)) == 0


def test_of_a_loan_given_up_they_run_from_the_day_it_was_written_off(active, omar, mariam):
    given_up = years_after(1)
    with on(given_up):
        write_off.propose(active, by=omar, note="He left the country.")
        write_off.write_off(again(active), by=mariam)
    assert night(years_after(PERSON_YEARS, given_up)) == 0
    night(years_after(PERSON_YEARS, given_up) + timedelta(days=1))
    assert erased(active.application) == kinds(active.application, PERSON_YEARS)


def test_messages_after_the_end_do_not_move_it(declined, amina):
    with on(clock.today() + timedelta(days=60)):
        write_to_office(declined, by=amina, text="Thank you all the same.")
    night(years_after(PERSON_YEARS) + timedelta(days=1))
    assert erased(declined) == kinds(declined, PERSON_YEARS)


def test_a_case_that_an_appeal_opened_again_keeps_its_papers(declined, amina, carl):
    appeal.appeal(declined, by=amina, note="My debts are paid.")
    assert night(years_after(30)) == 0
    appeal.grant(again(declined), by=carl, note="Right.")
    assert night(years_after(30)) == 0


def test_an_appeal_that_failed_starts_the_years_anew(declined, amina, carl):
    appeal.appeal(declined, by=amina, note="My debts are paid.")
    heard = clock.today() + timedelta(days=200)
    with on(heard):
        appeal.uphold(again(declined), by=carl, note="They are not.")
    assert night(years_after(PERSON_YEARS, heard)) == 0
    assert night(years_after(PERSON_YEARS, heard) + timedelta(days=1)) == len(kinds(declined, PERSON_YEARS))


@pytest.mark.parametrize("state", ["draft", "submitted", "in_review", "waiting", "recommended", "offered", "signed"])
def test_an_open_case_keeps_its_papers_however_old(request, state):
    request.getfixturevalue(state)
    assert night(years_after(30)) == 0


def test_a_draft_that_ran_out_is_a_closed_file(draft):
    ran_out = clock.today() + timedelta(days=submission.DRAFT_DAYS + 1)
    with on(ran_out):
        submission.expire_drafts(ran_out)
    assert again(draft).state == "expired"
    assert night(years_after(PERSON_YEARS, ran_out)) == 0
    night(years_after(PERSON_YEARS, ran_out) + timedelta(days=1))
    assert erased(draft) == kinds(draft, PERSON_YEARS)


def test_a_case_taken_up_again_in_the_same_night_keeps_its_papers(waiting, omar, monkeypatch):
    over = waiting.answer_by + timedelta(days=1)
    with on(over):
        review.close_unanswered(over)
    day = years_after(PERSON_YEARS, over) + timedelta(days=1)
    found = list(retention.due_papers(day))
    assert found
    review.reopen(again(waiting), by=omar, note="She was ill.")
    for paper in found:
        retention._erase(paper, day)
    assert erased(waiting) == set()


# --- What people see --------------------------------------------------------------------------------


@pytest.fixture
def forgotten(waiting):
    """A case that nobody answered, long ago: what tells of the person is erased."""
    over = waiting.answer_by + timedelta(days=1)
    with on(over):
        review.close_unanswered(over)
    night(years_after(PERSON_YEARS, over) + timedelta(days=1))
    return again(waiting)


def test_the_officer_and_the_owner_read_when_and_find_nothing_to_open(client, forgotten, omar, amina):
    paper = forgotten.documents.get(kind="identity")
    for reader, page, address in ((omar, "case", "case_paper"), (amina, "my_case", "my_paper")):
        client.force_login(reader)
        words = client.get(reverse(page, args=[forgotten.reference])).content.decode()
        assert "as the rules say." in words
        assert "identity.jpg" not in words
        assert reverse(address, args=[forgotten.reference, paper.pk]) not in words
        assert client.get(reverse(address, args=[forgotten.reference, paper.pk])).status_code == 404
    client.force_login(omar)
    assert (
        "Paper erased: its years are over" in client.get(reverse("case", args=[forgotten.reference])).content.decode()
    )


def test_a_case_taken_up_again_lacks_what_was_erased_and_another_paper_is_a_new_row(forgotten, omar, amina):
    case = review.reopen(forgotten, by=omar, note="She is back.")
    assert not Form(case).papers_held & kinds(case, PERSON_YEARS)
    review.ask_for_more(again(case), by=omar, asked=[("papers", "Your passport again, please.")])
    paper = filling.add_paper(again(case), "identity", picture(), name="new.jpg", by=amina)
    assert paper.erased_on is None
    assert case.documents.filter(kind="identity").count() == 2


def test_nobody_accepts_or_refuses_what_is_no_longer_there(client, forgotten, omar):
    case = review.reopen(forgotten, by=omar, note="She is back.")
    paper = case.documents.get(kind="identity")
    moves = {move.name for move in paper.get_available_user_state_transitions(omar)}
    assert not moves & {"accept", "refuse"}
    client.force_login(omar)
    assert (
        reverse("paper_acceptance", args=[case.reference, paper.pk])
        not in client.get(reverse("case", args=[case.reference])).content.decode()
    )


def test_a_paper_is_erased_once(forgotten):
    paper = forgotten.documents.get(kind="identity")
    with pytest.raises(TransitionNotAllowed), deed(paper.erase, by=CLOCK):
        pass
    assert forgotten.events.filter(verb="erase", subject_id=paper.pk).count() == 1
