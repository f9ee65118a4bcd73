"""Each item that disclosure law asks for (DOMAIN 1.4), by product, rate, fee, phase, advances, parties, language.

The figures are those of the engine, worked out here from the terms alone; a row of the statement is found by its
number.
"""

import html
import os
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import product as every

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from config import clock
from letters.wording import day, money, percent
from loans.lifecycle.contracts import paper_making
from loans.lifecycle.contracts.contract import agreement_facts, contract_title, paper_title
from loans.lifecycle.contracts.disclosure import disclosure_facts
from loans.lifecycle.lending import planning
from loans.models import Loan, LoanPaper, Product
from money.cost import triggering_rate
from money.figures import figures
from money.schedule import Advance, FeePaid, OnRateChange
from tests.pdfs import bare, check_for_everybody, text_of

pytestmark = pytest.mark.django_db
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
PRODUCTS = ("professional-development", "credential", "business", "interest-free")
RATES = ("fixed", "moving", "moving, payment kept")
FEES = ("none", "deducted", "added")
STUDY = (False, True)
ADVANCES = (1, 3)
PARTIES = (1, 2)
ALL = tuple(every(RATES, FEES, STUDY, ADVANCES, PARTIES))
# Every pair of values of two of the five columns occurs in one of these.
PAIRWISE = (
    ("fixed", "none", False, 1, 1),
    ("fixed", "deducted", True, 3, 2),
    ("fixed", "added", False, 3, 1),
    ("moving", "none", True, 3, 1),
    ("moving", "deducted", False, 1, 2),
    ("moving", "added", True, 1, 2),
    ("moving, payment kept", "none", True, 1, 2),
    ("moving, payment kept", "deducted", False, 3, 1),
    ("moving, payment kept", "added", True, 3, 1),
)
TEXT = ALL if IS_LONG else PAIRWISE
ON_PAPER = {False: PAIRWISE, True: PAIRWISE} if IS_LONG else {False: PAIRWISE[1:2], True: PAIRWISE[8:]}


def offered_on(case, code, rate, fee, study, advances, monkeypatch):
    """The only loan of the case, offered on these terms: nobody else has any."""
    case.loans.all().delete()
    sold = Product.objects.get(code=code)
    case.product = sold
    case.save()
    _set_rate(sold, rate)
    _set_fee(sold, fee)
    months = sold.max_study_months or 6
    wanted = {"principal_cents": sold.max_cents, "repayment_months": sold.min_repayment_months}
    loan = planning.planned_loan(sold, study_months=months if study else 0, **wanted)
    loan.application, loan.number = case, "L-2027-0042"
    _set_advances(advances, monkeypatch)
    loan.save()
    planning.new_version(loan, reason="offer")
    return loan


def _set_rate(sold, rate):
    sold.follows_index = rate != "fixed"
    if sold.follows_index:
        sold.rate_index, sold.annual_rate = "prime", Decimal("0.02")
        sold.on_rate_change = OnRateChange.KEEP if rate.endswith("kept") else OnRateChange.RELEVEL


def _set_fee(sold, fee):
    sold.fee_rate, sold.fee_cap_cents = (Decimal(0), None) if fee == "none" else (Decimal("0.03"), 25_000)
    sold.fee_paid = FeePaid.DEDUCTED if fee == "none" else FeePaid(fee)


PLANNED = Loan.terms.fget


def _set_advances(count, monkeypatch):
    """The money goes out in so many parts, a month apart: the lifecycle plans one, the engine and the papers any."""

    def terms(loan):
        made = PLANNED(loan)
        first, rest = loan.principal_cents - (count - 1) * 20_000, [20_000] * (count - 1)
        days = [made.advances[0].on + timedelta(days=30 * step) for step in range(count)]
        parts = tuple(Advance(on, cents) for on, cents in zip(days, [first, *rest], strict=True))
        return replace(made, advances=parts)

    monkeypatch.setattr(Loan, "terms", property(terms))


def statement(loan, language):
    """The page of HTML, as the printer gets it."""
    with override(language):
        title = paper_title(loan, LoanPaper.Kind.DISCLOSURE)
        return render_to_string("loans/papers/disclosure.html", {**disclosure_facts(loan), "title": title})


