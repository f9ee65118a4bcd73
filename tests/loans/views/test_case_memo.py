"""The decision memo: live before the decision, frozen after it; every figure has its source, nobody's demographics."""

import re
import subprocess
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applicants.voluntary import QUESTIONS, VoluntaryAnswers
from config import clock
from loans.lifecycle import (
    appeal,
    committee,
    conflicts,
    decision,
    diary,
    filling,
    ladder,
    retention,
    review,
    submission,
)
from loans.lifecycle.record_parts import CaseFile, live_parts
from loans.models import Application, DecisionRecord, Product, Submission
from loans.views.memo import memo_of
from loans.views.memo_sources import Figure
from tests.cases import TERMS, again, fill_in
from tests.days_ahead import days_ahead
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db
MOST_QUERIES = 23
PAY = "budget.pay.0"
MONEY = re.compile(r"\$\s?\d|\d\s?\$|\d\s?%")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung" * 4


class Loose(HTMLParser):
    """Collects sums and rates of a memo that stand outside of a sourced figure."""

    def __init__(self):
        super().__init__()
        self.depth, self.inside, self.sourced, self.loose, self.marks = 0, 0, 0, [], set()
        self.is_mark = self.is_label = False

    def handle_starttag(self, tag, attrs):
        self.is_label = tag == "dt"  # "Goods for $100 of sales" is a question, not its answer
        css = dict(attrs).get("class") or ""
        if tag == "div":
            self.depth += 1
            if css == "memo":
                self.inside = self.depth
        if tag == "span":
            self.sourced += 1 if self.sourced or css == "sourced" else 0
            self.is_mark = css == "mark"

    def handle_endtag(self, tag):
        if tag == "div":
            self.inside = 0 if self.inside == self.depth else self.inside
            self.depth -= 1
        if tag == "span":
            self.sourced -= 1 if self.sourced else 0

    def handle_data(self, data):
        if not self.inside:
            return
        if self.is_mark:
            self.marks.add(data.strip())
            self.is_mark = False
        elif not self.sourced and not self.is_label and MONEY.search(data):
            self.loose.append(data.strip())


def figures_in(value):
    """Every Figure of a memo, however deep."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from figures_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from figures_in(each)


def text_of(pdf, tmp_path):
    file = tmp_path / "memo.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def rich(in_review, omar, olga, mariam):
    """A file with a paper's figure, an adjusted one, a task, a reference, a conflict and recommended terms."""
    case, paper = in_review, in_review.documents.get(kind="income").pk
    ladder.note_paper(case, by=omar, line=PAY, cents=210_000, document=paper, note="Box 14.")
    ladder.adjust(again(case), by=omar, line="budget.food.0", cents=60_000, note="Four eat there.")
    ladder.adjust(again(case), by=omar, line="work.target_group.0", group="unemployed", note="Laid off in May.")
    said = {"name": "Joan Clarke", "relation": "Her teacher", "how": "telephone", "on": case.submitted_at.date()}
    diary.contact_reference(again(case), by=omar, said="Never late.", verdict="supports", **said)
    diary.add_task(again(case), by=omar, what="Ask the school.", for_whom=omar, due_on=case.submitted_at.date())
    conflicts.declare(again(case), by=mariam, person=olga, note="A cousin.")
    return decision.recommend(again(case), by=omar, reasons=["affordable"], note="A sound plan.", **TERMS)


@pytest.fixture
def business(amina, omar, office):
    """A business loan that is being read."""
    started = filling.start(amina, office.get(code="business"))
    case = submission.submit(fill_in(started, amina), by=amina)
    return review.take(case, by=omar)


def page_of(who, case, language="en"):
    return Person(language, who).opens("case_memo", case.reference).content.decode()


def assert_sourced(page):
    found = Loose()
    found.feed(page)
    assert found.loose == []
    assert found.marks
    for mark in found.marks:
        assert f"<dt>{mark}</dt>" in page
    return found


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


def test_once_decided_the_memo_is_the_frozen_one_and_tells_its_day_and_hash(rich, mariam, omar):
    live = page_of(omar, rich)
    assert "The file as it stands on" in live
    decision.approve(again(rich), by=mariam, note="Yes.")
    before = page_of(omar, rich)
    record = DecisionRecord.objects.get()
    assert record.hash in before
    assert "frozen with the decision of" in before
    assert "$2,100.00" in before
    Product.objects.update(name_en="Another name", max_cents=9_900_000)
    diary.finish_task(again(rich), by=omar, task=rich.tasks.get(), result="Done.")
    with clock.at(days_ahead(40)):
        after = page_of(omar, rich)
    frozen = [page.partition('<div class="memo">')[2].partition('id="memo-sources"')[0] for page in (before, after)]
    assert frozen[0] == frozen[1]
    assert "Another name" not in frozen[1]
    assert "Ask the school." in frozen[1]


def test_an_appeal_is_heard_on_the_live_file_beside_the_frozen_no(in_review, amina, mariam, carl):
    decision.decline(in_review, by=mariam, reasons=["not_affordable"])
    assert "frozen with the decision of" in page_of(mariam, in_review)
    appeal.appeal(again(in_review), by=amina, note="My hours went up.")
    page = page_of(carl, in_review)
    assert "The file as it stands on" in page
    assert "My hours went up." in page
    no = DecisionRecord.objects.get()
    address = reverse("case_memo_frozen", args=[in_review.reference, no.pk])
    assert address in page
    assert no.hash in Person("en", carl).browser.get(address).content.decode()
    appeal.uphold(again(in_review), by=carl, note="The figures are the same.")
    page = page_of(carl, in_review)
    assert "The decision stands after the appeal" in page
    assert "The figures are the same." in page


def test_the_record_of_another_case_does_not_exist(rich, mariam, business, omar):
    decision.approve(again(rich), by=mariam)
    record = DecisionRecord.objects.get()
    for name, more in (("case_memo_frozen", ()), ("case_memo_frozen_file", ("en",))):
        answer = Person("en", omar).browser.get(reverse(name, args=[business.reference, record.pk, *more]))
        assert answer.status_code == 404
    for language in ("ar", "de"):
        address = reverse("case_memo_file", args=[rich.reference, language])
        assert Person("en", omar).browser.get(address).status_code == 404


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


def test_what_is_erased_leaves_its_hash(in_review, mariam):
    decision.decline(in_review, by=mariam, reasons=["not_affordable"])
    with clock.at(days_ahead(800)):
        assert retention.erase_old_records(clock.today()).done == 1
        page = page_of(mariam, in_review)
    assert DecisionRecord.objects.get().hash in page
    assert "the years of the file are over" in page
    assert 'class="memo"' not in page
    assert Person("en", mariam).browser.get(f"/cases/{in_review.reference}/memo/en.pdf").status_code == 404


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
