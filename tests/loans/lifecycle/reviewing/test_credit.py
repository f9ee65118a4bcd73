"""Credit reports: consent first, debts as one figure, sealed, taken back, erased after a year, named by a no."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django_fsm import TransitionNotAllowed

from config import clock
from loans.lifecycle.applying import consents, filling
from loans.lifecycle.deciding import decision
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import credit, ladder, papers, review
from loans.lifecycle.writing.messages import Attached
from loans.models import CreditBureau, CreditReport, ScoreBand
from loans.models.ladder import ladder_of
from loans.sections import MOST_CENTS
from tests.cases import TERMS, again, picture
from tests.credit import CARD, PHONE, entered, refused
from vault.errors import Damaged

pytestmark = pytest.mark.django_db


def debts_of(case):
    return ladder_of(again(case)).lines()[credit.DEBTS]


# --- Consent -------------------------------------------------------------------------------------


def test_a_report_stands_under_the_consent_that_is_in_force(in_review, omar, amina):
    report = entered(in_review, omar)
    assert (report.consent.purpose, report.consent.user, report.consent.withdrawn_at) == ("credit_check", amina, None)


def test_without_a_consent_no_report_is_entered(in_review, omar, amina):
    consents.withdraw(in_review, by=amina, purpose="credit_check")
    refused("no_credit_consent", lambda: entered(in_review, omar))


def test_a_consent_of_somebody_else_is_none(in_review, omar, amina, clara):
    consents.withdraw(in_review, by=amina, purpose="credit_check")
    in_review.consents.create(user=clara, purpose="credit_check", text_version="1", language="en", given_at=clock.now())
    refused("no_credit_consent", lambda: entered(in_review, omar))


def test_what_is_here_stays_when_the_consent_is_withdrawn_and_nothing_new_comes(in_review, omar, amina):
    report = entered(in_review, omar)
    consents.withdraw(again(in_review), by=amina, purpose="credit_check")
    assert again(report).debts
    refused("no_credit_consent", lambda: entered(in_review, omar, bureau="transunion"))
    consents.give(again(in_review), by=amina, purpose="credit_check")
    entered(in_review, omar, bureau="transunion")


def test_a_report_from_before_the_consent_is_refused(in_review, omar):
    refused("report_before_consent", lambda: entered(in_review, omar, reported_on=clock.today() - timedelta(days=1)))


def test_a_report_of_tomorrow_is_refused(in_review, omar):
    refused("in_the_future", lambda: entered(in_review, omar, reported_on=clock.today() + timedelta(days=1)))


def test_without_a_consent_the_file_is_not_even_opened(in_review, omar, amina, monkeypatch):
    consents.withdraw(in_review, by=amina, purpose="credit_check")
    monkeypatch.setattr(credit, "clean_paper", lambda *_: pytest.fail("opened"))
    refused("no_credit_consent", lambda: entered(in_review, omar))


# --- What is entered -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("unknown_bureau", {"bureau": "nobody"}),
        ("not_listed", {"band": "splendid"}),
        ("not_listed", {"debts": [credit.Debt("uncle", 1, 1, False)]}),
        ("not_a_sum", {"debts": [credit.Debt("card", -1, 1, False)]}),
        ("not_a_sum", {"debts": [credit.Debt("card", 1, MOST_CENTS, False)] * 2}),
        ("too_many_debts", {"debts": [CARD] * (credit.MOST_DEBTS + 1)}),
        ("no_report_file", {"file": Attached("", b"")}),
        ("wrong_type", {"file": Attached("x.txt", b"Score: 700")}),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(in_review, omar, code, other):
    refused(code, lambda: entered(in_review, omar, **other))


def test_a_bureau_or_band_that_ended_is_not_chosen_any_more(in_review, omar):
    day = clock.today() - timedelta(days=1)
    CreditBureau.objects.filter(code="transunion").update(ended_on=day)
    ScoreBand.objects.filter(code="good").update(ended_on=day)
    refused("unknown_bureau", lambda: entered(in_review, omar, bureau="transunion", band="fair"))
    refused("not_listed", lambda: entered(in_review, omar))


def test_the_same_report_is_here_once(in_review, omar):
    entered(in_review, omar)
    refused("report_here_already", lambda: entered(in_review, omar, debts=[]))
    entered(in_review, omar, bureau="transunion")


def test_the_same_form_twice_enters_it_once(in_review, omar):
    first = entered(in_review, omar, once_key="k1")
    assert entered(in_review, omar, once_key="k1") == first
    assert (CreditReport.objects.count(), in_review.events.filter(verb="note_paper").count()) == (1, 1)
    with pytest.raises(Refused, match="once_key_reused"):
        entered(in_review, omar, band="fair", once_key="k1")


def test_only_the_reviewer_enters_a_report_and_only_in_review(in_review, omar, olga, mariam):
    for by in (olga, mariam):
        with pytest.raises(PermissionDenied):
            entered(in_review, by)
    decision.recommend(in_review, by=omar, reasons=["affordable"], note="Yes.", **TERMS)
    with pytest.raises(TransitionNotAllowed):
        entered(in_review, omar)


def test_what_a_report_tells_is_sealed_and_the_story_holds_none_of_it(in_review, omar):
    report = entered(in_review, omar, debts=[credit.Debt("collection", 98_765, 4_321, True)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM loans_creditreport WHERE id = %s", [report.pk])
        stored = str(cursor.fetchone()[0])
    assert not any(word in stored for word in ("98765", "collection", "good"))
    event = in_review.events.get(verb="enter_credit_report")
    assert event.detail == {"bureau": "equifax", "on": clock.today().isoformat()}
    assert event.words_hash == ""


def test_it_is_no_paper_that_is_accepted_refused_or_sent(in_review, omar, amina):
    paper = entered(in_review, omar).document
    for deed in (papers.accept, lambda it, by: papers.refuse(it, by=by, note="No.")):
        with pytest.raises(TransitionNotAllowed):
            deed(again(paper), by=omar)
    review.ask_for_more(again(in_review), by=omar, asked=[("papers", "Page two.")])
    with pytest.raises(Refused, match="unknown_paper"):
        filling.add_paper(again(in_review), "credit_report", picture(), name="x.jpg", by=amina)


# --- The figure ----------------------------------------------------------------------------------


def test_its_debts_are_one_figure_on_paper(in_review, omar):
    report = entered(in_review, omar)
    line = debts_of(in_review)
    assert (line.paper.cents, line.paper.document) == (CARD.monthly_cents + PHONE.monthly_cents, report.document)
    assert line.counting_cents == 10_800
    assert line.source.startswith("Credit report, received on")


def test_a_report_without_debts_says_nothing_of_them(in_review, omar):
    entered(in_review, omar, band=credit.NO_SCORE, debts=[])
    assert debts_of(in_review).history == []


def test_what_the_officer_adjusted_still_counts(in_review, omar):
    ladder.adjust(in_review, by=omar, line=credit.DEBTS, cents=20_000, note="A loan of her uncle besides.")
    entered(in_review, omar)
    assert debts_of(in_review).counting_cents == 20_000


# --- Taken back ----------------------------------------------------------------------------------


def test_a_report_that_should_not_be_here_goes_at_once(in_review, omar, django_capture_on_commit_callbacks):
    report = entered(in_review, omar)
    file = report.document.pages.get().file
    with django_capture_on_commit_callbacks(execute=True):
        credit.take_back_report(again(in_review), by=omar, report=report.pk, note="Somebody else of that name.")
    report = again(report)
    assert (report.told, report.debts, report.document.pages.count()) == (None, [], 0)
    assert (report.document.erased_on, report.document.page_hashes) == (clock.today(), [file.sha256])
    with pytest.raises(Damaged, match="gone"):
        file.read()
    line = debts_of(in_review)
    assert (line.paper, line.history[-1].is_taken_back) == (None, True)
    assert report.taken_back.note.text == "Somebody else of that name."
    entered(in_review, omar)  # the right one of the same day


def test_a_figure_from_another_paper_stays_when_a_report_goes(in_review, omar):
    report, stub = entered(in_review, omar), in_review.documents.get(kind="income").pk
    ladder.note_paper(again(in_review), by=omar, line=credit.DEBTS, cents=7_000, document=stub)
    credit.take_back_report(again(in_review), by=omar, report=report.pk, note="An old one.")
    assert debts_of(in_review).paper.cents == 7_000


def test_a_report_is_taken_back_with_a_reason_and_once(in_review, omar):
    report = entered(in_review, omar)
    said = {"by": omar, "report": report.pk}
    refused("empty_note", lambda: credit.take_back_report(again(in_review), note=" ", **said))
    gone = credit.take_back_report(again(in_review), note="An old one.", once_key="k1", **said)
    assert credit.take_back_report(again(in_review), note="An old one.", once_key="k1", **said) == gone
    refused("report_gone", lambda: credit.take_back_report(again(in_review), note="Again.", **said))


def test_the_report_of_another_case_is_not_taken_back_here(in_review, omar):
    refused("report_gone", lambda: credit.take_back_report(in_review, by=omar, report=0, note="Why not."))
