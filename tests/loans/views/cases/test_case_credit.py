"""The credit reports of a case: the page, the form, taking back; and the page of whom they are about."""

import io

import pytest
from django.urls import reverse

from config import clock
from letters.models import Letter
from letters.render import render
from loans.furnishing.office import furnish
from loans.lifecycle.applying import consents, filling, submission
from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing import credit, review
from loans.models import CreditBureau, CreditReport, ScoreBand
from loans.paper_kinds import REPORT_YEARS
from tests.cases import SAID, again, fill_in, pdf, picture
from tests.credit import entered
from tests.journeys.person import Person
from tests.people import signs_in
from tests.settings import proposed

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def typed(**other):
    """The form as an officer fills it in: one credit card, and a score."""
    day = clock.today()
    said = {
        "bureau": "equifax",
        "reported_on-day": str(day.day),
        "reported_on-month": str(day.month),
        "reported_on-year": str(day.year),
        "band": "good",
        "lender-1": "card",
        "balance-1": "2,100",
        "monthly-1": "63",
        "once_key": "k1",
        "file": file("report.pdf", pdf()),
    }
    return {**said, **other}


def file(name, data):
    sent = io.BytesIO(data)
    sent.name = name
    return sent


def send(person, case, **other):
    return person.browser.post(reverse("credit_report_entry", args=[case.reference]), typed(**other))


def page_of(person, case):
    return person.opens("credit_reports", case.reference).content.decode()


# --- The form ------------------------------------------------------------------------------------


def test_the_file_leads_over_the_reports_to_the_form(in_review, omar):
    officer, reference = Person("en", omar), in_review.reference
    assert f'href="{reverse("credit_reports", args=[reference])}"' in officer.opens("case", reference).content.decode()
    page = page_of(officer, in_review)
    assert "No credit report yet" in page
    assert f'href="{reverse("credit_report_entry", args=[reference])}"' in page


def test_an_officer_enters_a_report_once(in_review, omar):
    officer = Person("en", omar)
    for _click in range(2):
        answer = send(officer, in_review, **{"lender-2": "phone", "balance-2": "0", "monthly-2": "45"})
        assert (answer.status_code, answer.url) == (302, reverse("credit_reports", args=[in_review.reference]))
    report = CreditReport.objects.get()
    assert [debt["monthly_cents"] for debt in report.debts] == [6_300, 4_500]
    page = page_of(officer, in_review)
    for shown in ("Equifax Canada Co.", "Good (660 to 724)", "Credit card", "$2,100.00", "$108.00", "See the report"):
        assert shown in page


def test_no_score_yet_is_an_answer_and_is_told_kindly(in_review, omar):
    officer = Person("en", omar)
    send(officer, in_review, band="no-score", **{"lender-1": "", "balance-1": "", "monthly-1": ""})
    assert CreditReport.objects.get().told == {"band": credit.NO_SCORE, "debts": []}
    page = page_of(officer, in_review)
    assert "That is usual for somebody who is new in Canada." in page
    assert "It shows no debts." in page


