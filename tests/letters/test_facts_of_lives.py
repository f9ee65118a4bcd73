"""Letters as the verbs really post them: whole sentences, nothing of a program's inside."""

import re

import pytest

from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle import books, decision, repayment, review
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


@pytest.mark.parametrize("road", ["lived", "asked_and_declined"])
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
