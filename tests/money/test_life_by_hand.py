"""The book held against a second calculation that lives through every day."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from money.book import BookError, Fact, FactKind, replay
from money.facts import Part
from money.schedule import plan
from tests.money.amina import APRIL, FEBRUARY, LOAN, MARCH, paid, told
from tests.money.by_hand import RefusedByHand
from tests.money.life_by_hand import PARTS, life_by_hand
from tests.money.loans_of import any_facts, any_terms

TEN_PLACES = Fraction(1, 10**10)


def told_terms(loan):
    """Terms as a quote takes them."""
    return {
        "advances": [{"on": each.on.isoformat(), "cents": each.cents} for each in loan.advances],
        "annual_rate": str(loan.annual_rate),
        "instalments": loan.instalments,
        "first_due": loan.first_due.isoformat(),
        "frequency": loan.frequency.value,
        "interest_only": loan.interest_only,
        "grace": loan.grace,
        "day_count": loan.day_count.value,
        "rounding": loan.rounding.value,
        "amortisation": loan.amortisation.value,
        "fees": [{"cents": each.cents, "paid": each.paid.value} for each in loan.fees],
        "rates": [{"from": each.starts.isoformat(), "annual_rate": str(each.annual_rate)} for each in loan.rates],
        "minimum_cents": loan.minimum_cents,
        "grace_interest": loan.grace_interest.value,
        "on_rate_change": loan.on_rate_change.value,
        "pauses": [{"after": each.after.isoformat(), "instalments": each.instalments} for each in loan.pauses],
    }


def told_fact(fact):
    """A fact as a dictionary."""
    known = {"number": fact.number, "kind": fact.kind.value, "on": fact.on.isoformat(), "cents": fact.cents}
    return {**known, "reverses": fact.reverses, **fact.detail}


def told_book(book):
    """A book as the second calculation tells it: silent due days, which get nothing, left out."""
    paid = {
        row.due_on: (row.fees_paid_cents, row.interest_paid_cents, row.principal_paid_cents)
        for row in book.standings
        if row.number not in book.version.silent
    }
    assert not any(row.paid_cents for row in book.standings if row.number in book.version.silent)
    return {
        "principal": book.principal_cents,
        "fees": book.fees_cents,
        "credit": book.credit_cents,
        "lent": book.lent_cents,
        "paid": book.paid_cents,
        "written_off": book.written_off_cents,
        "closes": book.owed_cents,
        "instalments": paid,
        "late": {row.due_on: lacking(row) for row in book.standings if row.due_on in paid and row.due_on <= book.until},
    }


def lacking(row):
    """What an instalment lacks, by part."""
    return (
        row.fees_due_cents - row.fees_paid_cents,
        row.interest_due_cents - row.interest_paid_cents,
        row.principal_due_cents - row.principal_paid_cents,
    )


def without_reschedules(facts):
    """The facts that remain when reschedules, and reversals of what is left out, are taken away."""
    kept = {}
    for fact in facts:
        if fact.kind is FactKind.RESCHEDULE or (fact.kind is FactKind.REVERSAL and fact.reverses not in kept):
            continue
        kept[fact.number] = fact
    return list(kept.values())


MORE = [
    *[(FactKind.PAYMENT, {})] * 5,
    *[(FactKind.PAYMENT, {"ahead": "principal"})] * 2,
    (FactKind.FEE, {}),
    (FactKind.FEE, {"paid": "added"}),
    (FactKind.FEE, {"paid": "deducted"}),
    (FactKind.ADVANCE, {}),
    (FactKind.WAIVER, {"part": "interest"}),
    (FactKind.PAUSE, {"instalments": 1}),
    (FactKind.RATE_CHANGE, {"annual_rate": "0.0175"}),
]
USUAL = {FactKind.ADVANCE, FactKind.FEE, FactKind.PAYMENT}


@st.composite
def lives(draw, kinds=frozenset(FactKind)):
    """Terms, facts and a day: what loans_of makes, and sums of any size, many as planned, on and around due days."""
    loan = draw(any_terms())
    totals = [row.total_cents or 1 for row in plan(loan).instalments]
    facts = [each for each in without_reschedules(draw(any_facts(loan))) if each.kind in kinds]
    number = max(each.number for each in facts)
    for kind, detail in draw(st.lists(st.sampled_from([each for each in MORE if each[0] in kinds]), max_size=6)):
        number += 1
        on = max(loan.starts, draw(st.sampled_from(loan.dues)) + timedelta(days=draw(st.integers(-3, 3))))
        cents = draw(st.one_of(st.sampled_from(totals), st.integers(1, 2 * sum(totals))))
        facts.append(Fact(number, kind, on, cents, detail))
    return loan, facts, loan.starts + timedelta(days=draw(st.integers(0, (loan.dues[-1] - loan.starts).days + 200)))


def assert_agreed(loan, facts, until, order=PARTS):
    """Both calculations say the same of a day, or both that there is no plan."""
    try:
        second = life_by_hand(told_terms(loan), [told_fact(each) for each in facts], until.isoformat(), order)
    except RefusedByHand:
        with pytest.raises(BookError, match="no_plan"):
            replay(loan, facts, until, [Part(each) for each in order])
        return
    book = replay(loan, facts, until, [Part(each) for each in order])
    interest = second.pop("interest")
    assert told_book(book) == second
    assert abs(Fraction(book.interest_exact) - interest) <= TEN_PLACES


def test_worked_by_hand_money_put_to_principal_pays_interest_to_the_day_first():
    """16 of 31 days of 10.00 are 5.16; 494.84 repay principal, 336.66 of it the last instalment's."""
    facts = told(paid(date(2027, 1, 31), 50_000, ahead="principal"))
    found = life_by_hand(told_terms(LOAN), [told_fact(each) for each in facts], "2027-02-01")
    assert (found["principal"], found["credit"]) == (50_516, 0)
    assert found["interest"] == Fraction(1_000 * 16, 31) - 516 + Fraction(50_516, 3_100)
    assert found["instalments"] == {FEBRUARY: (0, 516, 0), MARCH: (0, 0, 15_818), APRIL: (0, 0, 33_666)}
    assert_agreed(LOAN, facts, date(2027, 2, 1))


@given(lives(kinds=USUAL))
def test_of_lives_of_advances_fees_and_payments_both_calculations_say_the_same(life):
    assert_agreed(*life)


@given(lives(), st.permutations(PARTS))
def test_of_random_lives_both_calculations_say_the_same(life, order):
    assert_agreed(*life, order)
