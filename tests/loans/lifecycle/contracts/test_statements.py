"""Statements after signing: what an amendment changes, the plan from another day, the year of a moving rate."""

import io
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from config import clock
from letters.models import Letter
from letters.render import render
from letters.wording import day, money
from loans.lifecycle.contracts import statements
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import changes, charges, disbursement, outlook, planning, repayment
from loans.models import IndexRate, Loan, LoanPaper
from loans.tasks import nightly
from money.calendar import add_months
from tests.cases import again, lend
from tests.days_ahead import days_ahead
from tests.loans.lifecycle.lending.test_debits import moving, prime_becomes

__all__ = ["moving"]
pytestmark = pytest.mark.django_db
WHY = "The course began a month later."


def text_of(paper):
    pages = pypdfium2.PdfDocument(paper.file.read())
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def later(loan):
    """The papers of the loan but those of its contract."""
    return loan.papers.exclude(kind__in=["disclosure", "debit_agreement", "privacy"])


def papers(loan, kind):
    return LoanPaper.objects.filter(loan=loan, kind=kind)


def attached(kind):
    return [letter.attachments.get() for letter in Letter.objects.filter(kind=kind).order_by("pk")]


def on(moment):
    return clock.at(days_ahead((moment - clock.today()).days))


# --- Amended -----------------------------------------------------------------------------------------------


def test_a_pause_is_told_by_a_statement_with_the_figures_of_the_engine(active, mariam):
    foreseen = outlook.foreseen(active, changes.a_pause(2))
    changes.pause(active, by=mariam, instalments=2, note=WHY)
    paper = papers(active, "amended_disclosure").get()
    text = text_of(paper)
    assert attached("plan_changed") == [paper.file]
    assert (paper.language, paper.party, paper.occasion) == ("en", None, "plan:3")
    assert "Interest continues to accrue during the pause." in text
    for outcome in (foreseen.before, foreseen.after):
        assert money(outcome.interest_cents) in text
        assert money(outcome.total_cents) in text
        assert money(outcome.payment_cents) in text
    assert f"The cost of borrowing rises by {money(foreseen.dearer_cents)}." in text
    for due in foreseen.after.dues:
        assert day(due.payable_by) in text
        assert money(due.cents) in text


def test_the_statement_is_a_tagged_paper_that_carries_its_code(active, mariam):
    changes.pause(active, by=mariam, instalments=1, note=WHY)
    paper = papers(active, "amended_disclosure").get()
    with pikepdf.open(io.BytesIO(paper.file.read())) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo["/Title"]) == f"Amended cost of borrowing statement {active.number}"
    assert f"{paper.code[:4]}" in text_of(paper)


def test_a_lower_rate_and_a_new_spread_are_told_too(active, mariam):
    changes.lower_rate(active, by=mariam, annual_rate=Decimal("0.03"), note=WHY)
    said = text_of(papers(active, "amended_disclosure").get())
    assert "Your interest rate was 6.70% a year." in said.replace("\xa0", " ").replace(" %", "%")
    assert "The cost of borrowing falls by" in said
    first = clock.today() + timedelta(days=30)
    changes.reschedule(again(active), by=mariam, months=60, first_due=first, note=WHY)
    said = text_of(papers(active, "amended_disclosure").latest("pk"))
    assert "All that you owe is spread over 60 payments." in said
    assert "The cost of borrowing rises by" in said


def test_a_payment_and_the_one_in_its_place_stand_side_by_side_each_with_its_day(active, mariam):
    first = clock.today() + timedelta(days=40)
    foreseen = outlook.foreseen(active, changes.a_new_spread(active, 60, first))
    changes.reschedule(active, by=mariam, months=60, first_due=first, note=WHY)
    text = text_of(papers(active, "amended_disclosure").get())
    for before, after in zip(foreseen.before.dues, foreseen.after.dues, strict=False):
        was, now = (f"{day(due.payable_by)} {money(due.cents)}" for due in (before, after))
        assert f"{was} {now}" in text
    last = foreseen.after.dues[-1]
    assert f"– – {day(last.payable_by)} {money(last.cents)}" in text  # the plan before had ended


def test_what_the_bank_charged_is_told_with_its_total(active, felix):
    paid = repayment.record_payment(active, by=felix, on=clock.today(), cents=500, method="debit", payer="Amina")
    came_back = repayment.reverse_payment(again(active), by=felix, fact=paid, note="NSF")
    charges.charge_return(again(active), by=felix, reversal=came_back, cents=712)
    paper = papers(active, "amended_disclosure").get()
    assert attached("fee_charged") == [paper.file]
    assert "All payments together rise by $7.12." in text_of(paper)
    assert "The cost of borrowing stays the same." in text_of(paper)


def test_an_index_that_moves_is_no_amendment(moving):
    with clock.at(days_ahead(40)):
        prime_becomes("0.09", clock.today())
        nightly()
        kinds = set(later(moving).exclude(occasion="plan:2").values_list("kind", flat=True))
        assert kinds == {"changed_debit"}
        assert not Letter.objects.get(kind="plan_changed").attachments.exists()


