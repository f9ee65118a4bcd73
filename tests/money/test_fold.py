"""Facts folded one after the other, from a checkpoint too, give the book that replaying all of them gives."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from money.book import BookError, Fact, FactKind, balance_of, book_of, replay, replayed
from money.checkpoint import checkpoint, resumed
from money.fold import Fold, OutOfTurn
from tests.money.amina import APRIL, FEBRUARY, LENT, LOAN, MARCH, paid, told
from tests.money.loans_of import any_terms
from tests.money.test_book_properties import some_facts


def stored(fold):
    """A checkpoint as a database gives it back."""
    return json.loads(json.dumps(checkpoint(fold)))


def test_a_fold_tells_the_lines_of_each_fact_as_it_comes():
    fold = Fold(LOAN)
    facts = told(paid(FEBRUARY, 34_002), paid(MARCH, 34_002), paid(APRIL, 34_003))
    lines = [entry for fact in facts for entry in fold.take(fact)]
    assert tuple(lines) == replay(LOAN, facts, APRIL).entries
    assert fold.last_number == 4


def test_what_does_not_follow_is_refused_and_changes_nothing():
    fold = Fold(LOAN)
    fold.take(LENT)
    fold.take(Fact(2, FactKind.PAYMENT, FEBRUARY, 34_002))
    before = stored(fold)
    for late in (
        Fact(3, FactKind.PAYMENT, LENT.on, 100),
        Fact(3, FactKind.FEE, FEBRUARY, 100),
        Fact(3, FactKind.PAYMENT, FEBRUARY, 34_001),
        Fact(1, FactKind.PAYMENT, FEBRUARY, 34_002),
        Fact(3, FactKind.REVERSAL, MARCH, 34_002, reverses=2),
    ):
        with pytest.raises(OutOfTurn):
            fold.take(late)
    with pytest.raises(BookError, match="unknown_detail"):
        fold.take(Fact(3, FactKind.RATE_CHANGE, MARCH, 0))
    assert stored(fold) == before


def test_what_is_alike_in_all_is_taken_by_number():
    fold = Fold(LOAN)
    facts = told(paid(FEBRUARY, 500), paid(FEBRUARY, 500, ahead="credit"), paid(FEBRUARY, 500, payer="somebody"))
    lines = [entry for fact in facts for entry in fold.take(fact)]
    assert tuple(lines) == replay(LOAN, reversed(facts), FEBRUARY).entries


def test_behind_a_fact_that_was_reversed_what_is_alike_does_not_follow():
    back = Fact(3, FactKind.REVERSAL, FEBRUARY, 500, reverses=2)
    fold, _ = replayed(LOAN, [*told(paid(FEBRUARY, 500)), back], FEBRUARY)
    with pytest.raises(OutOfTurn):
        resumed(LOAN, stored(fold)).take(Fact(4, FactKind.PAYMENT, FEBRUARY, 500))


@given(any_terms(), st.data())
def test_carried_on_from_a_checkpoint_the_book_is_the_replay_of_all(loan, data):
    facts, until = some_facts(data, loan)
    known = sorted((fact for fact in facts if fact.on <= until), key=lambda fact: (fact.place, fact.number))
    cut = data.draw(st.integers(0, len(known)))
    early, late = known[:cut], known[cut:]
    assume(all(fact.kind is not FactKind.REVERSAL for fact in known))
    until_then = early[-1].on if early else loan.starts
    fold, entries = replayed(loan, early, until_then)
    for fact in late:
        fold = resumed(loan, stored(fold))
        entries += fold.take(fact)
    whole = replay(loan, known, until)
    carried = book_of(resumed(loan, stored(fold)), until, ())
    assert carried.standings == whole.standings
    assert balance_of(resumed(loan, stored(fold)), until).next_unpaid == whole.next_unpaid
    assert tuple(sorted([*entries, *fold.run_to(until)], key=lambda entry: entry.on)) == whole.entries


@given(any_terms(), st.data())
def test_a_checkpoint_does_not_depend_on_the_order_of_recording(loan, data):
    facts, until = some_facts(data, loan)
    one, _ = replayed(loan, facts, until)
    other, _ = replayed(loan, data.draw(st.permutations(facts)), until)
    assert checkpoint(one) == checkpoint(other)
