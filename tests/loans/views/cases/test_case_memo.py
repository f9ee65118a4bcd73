"""The decision memo: every figure has its source, nobody's demographics."""

import re
import subprocess

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applicants.voluntary import QUESTIONS, VoluntaryAnswers
from loans.lifecycle.deciding import committee, decision
from loans.lifecycle.deciding.record_parts import CaseFile, live_parts
from loans.models import Application, Product, Submission
from loans.views.cases.memo import memo_of
from tests.cases import TERMS, again
from tests.journeys.person import Person
from tests.loans.views.cases.memos import assert_sourced, figures_in, page_of, text_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 23
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung" * 4


def test_every_figure_of_the_memo_carries_its_source(rich, mariam):
    page = page_of(mariam, rich)
    assert_sourced(page)
    for told in (
        "$2,300.00", "$2,100.00", "$600.00", "read by Omar Diallo on", "Box 14.", "Four eat there.", "Unemployed",
        "Laid off in May.", "Her teacher", "Never late.", "Ask the school.", "Olga", "A sound plan.", "$5,700.50",
        "International Pharmacy Graduate Program", "APR",
    ):  # fmt: skip
        assert told in page, told
    for kept in ("Joan Clarke", "A cousin.", "613-555-0123", "Laurier", "1985"):
        assert kept not in page.partition('class="memo"')[2]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("world", ["in_review", "rich", "business"])
def test_a_walk_of_the_memo_finds_no_figure_without_a_known_source(request, world, language, omar):
    case = request.getfixturevalue(world)
    assert_sourced(page_of(omar, case, language))
    memo = memo_of(live_parts(CaseFile(again(case))))
    marks = {mark for mark, _words in memo["legend"]}
    found = list(figures_in(memo))
    assert len(found) > 20
    assert all(figure.source in marks and figure.text for figure in found)


def test_a_business_memo_quotes_the_business(business, omar):
    page = page_of(omar, business)
    for told in ("Nile Bakery", "Egyptian bread and sweets", "$6,000.00", "Nobody has recommended terms yet."):
        assert told in page, told


@pytest.mark.parametrize(("language", "part"), [("en", "100%"), ("fr", "100\u00a0%")])
def test_a_part_of_the_business_carries_its_sign_on_memo_and_file(business, omar, language, part):
    assert part in page_of(omar, business, language)
    assert part in Person(language, omar).opens("case", business.reference).content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_thin_file_has_a_memo_too(in_review, omar, language):
    Submission.objects.filter(application=in_review).delete()
    sent = {"sent_at": in_review.submitted_at, "requested_cents": 100_000, "repayment_months": 12, "costs_cents": 0}
    Submission.objects.create(application=in_review, number=1, answers={}, monthly_surplus_cents=0, **sent)
    in_review.baseline.delete()
    page = page_of(omar, in_review, language)
    assert_sourced(page)
    assert Person(language, omar).browser.get(f"/cases/{in_review.reference}/memo/{language}.pdf").status_code == 200


@pytest.mark.parametrize(
    ("language", "payment", "sum_"), [("en", "Payment a month", "$5,000.00"), ("fr", "Versement mensuel", "5 000,00 $")]
)
def test_the_pdf_says_the_figures(rich, mariam, language, payment, sum_, tmp_path):
    pdf = Person("en", mariam).browser.get(reverse("case_memo_file", args=[rich.reference, language]))
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    text = text_of(pdf.content, tmp_path).replace("\xa0", " ").replace("\u202f", " ")
    assert payment in text
    assert sum_ in text
    for told in ("Amina El-Sayed", rich.reference, "Box 14.", "Never late."):
        assert told in text
    pages = re.search(r"Pages:\s+(\d+)", subprocess.run(
        ["pdfinfo", str(tmp_path / "memo.pdf")], capture_output=True, text=True, check=True
    ).stdout)  # fmt: skip
    assert int(pages.group(1)) <= 3


def test_long_words_break_and_are_kept(in_review, omar, tmp_path):
    decision.recommend(in_review, by=omar, reasons=["affordable"], note=LONG, **TERMS)
    assert LONG in page_of(omar, in_review)
    pdf = Person("en", omar).browser.get(reverse("case_memo_file", args=[in_review.reference, "en"])).content
    assert LONG in re.sub(r"\s", "", text_of(pdf, tmp_path))


def test_a_vote_stays_sealed_on_the_memo_until_the_count(rich, carl, bea, mariam):
    Product.objects.update(one_decides_up_to_cents=400_000)
    committee.cast_vote(again(rich), by=carl, in_favour=True, note="Sound to me.")
    page = page_of(mariam, rich)
    assert "Carl" in page
    assert "Sound to me." not in page
    assert "In favour" not in page
    committee.cast_vote(again(rich), by=bea, in_favour=True, note="A good plan.")
    page = page_of(mariam, rich)
    for told in ("Sound to me.", "A good plan.", "2 in favour, 0 against", "The committee, by its votes"):
        assert told in page, told


@pytest.mark.parametrize("who", ["omar", "mariam", "carl", "ada"])
def test_no_page_that_a_decider_reads_asks_for_demographics(rich, amina, who, request):
    VoluntaryAnswers.keep(amina, {question.name: f"zebrafish-{question.name}" for question in QUESTIONS})
    Product.objects.update(one_decides_up_to_cents=400_000)
    browser = Person("en", request.getfixturevalue(who)).browser
    names = ("case", "case_memo", "figures", "case_minutes", "case_conflicts", "case_diary")
    addresses = [reverse(name, args=[rich.reference]) for name in names]
    addresses.append(reverse("case_memo_file", args=[rich.reference, "en"]))
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(address)
        assert page.status_code == 200, address
        assert not [query for query in asked if VoluntaryAnswers._meta.db_table in query["sql"]], address
        assert b"zebrafish" not in page.content


@pytest.mark.parametrize("is_decided", [False, True])
def test_the_memo_asks_little(rich, mariam, carl, bea, is_decided):
    Product.objects.update(one_decides_up_to_cents=400_000)
    committee.cast_vote(again(rich), by=carl, in_favour=True)
    if is_decided:
        committee.cast_vote(again(rich), by=bea, in_favour=True)
        assert again(rich).state == Application.State.APPROVED
    reader = Person("en", mariam)
    reader.opens("case_memo", rich.reference)
    with CaptureQueriesContext(connection) as asked:
        reader.opens("case_memo", rich.reference)
    assert len(asked) <= MOST_QUERIES, [query["sql"][:120] for query in asked]