def rows_of(page):
    """{number of the item: the words of its rows}, headings and values together."""
    found = {}
    for item, row in re.findall(r'<tr data-item="(\w+)">(.*?)</tr>', page, re.DOTALL):
        found[item] = found.get(item, "") + " " + html.unescape(re.sub(r"<[^>]+>", " ", row))
    return found


def expected(loan, parties):
    """{number of the item: what must stand in its rows}, from the terms by the engine alone, in the active language."""
    found = figures(loan.terms)
    plan, cost, terms = found.plan, found.cost, loan.terms
    added = loan.fee_cents if loan.fee_paid == FeePaid.ADDED else 0
    kept_back = loan.fee_cents if loan.fee_paid == FeePaid.DEDUCTED else 0
    last = plan.instalments[-1]
    fee = [money(loan.fee_cents), money(loan.principal_cents - kept_back)] if loan.fee_cents else []
    told = {
        "1": [day(clock.day_of(loan.offered_at)), *(str(party) for party in parties)],
        "2": [money(loan.principal_cents), money(loan.principal_cents + added)],
        "3": [*(f"{money(advance.cents)}" for advance in terms.advances), *(day(a.on) for a in terms.advances), *fee],
        "4": [str(len(plan.instalments)), day(terms.advances[0].on), day(last.due_on)],
        "5": [],
        "6": [percent(loan.annual_rate)],
        "7": [percent(found.apr)],
        "8": [money(cost.cost_of_borrowing_cents), money(cost.total_paid_cents)],
        "9": [money(cents) for cents in {row.total_cents for row in plan.instalments if row.total_cents}],
        "10": [],
        "11": ["÷"] if loan.fee_cents else [],
        "12": [],
        "13": [],
        "14": [],
        "15": [],
    }
    if loan.follows_index:
        kept = loan.on_rate_change == OnRateChange.KEEP
        lowest = min(row.total_cents for row in plan.instalments[loan.study_months : -1])
        triggers = [percent(triggering_rate(lowest, loan.principal_cents + added))] if kept else []
        told |= {"V1": [percent(loan.annual_rate)], "V2": [percent(loan.margin)], "V3": [], "V4": triggers}
    return told, plan


WORDS = {
    "en": {
        "5": ("interest",), "10": ("first to the cost of borrowing, then to the principal",), "11": ("at no charge",),
        "12": ("No late fee", "what our bank charges us"), "13": ("None", "security"), "14": ("None", "insurance"),
        "15": ("No broker", "no other charge"), "6": ("calculated monthly, not in advance",), "4": ("Amortization",),
        "V2": ("prime rate", "from the day on which the index changes"), "V3": ("at the rate on the day of this",),
        "V4": ("amortization|cannot grow",),
    },
    "fr": {
        "5": ("intérêts",), "10": ("d’abord au coût d’emprunt, puis au capital",), "11": ("sans frais",),
        "12": ("Pas de frais de retard", "notre banque nous facture"), "13": ("Aucune", "garantie"),
        "14": ("Aucun", "assurance"), "15": ("Aucun courtier", "pas d’autres frais"), "4": ("amortissement",),
        "6": ("calculés chaque mois et non à l’avance",), "V2": ("taux préférentiel", "à compter du jour"),
        "V3": ("au taux à la date de la déclaration",), "V4": ("amortissement négatif|ne peut pas augmenter",),
    },
}  # fmt: skip


def check_rows(loan, parties, page, language):
    rows = rows_of(page)
    with override(language):
        told, plan = expected(loan, parties)
    assert set(rows) == set(told)
    for item, values in told.items():
        for value in values:
            assert bare(value) in bare(rows[item]), (item, value)
        for words in WORDS[language].get(item, ()):
            assert any(bare(each) in bare(rows[item]) for each in words.split("|")), (item, words)
    return plan


def check_payments(plan, text, language):
    """The amount of every payment stands there, in order."""
    with override(language):
        after = bare(text)
        for row in plan.instalments:
            before, sum_, after = after.partition(bare(money(row.total_cents)))
            assert sum_, (row.number, money(row.total_cents))