def test_who_reads_a_further_language_has_the_letter_in_it_and_the_paper_in_the_one_that_binds(
    active, amina, mariam, five_languages
):
    User.objects.filter(pk=amina.pk).update(language="ar", binding_language="fr")
    changes.pause(again(active), by=mariam, instalments=1, note=WHY)
    letter = Letter.objects.get(kind="plan_changed")
    assert letter.language == "ar"
    assert letter.attachments.get().loan_paper.language == "fr"
    assert "بيان بما يغيّره هذا مرفق بهذه الرسالة" in render(letter).text


# --- The day on which the money left -------------------------------------------------------------------------


def test_when_the_money_left_on_another_day_the_night_sends_the_new_plan_once(active):
    old, new = active.plans.order_by("version")
    for _ in range(2):
        nightly()
    paper = papers(active, "amended_disclosure").get()
    assert attached("new_plan") == [paper.file]
    text = text_of(paper)
    assert f"We sent the money on {day(active.advance_on)}" in text
    for row in new.rows.all():
        assert day(row.payable_by) in text
        assert money(row.total_cents) in text
    facts = Letter.objects.get(kind="new_plan").facts
    assert facts["total_before_cents"] == sum(row.total_cents for row in old.rows.all())
    assert facts["total_after_cents"] == sum(row.total_cents for row in new.rows.all())
    assert (facts["first_on"], facts["first_cents"]) == (
        new.rows.all()[0].payable_by.isoformat(),
        new.rows.all()[0].total_cents,
    )


def test_when_it_left_on_the_agreed_day_there_is_nothing_to_send(signed, felix):
    with on(signed.advance_on):
        advance = disbursement.release(signed.advances.get(), by=felix)
        disbursement.send(advance, by=felix, on=clock.today())
        nightly()
    assert not later(signed).exists()


def test_a_night_that_died_before_the_letter_sends_both_the_next_time(active, monkeypatch):
    def dies(*args, **facts):
        raise RuntimeError("killed between the paper and its letter")

    with monkeypatch.context() as broken:
        broken.setattr(statements, "tell_parties", dies)
        assert statements.send_new_plans(clock.today()).passed_over == 1
    assert not later(active).exists()
    assert statements.send_new_plans(clock.today()).done == 1
    assert statements.send_new_plans(clock.today()).done == 0
    assert Letter.objects.filter(kind="new_plan").count() == later(active).count() == 1


# --- A year ------------------------------------------------------------------------------------------------


def test_a_year_after_the_money_left_the_statement_tells_both_ends(moving, felix):
    started = books.book_of(moving, moving.advance_on)
    with clock.at(days_ahead(40)):
        prime_becomes("0.09", clock.today())
        nightly()
    ends = add_months(moving.advance_on, 12)
    with on(ends - timedelta(days=1)):
        owed = books.stands(again(moving), clock.today()).next_unpaid.lacking_cents
        repayment.record_payment(again(moving), by=felix, on=clock.today(), cents=owed, method="debit", payer="Amina")
        nightly()
        assert not papers(moving, "yearly_statement").exists()
    with on(ends):
        nightly()
        paper = papers(moving, "yearly_statement").get()
        text, book = text_of(paper), books.book_of(again(moving), ends)
        assert attached("yearly_statement") == [paper.file]
        assert paper.occasion == str(ends.year)
        assert money(started.principal_cents) in text
        assert money(book.principal_cents) in text
        assert money(book.owed_cents) in text
        assert "11.00" in text  # prime + 2
        assert "6.70" in text
        for row in planning.plan_in_force(again(moving)).rows.filter(payable_by__gte=ends):
            assert day(row.payable_by) in text
    with on(ends + timedelta(days=200)):
        nightly()
        assert papers(moving, "yearly_statement").count() == 1
    with on(add_months(moving.advance_on, 24) + timedelta(days=9)):  # late, and twice
        nightly()
        nightly()
        assert papers(moving, "yearly_statement").count() == 2
        facts = Letter.objects.filter(kind="yearly_statement").latest("pk").facts
        assert facts["on"] == add_months(moving.advance_on, 24).isoformat()


def test_a_loan_of_a_fixed_rate_has_no_yearly_statement(active):
    with on(add_months(active.advance_on, 13)):
        statements.send_yearly_statements(clock.today())
    assert not papers(active, "yearly_statement").exists()


def test_the_leap_day_has_its_anniversary_on_the_last_of_february():
    sent_on = clock.today().replace(year=2028, month=2, day=29)
    for year, last in ((2029, 28), (2032, 29)):
        ends = sent_on.replace(year=year, month=2, day=last)
        assert statements.year_ended(sent_on, ends) == ends
        assert statements.year_ended(sent_on, ends - timedelta(days=1)) < ends


def test_how_much_is_asked_of_the_database_does_not_grow_with_the_loans(moving, bilal, product, omar, mariam, felix):
    with clock.at(days_ahead(40)):
        prime_becomes("0.09", clock.today())
        with CaptureQueriesContext(connection) as alone:
            changes.follow_indexes(clock.today())
    other = lend(bilal, product, omar, mariam, felix)
    assert IndexRate.objects.filter(index="prime").exists()
    Loan.objects.filter(pk=other.pk).update(follows_index=True, rate_index="prime", margin=Decimal("0.02"))
    with clock.at(days_ahead(80)):
        prime_becomes("0.10", clock.today())
        with CaptureQueriesContext(connection) as both:
            changes.follow_indexes(clock.today())
    changed = 3  # values heard: one by the first loan, two by the other one
    assert len(both) <= changed * len(alone)