def test_a_line_that_is_not_whole_is_told_and_nothing_typed_is_lost(in_review, omar):
    answer = send(Person("en", omar), in_review, **{"monthly-1": "", "balance-4": "77.10"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for link in ("#id-monthly-1", "#id-lender-4", "#id-monthly-4"):
        assert f'href="{link}"' in page
    assert 'value="77.10"' in page
    assert "Please choose the file again." in page
    assert "<details open><summary>More debts" in page
    assert not CreditReport.objects.exists()


def test_a_form_without_its_file_says_so_beside_it(in_review, omar):
    answer = send(Person("en", omar), in_review, file="", **{"balance-1": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id-balance-1"' in page
    assert 'href="#id-file"' in page
    assert page.count("Please choose the file of the report.") == 2


def test_a_refused_file_keeps_what_was_typed(in_review, omar):
    answer = send(Person("en", omar), in_review, file=file("report.pdf", b"not a pdf"), **{"balance-1": "2,100.55"})
    assert answer.status_code == 422
    assert 'value="2,100.55"' in answer.content.decode()


def test_a_photo_of_a_report_will_do(in_review, omar):
    assert send(Person("en", omar), in_review, file=file("report.jpg", picture())).status_code == 302


def test_without_a_consent_the_page_offers_no_form_and_the_form_is_refused_in_words(in_review, omar, amina):
    consents.withdraw(in_review, by=amina, purpose="credit_check")
    officer = Person("en", omar)
    page = page_of(officer, in_review)
    assert "The applicant has not agreed that we ask a credit bureau" in page
    assert reverse("credit_report_entry", args=[in_review.reference]) not in page
    answer = send(officer, in_review)
    assert answer.status_code == 422
    assert "Ask them first: they agree on their own page." in answer.content.decode()
    assert not CreditReport.objects.exists()


def test_whoever_may_not_enter_one_is_led_back_and_refused(client, in_review, olga, mariam, carl, felix):
    url = reverse("credit_report_entry", args=[in_review.reference])
    for who in (olga, mariam):
        signs_in(client, who)
        assert client.get(url).url == reverse("credit_reports", args=[in_review.reference])
        assert client.post(url, typed()).status_code == 403
    signs_in(client, felix)
    assert client.get(url).status_code == 404


# --- Who sees what -------------------------------------------------------------------------------


def test_who_decides_reads_it_and_finance_finds_nothing(client, in_review, omar, mariam, felix):
    report = entered(in_review, omar)
    paper = reverse("case_paper", args=[in_review.reference, report.document_id])
    tab = reverse("credit_reports", args=[in_review.reference])
    signs_in(client, mariam)
    assert "Credit card" in client.get(tab).content.decode()
    assert client.get(paper)["Content-Type"] == "application/pdf"
    signs_in(client, felix)
    assert {client.get(url).status_code for url in (tab, paper)} == {404}


def test_the_auditor_sees_that_it_was_entered_and_none_of_it(in_review, omar, ada):
    report = entered(in_review, omar)
    page = page_of(Person("en", ada), in_review)
    assert "What it tells is hidden." in page
    assert not any(word in page for word in ("Credit card", "Good (", "$2,100.00", "See the report"))
    paper = reverse("case_paper", args=[in_review.reference, report.document_id])
    assert Person("en", ada).browser.get(paper).status_code == 404


def test_it_is_not_among_the_papers_of_the_applicant(in_review, omar, amina):
    report = entered(in_review, omar)
    file_page = Person("en", omar).opens("case", in_review.reference).content.decode()
    assert reverse("case_paper", args=[in_review.reference, report.document_id]) not in file_page
    answer = Person("en", omar).browser.post(
        reverse("paper_refusal", args=[in_review.reference, report.document_id]), {"note": "No."}
    )
    assert answer.status_code in (302, 422)
    assert again(report).document.state == "received"
    own = Person("en", amina).opens("my_case", in_review.reference).content.decode()
    assert reverse("my_paper", args=[in_review.reference, report.document_id]) not in own


def test_the_applicant_sees_their_own_report_and_its_file(in_review, omar, amina):
    report = entered(in_review, omar)
    person, where = Person("en", amina), [in_review.reference]
    assert reverse("my_credit_reports", args=where) in person.opens("my_case", *where).content.decode()
    page = person.opens("my_credit_reports", *where).content.decode()
    for shown in ("Equifax Canada Co.", "1-866-828-5961", "Telephone or internet contract", "$108.00", "late"):
        assert shown in page
    answer = person.browser.get(reverse("my_credit_report_file", args=[*where, report.pk]))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")


def test_a_report_that_was_taken_back_is_not_shown_to_the_applicant(client, in_review, omar, amina):
    report = entered(in_review, omar)
    credit.take_back_report(again(in_review), by=omar, report=report.pk, note="Somebody else of that name.")
    signs_in(client, amina)
    where = [in_review.reference]
    assert client.get(reverse("my_credit_reports", args=where)).status_code == 404
    assert client.get(reverse("my_credit_report_file", args=[*where, report.pk])).status_code == 404
    assert reverse("my_credit_reports", args=where) not in client.get(reverse("my_case", args=where)).content.decode()


def test_the_pages_promise_what_the_rule_says():
    assert REPORT_YEARS == 1  # "one year after the decision", in words on both pages


# --- Taken back, the figure, the decision --------------------------------------------------------


def test_a_report_is_taken_back_from_the_page_with_a_reason(in_review, omar):
    report, officer = entered(in_review, omar), Person("en", omar)
    where = reverse("credit_report_removal", args=[in_review.reference, report.pk])
    answer = officer.browser.post(where, {"note": " ", "once_key": "k2"})
    assert answer.status_code == 422
    assert f'href="#id-remove-{report.pk}-note"' in answer.content.decode()
    for _click in range(2):
        page = officer.browser.post(where, {"note": "It is about another Amina.", "once_key": "k2"}, follow=True)
        assert "Taken back. What it told is erased." in page.content.decode()
    assert "It is about another Amina." in page.content.decode()
    late = officer.browser.post(where, {"note": "And again.", "once_key": "k3"})
    assert late.status_code == 422
    assert "And again." in late.content.decode()


def test_more_debts_said_than_shown_is_pointed_out(amina, omar, product):
    budget = {**SAID["budget"], "debts": "300"}
    case = submission.submit(fill_in(filling.start(amina, product), amina, budget=budget), by=amina)
    entered(review.take(case, by=omar), omar)
    page = page_of(Person("en", omar), case)
    assert "In the figures $108.00 a month count for debts." in page
    assert "The applicant said $300.00, the paper shows $108.00." in page


def test_a_no_that_lacks_its_report_says_so_beside_the_reasons(in_review, mariam):
    person = Person("en", mariam)
    where = reverse("refusal", args=[in_review.reference])
    said = {"reason-credit_history": "yes", "seen": in_review.events.latest("pk").pk, "once_key": "k1"}
    answer = person.browser.post(where, said)
    assert answer.status_code == 422
    assert "One of these reasons comes from a credit report, and there is none in this file." in answer.content.decode()
    assert again(in_review).state == "in_review"


def test_the_office_sees_on_which_report_a_no_rests(in_review, omar, mariam):
    entered(in_review, omar)
    decision.decline(again(in_review), by=mariam, reasons=["credit_history"])
    page = page_of(Person("en", mariam), in_review)
    assert "rests on this report." in page
    assert "This report should not be here" not in page


def test_a_bureau_that_moved_is_told_with_its_new_address(in_review, omar, mariam, amina):
    entered(in_review, omar)
    decision.decline(again(in_review), by=mariam, reasons=["credit_history"])
    before = render(Letter.objects.get(kind="declined")).text
    proposed("credit-bureaus", "equifax", by=mariam, address="Box 1\nMontréal", is_confirmed=True)
    page = Person("en", amina).opens("my_case", in_review.reference).content.decode()
    assert "Box 1, Montréal" in page
    assert render(Letter.objects.get(kind="declined")).text == before


# --- Bureaus and scores are the office's own -----------------------------------------------------


def test_bureaus_and_scores_are_settings_of_the_office(office, mariam):
    manager = Person("en", mariam)
    for kind, code, shown in (("credit-bureaus", "transunion", "3115 Harvester Road"), ("score-bands", "good", "660")):
        assert shown in manager.opens("setting", kind, code).content.decode()
    proposed("score-bands", "good", by=mariam, least=650)
    assert ScoreBand.objects.get(code="good").least == 650


def test_what_the_office_wrote_stays_when_it_is_furnished_again(office, mariam):
    proposed("credit-bureaus", "equifax", by=mariam, phone="1-800-555-0100", is_confirmed=True)
    ScoreBand.objects.filter(code="fair").delete()
    furnish()
    assert CreditBureau.objects.get(code="equifax").phone == "1-800-555-0100"
    assert not CreditBureau.objects.get(code="transunion").is_confirmed
    assert not ScoreBand.objects.filter(code="fair").exists()


@pytest.mark.parametrize("name", ["credit_reports", "credit_report_entry"])
def test_the_pages_of_the_office_ask_little(client, in_review, omar, mariam, name, django_assert_max_num_queries):
    entered(in_review, omar)
    entered(in_review, omar, bureau="transunion")
    signs_in(client, omar)
    url = reverse(name, args=[in_review.reference])
    client.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(url).status_code == 200


def test_the_page_of_the_applicant_asks_little(client, in_review, omar, amina, django_assert_max_num_queries):
    entered(in_review, omar)
    entered(in_review, omar, bureau="transunion")
    signs_in(client, amina)
    url = reverse("my_credit_reports", args=[in_review.reference])
    client.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(url).status_code == 200
