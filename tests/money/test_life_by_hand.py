"""The book held against a second calculation that lives through every day."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from money.book import BookError, Fact, FactKind, replay
from money.facts import Part
from tests.money.by_hand import RefusedByHand
from tests.money.life_by_hand import PARTS, life_by_hand
from tests.money.loans_of import any_facts, any_terms, plan, with_numbers

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
    }


def without_reschedules(facts):
    """The facts that remain when reschedules, and reversals of what is left out, are taken away."""
    kept = {}
    for fact in facts:
        if fact.kind is FactKind.RESCHEDULE or (fact.kind is FactKind.REVERSAL and fact.reverses not in kept):
            continue
        kept[fact.number] = fact
    return list(kept.values())


@st.composite
def lives(draw, kinds=None):
    """Terms, facts and a day: what loans_of makes, and payments of any size on and around due days."""
    loan = draw(any_terms())
    facts = without_reschedules(draw(any_facts(loan)))
    if kinds:
        facts = [each for each in facts if each.kind in kinds]
    most = 2 * sum(row.total_cents for row in plan(loan).instalments)
    day = st.builds(lambda due, after: due + timedelta(days=after), st.sampled_from(loan.dues), st.integers(-3, 3))
    amount = st.one_of(st.integers(1, most), st.sampled_from([row.total_cents or 1 for row in plan(loan).instalments]))
    ahead = st.sampled_from([{}, {}, {"ahead": "principal"}])
    happen = st.builds(lambda on, cents, how: Fact(0, FactKind.PAYMENT, max(on, loan.starts), cents, how), day, amount, ahead)
    first = max((each.number for each in facts), default=0) + 1
    facts += with_numbers(draw(st.lists(happen, max_size=6)), first=first)
    last = (loan.dues[-1] - loan.starts).days + 200
    return loan, facts, loan.starts + timedelta(days=draw(st.integers(0, last)))


def assert_agreed(loan, facts, until, order=PARTS):
    told = [told_fact(each) for each in facts]
    try:
        second = life_by_hand(told_terms(loan), told, until.isoformat(), order)
    except RefusedByHand:
        with pytest.raises(BookError, match="no_plan"):
            replay(loan, facts, until, [Part(each) for each in order])
        return
    book = replay(loan, facts, until, [Part(each) for each in order])
    interest = second.pop("interest")
    assert told_book(book) == second
    assert abs(Fraction(book.interest_exact) - interest) <= TEN_PLACES


@given(lives(kinds={FactKind.ADVANCE, FactKind.FEE, FactKind.PAYMENT}))
def test_of_lives_of_advances_fees_and_payments_both_calculations_say_the_same(life):
    assert_agreed(*life)


@given(lives(), st.permutations(PARTS))
def test_of_random_lives_both_calculations_say_the_same(life, order):
    assert_agreed(*life, order)
