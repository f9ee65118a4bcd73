"""What is waived is told by a letter with an amended statement, to each party in the language that binds them."""

import re

import pytest
from django.utils.translation import gettext, override

from accounts.models import User
from config import clock
from letters.models import Letter
from letters.render import render
from letters.wording import day, money
from loans.lifecycle.contracts.verifying import Verdict, told_by_code, told_by_file
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import changes, charges, outlook, repayment
from loans.models import Loan
from money.book import FactKind, Part
from tests.cases import again
from tests.pdfs import bare, text_of

pytestmark = pytest.mark.django_db
WHY = "She lost her job."
COMES_WITH_IT = "A statement of what this changes comes with this letter. Please keep it with your agreement."


def waive(loan, by, part=Part.PRINCIPAL, cents=100_000):
    return charges.waive(again(loan), by=by, part=part, cents=cents, note=WHY)


def seen_today(loan):
    return outlook.seen_from(books.book_of(again(loan), clock.today()))


def statement(loan, language="en"):
    return again(loan).papers.filter(kind="amended_disclosure", language=language).latest("pk")


def said_on(paper):
    return " ".join(text_of(paper.file.read()).split())


def test_a_waiver_is_told_by_a_statement_with_the_figures_of_the_engine(active, mariam):
    before = seen_today(active)
    waived = waive(active, mariam)
    after, paper = seen_today(active), statement(active)
    said = said_on(paper)
    assert paper.occasion == f"waiver:{waived.number}"
    assert Letter.objects.get(kind="waived").attachments.get() == paper.file
    assert "We no longer ask you for $1,000.00 of the money that we lent you." in said
    for outlook_ in (before, after):
        assert money(outlook_.total_cents) in said
        assert money(outlook_.interest_cents) in said
    assert f"The cost of borrowing falls by {money(before.interest_cents - after.interest_cents)}." in said
    assert f"All payments together fall by {money(before.total_cents - after.total_cents)}." in said
    for due in after.dues:
        assert day(due.payable_by) in said
        assert money(due.cents) in said


def test_each_party_has_it_in_the_language_that_binds_them(active, amina, clara, mariam):
    User.objects.filter(pk=clara.pk).update(language="fr", binding_language="fr")
    active.application.parties.create(user=clara, name="Clara", kind="co_borrower")
    waive(active, mariam)
    for person, language in ((amina, "en"), (clara, "fr")):
        letter = Letter.objects.get(kind="waived", to=person)
        assert letter.attachments.get().loan_paper.language == language
    with override("fr"):
        sentence = f"Nous ne vous demandons plus {money(100_000)} de l’argent que nous vous avons prêté."
    assert bare(sentence) in bare(said_on(statement(active, "fr")))


@pytest.mark.parametrize("language", ["fr", "ar", "es", "zh-hans"])
def test_the_letter_says_in_each_language_that_a_statement_comes_with_it(
    active, amina, mariam, five_languages, language
):
    User.objects.filter(pk=amina.pk).update(language=language)
    waive(active, mariam)
    with override(language):
        sentence = gettext(COMES_WITH_IT)
    assert sentence != COMES_WITH_IT
    assert sentence in render(Letter.objects.get(kind="waived")).text


def test_its_code_and_its_file_are_known_and_the_agreement_is_amended_by_it(active, mariam):
    agreement = active.agreements.get()
    disclosure = active.papers.get(kind="disclosure")
    assert told_by_code(agreement.code).verdict == told_by_code(disclosure.code).verdict == Verdict.GENUINE
    waive(active, mariam)
    paper = statement(active)
    assert told_by_code(paper.code).verdict == Verdict.GENUINE
    assert told_by_file([paper.file.read()]).kind == "amended_disclosure"
    assert told_by_code(agreement.code).verdict == told_by_code(disclosure.code).verdict == Verdict.AMENDED


def test_a_fee_of_the_loan_itself_lowers_its_cost_and_a_charge_of_the_bank_does_not(active, mariam, felix):
    Loan.objects.filter(pk=active.pk).update(fee_cents=10_000, fee_paid="separately")
    event = active.facts.latest("number").event
    books.write(again(active), FactKind.FEE, on=clock.today(), cents=10_000, event=event, detail={"paid": "separately"})
    paid = repayment.record_payment(again(active), by=felix, on=clock.today(), cents=500, method="debit", payer="Amina")
    came_back = repayment.reverse_payment(again(active), by=felix, fact=paid, note="NSF")
    charges.charge_return(again(active), by=felix, reversal=came_back, cents=700)
    waive(active, mariam, Part.FEES, 700)
    assert "The cost of borrowing stays the same. All payments together fall by $7.00." in said_on(statement(active))
    waive(active, mariam, Part.FEES, 4_000)
    assert "The cost of borrowing falls by $40.00. All payments together fall by $40.00." in said_on(statement(active))
    changes.pause(again(active), by=mariam, instalments=1, note=WHY)
    after = seen_today(active).interest_cents + 6_000
    assert re.search(rf"Cost of borrowing \S+ {re.escape(money(after))}", said_on(statement(active)))


def test_where_all_is_waived_no_payment_is_left_and_none_is_called_regular(active, mariam):
    waive(active, mariam, cents=500_000)
    assert again(active).state == Loan.State.REPAID
    after, said = seen_today(active), said_on(statement(active))
    assert (after.payment_cents, after.last_on, after.count) == (0, None, 0)
    assert re.search(r"Regular payment \S+ \$0\.00", said)
    assert re.search(r"Last payment .* –", said)
