"""What holds of every book, whatever the terms and whatever happens."""

from collections import Counter
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from money.book import Account, Fact, FactKind, replay
from money.schedule import plan
from tests.money.loans_of import any_facts, any_terms, has_a_book, payments, shares


def some_day(data, loan, beyond=0):
    return loan.starts + timedelta(days=data.draw(st.integers(0, (loan.dues[-1] - loan.starts).days + beyond)))


def some_facts(data, loan):
    """Facts of which a book can be made, and a day on which to look at it."""
    facts, until = data.draw(any_facts(loan)), some_day(data, loan, beyond=200)
    assume(has_a_book(loan, facts, until))
    return facts, until


def owing(book):
    """Everything but the lines."""
    return book.standings, {a: c for a, c in book.balances.items() if c}, book.owed_cents, book.interest_exact


@given(any_terms(), st.data())
def test_paid_exactly_as_planned_the_book_is_the_plan_row_for_row(loan, data):
    schedule, until = plan(loan), some_day(data, loan)
    book = replay(loan, payments(loan, schedule), until)
    assert [(row.principal_due_cents, row.interest_due_cents) for row in book.standings] == shares(schedule)
    settled = [row for row in book.standings if row.due_on <= until]
    assert all(row.paid_cents == row.due_cents for row in settled)
    assert all(row.paid_on == row.due_on for row in settled if row.due_cents)
    closed = replay(loan, payments(loan, schedule), loan.dues[-1])
    assert closed.owes_nothing
    assert closed.credit_cents == 0


@given(any_terms(), st.data())
def test_accounts_and_standings_tell_the_same(loan, data):
    facts, until = some_facts(data, loan)
    book = replay(loan, facts, until)
    balances = Counter(book.balances)
    assert sum(balances.values()) == 0
    assert balances[Account.PRINCIPAL] == book.principal_cents >= 0
    assert balances[Account.FEES_RECEIVABLE] == book.fees_cents >= 0
    assert balances[Account.CREDIT] == -book.credit_cents <= 0
    assert balances[Account.INTEREST_RECEIVABLE] >= 0
    assert all(min(row.due_cents, row.paid_cents, row.lacking_cents) >= 0 for row in book.standings)
    lent = [f.cents for f in facts if f.kind is FactKind.ADVANCE and f.on <= until]
    assert book.lent_cents <= sum(lent)


@given(any_terms(), st.data())
def test_any_order_of_recording_gives_the_same_book(loan, data):
    facts, until = some_facts(data, loan)
    assert replay(loan, data.draw(st.permutations(facts)), until) == replay(loan, facts, until)


@given(any_terms(), st.data())
def test_a_payment_and_its_reversal_leave_no_trace_in_the_balances(loan, data):
    facts, until = some_facts(data, loan)
    on = some_day(data, loan)
    paid = Fact(len(facts) + 1, FactKind.PAYMENT, on, data.draw(st.integers(1, 9_000_000)))
    back = Fact(len(facts) + 2, FactKind.REVERSAL, on, paid.cents, reverses=paid.number)
    assert owing(replay(loan, [*facts, paid, back], until)) == owing(replay(loan, facts, until))


@given(any_terms(), st.data())
def test_what_is_owed_on_a_day_closes_the_loan_on_that_day(loan, data):
    facts, until = some_facts(data, loan)
    known = [fact for fact in facts if fact.on <= until]
    owed = replay(loan, known, until).owed_cents
    book = replay(loan, [*known, Fact(len(facts) + 1, FactKind.PAYMENT, until, owed)], until)
    assert book.owed_cents == 0
    assert book.interest_exact == 0
    assert book.owes_nothing == (not book.written_off_cents)


@given(any_terms(), st.data())
def test_time_that_passes_adds_lines_and_changes_none(loan, data):
    facts, until = some_facts(data, loan)
    known = [fact for fact in facts if fact.on <= until]
    earlier = replay(loan, known, until).entries
    later = replay(loan, known, until + timedelta(days=90)).entries
    assert later[: len(earlier)] == earlier
    assert all(entry.on > until for entry in later[len(earlier) :])
