"""Letters as the verbs really post them: whole sentences, nothing of a program's inside."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.deciding import decision
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import changes, charges, disbursement, repayment
from loans.lifecycle.reviewing import review
from money.book import Part
from tests.cases import again

pytestmark = pytest.mark.django_db
OF_A_PROGRAM = re.compile(r"[{}]|None|\[|\]|&#|&amp;#|<[a-z]+ object")


def all_letters():
    return [(letter.kind, render(letter)) for letter in Letter.objects.all()]


@pytest.fixture
def lived(active, felix):
    owed = books.book_of(active, until=clock.today()).owed_cents
    pay = {"by": felix, "on": clock.today(), "method": "transfer", "payer": "Amina"}
    repayment.record_payment(active, cents=1000, **pay)
    repayment.record_payment(again(active), cents=owed - 1000, **pay)


@pytest.fixture
def asked_and_declined(in_review, omar, mariam, amina):
    asked = [("study-plan", "When does the course end?"), ("papers", "The letter is cut off.")]
    review.ask_for_more(in_review, by=omar, asked=asked)
    review.answer(again(in_review), by=amina)
    decision.decline(again(in_review), by=mariam, reasons=["not_affordable", "papers_missing"])


@pytest.fixture
def changed(active, felix, mariam):
    pay = {"by": felix, "on": clock.today(), "method": "debit", "payer": "Amina"}
    reversal = repayment.reverse_payment(
        again(active), by=felix, fact=repayment.record_payment(active, cents=1000, **pay), note="NSF"
    )
    charges.charge_return(again(active), by=felix, reversal=reversal, cents=700)
    charges.waive(again(active), by=mariam, part=Part.FEES, cents=700, note="Hardship.")
    first = clock.today() + timedelta(days=30)
    changes.reschedule(again(active), by=mariam, months=12, first_due=first, note="Hardship.")
    changes.pause(again(active), by=mariam, instalments=1, note="Hardship.")
    changes.lower_rate(again(active), by=mariam, annual_rate=Decimal("0.01"), note="Hardship.")


@pytest.fixture
def came_back(active, felix):
    disbursement.take_back(active.advances.get(), by=felix, note="The account is closed.")


@pytest.mark.parametrize("road", ["lived", "asked_and_declined", "changed", "came_back"])
def test_no_letter_shows_the_inside_of_a_program(road, request):
    request.getfixturevalue(road)
    assert len(all_letters()) > 2
    for kind, letter in all_letters():
        assert not OF_A_PROGRAM.search(letter.text), (kind, letter.text)
        assert not OF_A_PROGRAM.search(letter.subject), kind


def test_what_is_asked_names_the_page_and_not_its_address(asked_and_declined):
    words = render(Letter.objects.get(kind="more_needed")).text
    assert "My study plan: When does the course end?" in words
    assert "study-plan" not in words