@pytest.fixture
def parties(offered, clara):
    def stand(count):
        offered.parties.exclude(kind="borrower").delete()
        if count == 2:
            offered.parties.create(kind="co_borrower", user=clara, name="Clara El-Sayed")
        return list(offered.parties.all())

    offered.loans.get().plans.get().rows.all().delete()
    offered.loans.get().plans.all().delete()
    return stand


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", PRODUCTS)
def test_every_item_stands_on_the_statement_with_the_figures_of_the_engine(
    offered, parties, monkeypatch, code, language
):
    for rate, fee, study, advances, count in TEXT:
        people = parties(count)
        loan = offered_on(offered, code, rate, fee, study, advances, monkeypatch)
        page = statement(loan, language)
        plan = check_rows(loan, people, page, language)
        check_payments(plan, html.unescape(re.sub(r"<[^>]+>", " ", page)), language)
        clear(loan)


def answers_of(loan, language):
    """What the first page of the agreement answers, one by one; and the rows of the terms and the cost below."""
    with override(language):
        page = html.unescape(render_to_string("loans/agreement.html", agreement_facts(loan)))
    short, terms, *_ = (re.findall(r"<dd>(.*?)</dd>", each, re.DOTALL) for each in page.split("<dl")[1:])
    return short, " ".join(terms)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", ["credential", "interest-free"])
def test_the_first_page_answers_with_the_figures_of_the_engine(offered, parties, monkeypatch, code, language):
    for rate, fee, study, advances, count in TEXT:
        parties(count)
        loan = offered_on(offered, code, rate, fee, study, advances, monkeypatch)
        (much, often, until, cost, _), terms = answers_of(loan, language)
        found = figures(loan.terms)
        sums = [row.total_cents for row in found.plan.instalments]
        during, after, last = sums[: loan.study_months], sums[loan.study_months : -1], sums[-1]
        with override(language):
            for phase in filter(any, (during, after)):
                for told in (money(min(phase)), money(max(phase))):
                    assert told in often
                    assert told in terms
            assert money(last) in often
            assert money(last) in until
            assert all(money(cents) in much for cents in (loan.principal_cents, found.received_cents))
            assert bool(re.search(rf"{advances} (parts|versements)", much)) == (advances > 1)
            assert all(
                money(cents) in cost for cents in (found.cost.cost_of_borrowing_cents, found.cost.total_paid_cents)
            )
        clear(loan)


def clear(loan):
    for plan in loan.plans.all():
        plan.rows.all().delete()
        plan.delete()
    loan.delete()


@pytest.mark.parametrize("is_signed_by_the_house", [False, True])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", PRODUCTS)
def test_the_final_file_says_the_same_and_everybody_can_read_it(
    request, offered, parties, monkeypatch, code, language, is_signed_by_the_house
):
    if is_signed_by_the_house:
        request.getfixturevalue("certified")
    for rate, fee, study, advances, count in ON_PAPER[is_signed_by_the_house]:
        people = parties(count)
        loan = offered_on(offered, code, rate, fee, study, advances, monkeypatch)
        paper_making.make_set(loan, people[0], language)
        for made in (loan.agreements.get(), *loan.papers.all()):
            data = made.file.read()
            check_for_everybody(data, language=language, title=title_of(made, language))
        statement_file = loan.papers.get(kind="disclosure").file.read()
        text = text_of(statement_file)
        with override(language):
            told, plan = expected(loan, people)
        for values in told.values():
            assert all(bare(value) in bare(text) for value in values)
        check_payments(plan, text, language)
        check_payments(plan, text_of(loan.agreements.get().file.read()), language)
        forget(loan)


def title_of(made, language):
    with override(language):
        return paper_title(made.loan, LoanPaper.Kind(made.kind)) if hasattr(made, "kind") else contract_title(made.loan)


def forget(loan):
    for made in (*loan.agreements.all(), *loan.papers.all()):
        file = made.file
        made.delete()
        file.delete()
    clear(loan)
