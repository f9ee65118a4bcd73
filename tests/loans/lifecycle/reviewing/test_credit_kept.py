"""How long a credit report is kept, and what a decision keeps of it."""

from datetime import timedelta

import pytest

from accounts.actors import CLOCK
from config import clock
from letters.models import Letter
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import decision, declining
from loans.lifecycle.erasing import retention
from loans.lifecycle.lending import disbursement
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import credit
from loans.models import Document, Mishap, Page
from loans.paper_kinds import REPORT_YEARS
from money.calendar import add_months
from tests.cases import TERMS, again, sign
from tests.credit import entered, refused
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


def a_year_on():
    return add_months(clock.today(), 12 * REPORT_YEARS)


def erase_on(day):
    with clock.at(days_ahead((day - clock.today()).days)):
        tally = retention.erase_old_papers(day)
    assert not Mishap.objects.exists()
    return tally.done


# --- How long it is kept -------------------------------------------------------------------------


def test_it_is_kept_a_year_from_the_no_and_erased_the_day_after(in_review, omar, mariam):
    report = entered(in_review, omar)
    decision.decline(again(in_review), by=mariam, reasons=["not_affordable"])
    assert erase_on(a_year_on()) == 0
    assert erase_on(a_year_on() + timedelta(days=1)) == 1
    report = again(report)
    assert (report.told, report.bureau.code, report.document.erased_on) == (
        None,
        "equifax",
        a_year_on() + timedelta(days=1),
    )
    assert not Page.objects.filter(document=report.document).exists()
    assert len(report.document.page_hashes) == 1
    event = in_review.events.get(verb="erase")
    assert (event.subject_id, event.actor, event.detail) == (report.document_id, str(CLOCK), {"pages": 1})
    assert in_review.documents.filter(erased_on=None).count() == in_review.documents.count() - 1  # the others stay
    assert erase_on(a_year_on() + timedelta(days=2)) == 0


def test_it_is_kept_a_year_from_the_yes_also_while_the_loan_runs(reported_and_active):
    report = reported_and_active
    approved = clock.day_of(report.application.events.get(verb="approve").at)
    last = add_months(approved, 12 * REPORT_YEARS)
    assert erase_on(last) == 0
    assert erase_on(last + timedelta(days=1)) == 1
    assert again(report).told is None


@pytest.fixture
def reported_and_active(in_review, omar, mariam, amina, felix):
    report = entered(in_review, omar)
    case = decision.recommend(again(in_review), by=omar, reasons=["affordable"], note="Yes.", **TERMS)
    loan = sign(decision.approve(case, by=mariam), amina)
    advance = disbursement.release(loan.advances.get(), by=felix)
    disbursement.send(advance, by=felix, on=clock.today())
    return report


def test_an_open_case_keeps_its_report_however_long_it_takes(in_review, omar):
    entered(in_review, omar)
    assert erase_on(a_year_on() + timedelta(days=400)) == 0


def test_a_refused_offer_opens_the_case_and_with_it_the_year(in_review, omar, mariam, amina):
    entered(in_review, omar)
    case = decision.recommend(again(in_review), by=omar, reasons=["affordable"], note="Yes.", **TERMS)
    loan = decision.approve(case, by=mariam)
    signing.refuse(loan, by=amina)
    decision.reconsider_lapsed(clock.today())
    assert again(in_review).state == "in_review"
    assert erase_on(a_year_on() + timedelta(days=1)) == 0


# --- A no that rests on it -----------------------------------------------------------------------


def test_a_no_that_rests_on_a_report_needs_one(in_review, mariam):
    refused("no_report_for_reason", lambda: decision.decline(in_review, by=mariam, reasons=["credit_history"]))
    assert again(in_review).state == "in_review"


def test_a_report_that_was_taken_back_carries_no_decision(in_review, omar, mariam):
    report = entered(in_review, omar)
    credit.take_back_report(again(in_review), by=omar, report=report.pk, note="An old one.")
    refused("no_report_for_reason", lambda: decision.decline(again(in_review), by=mariam, reasons=["credit_history"]))


def test_the_decision_keeps_which_report_it_was(in_review, omar, mariam):
    report = entered(in_review, omar)
    decision.decline(again(in_review), by=mariam, reasons=["not_affordable", "credit_history"])
    kept = in_review.events.get(verb="decline").detail["reports"]
    assert kept == [{"report": report.pk, "bureau": "equifax", "on": clock.today().isoformat()}]
    [bureau] = Letter.objects.get(kind="declined").facts["bureaus"]
    assert (bureau["name"], bureau["phone"]) == ("Equifax Canada Co.", "1-866-828-5961")
    assert bureau["address"] == "National Consumer Relations, Box 190, Station Jean-Talon, Montréal QC  H1S 2Z2"


def test_of_each_bureau_the_newest_report_is_named(in_review, omar, mariam):
    entered(in_review, omar)
    with clock.at(days_ahead(2)):
        newest = entered(in_review, omar, reported_on=clock.today())
        other = entered(in_review, omar, bureau="transunion", reported_on=clock.today())
        decision.decline(again(in_review), by=mariam, reasons=["credit_history"])
    kept = in_review.events.get(verb="decline").detail["reports"]
    assert [each["report"] for each in kept] == [newest.pk, other.pk]


def test_a_no_for_another_reason_names_no_bureau(in_review, omar, mariam):
    entered(in_review, omar)
    decision.decline(again(in_review), by=mariam, reasons=["not_affordable"])
    assert "reports" not in in_review.events.get(verb="decline").detail
    assert "bureaus" not in Letter.objects.get(kind="declined").facts


def test_after_the_year_the_no_still_says_on_whose_report_it_rested(in_review, omar, mariam):
    entered(in_review, omar)
    decision.decline(again(in_review), by=mariam, reasons=["credit_history"])
    erase_on(a_year_on() + timedelta(days=1))
    [bureau] = declining.decision_told(again(in_review))["bureaus"]
    assert (bureau["name"], bureau["on"]) == ("Equifax Canada Co.", clock.today())


def test_a_report_makes_a_decision_on_an_older_page_stale(in_review, omar, mariam):
    seen = in_review.events.latest("pk").pk
    entered(in_review, omar)
    with pytest.raises(Refused, match="stale_file"):
        decision.decline(again(in_review), by=mariam, reasons=["not_affordable"], seen=seen)


def test_its_paper_is_one_of_the_office(in_review, omar):
    entered(in_review, omar)
    assert [paper.kind for paper in Document.objects.all() if paper.is_of_the_office] == ["credit_report"]
