"""Waivers, write-offs, reversals and changes, in the book of Amina's loan (tests/money/amina.py)."""

from datetime import date

import pytest

from money.book import Account, Fact, FactKind
from tests.money.amina import APRIL, ENDS, FEBRUARY, LENT, LOAN, MARCH, lines, paid, standing, told
from tests.money.loans_of import LENT_ON, book


def test_what_is_waived_is_no_longer_due():
    facts = told((FactKind.FEE, date(2027, 2, 1), 2_500), (FactKind.WAIVER, date(2027, 2, 2), 2_000))
    found = book(LOAN, facts, FEBRUARY)
    assert standing(found, 1).fees_due_cents == 500
    assert lines(found, 3)[0] == (date(2027, 2, 2), Account.FEE_INCOME, Account.FEES_RECEIVABLE, 2_000)


def test_waived_interest_is_booked_first_and_no_more_than_is_owed():
    found = book(LOAN, told((FactKind.WAIVER, date(2027, 1, 31), 9_999, {"part": "interest"})), FEBRUARY)
    assert standing(found, 1).interest_due_cents == 1_000 - 516
    assert found.balances[Account.INTEREST_INCOME] == -484


def test_waived_principal_is_a_loss_and_lets_credit_close_the_loan():
    facts = told(paid(LENT_ON, 60_000), (FactKind.WAIVER, FEBRUARY, 41_000, {"part": "principal"}))
    found = book(LOAN, facts, FEBRUARY)
    assert found.owes_nothing
    assert found.balances[Account.LOSS] == 41_000
    assert found.credit_cents == 0


def test_a_write_off_takes_all_that_is_owed_off_the_books():
    found = book(LOAN, told((FactKind.WRITE_OFF, FEBRUARY, 101_000)), ENDS)
    assert (found.principal_cents, found.owed_cents, found.written_off_cents) == (0, 0, 101_000)
    assert found.balances[Account.LOSS] == 101_000
    assert found.next_unpaid_on is None
    assert not found.owes_nothing


def test_money_lent_again_after_a_write_off_is_paid_back_first():
    facts = told((FactKind.WRITE_OFF, FEBRUARY, 0), (FactKind.ADVANCE, MARCH, 5_000), paid(MARCH, 6_000))
    found = book(LOAN, facts, MARCH)
    assert (found.principal_cents, found.written_off_cents) == (0, 100_000)


def test_credit_is_put_to_the_debt_before_it_is_written_off():
    found = book(LOAN, told(paid(LENT_ON, 1_000), (FactKind.WRITE_OFF, date(2027, 1, 18), 0)), ENDS)
    assert (found.credit_cents, found.written_off_cents) == (0, 100_000 + 97 - 1_000)


@pytest.mark.parametrize("kind", [FactKind.RECOVERY, FactKind.PAYMENT])
def test_what_comes_in_after_the_write_off_is_recovered(kind):
    facts = told((FactKind.WRITE_OFF, FEBRUARY, 101_000), (kind, MARCH, 40_000), (kind, APRIL, 61_100))
    found = book(LOAN, facts, ENDS)
    assert found.balances[Account.RECOVERED] == -101_000
    assert (found.owes_nothing, found.credit_cents, found.paid_cents) == (True, 100, 101_100)


def test_a_write_off_entered_in_error_is_reversed_as_if_it_had_never_been():
    wrong = told((FactKind.WRITE_OFF, FEBRUARY, 101_000), (FactKind.RECOVERY, MARCH, 34_002))
    facts = [*wrong, Fact(4, FactKind.REVERSAL, MARCH, 0, reverses=2)]
    found = book(LOAN, facts, MARCH)
    assert found.standings == book(LOAN, told(paid(MARCH, 34_002)), MARCH).standings
    assert found.balances[Account.LOSS] == 0


def test_a_reversed_payment_keeps_its_lines_and_their_mirror():
    facts = [*told(paid(FEBRUARY, 34_002)), Fact(3, FactKind.REVERSAL, date(2027, 2, 19), 34_002, reverses=2)]
    found = book(LOAN, facts, date(2027, 2, 19))
    there = [
        (FEBRUARY, Account.BANK, Account.INTEREST_RECEIVABLE, 1_000),
        (FEBRUARY, Account.BANK, Account.PRINCIPAL, 33_002),
    ]
    assert lines(found, 2)[1:] == there
    assert lines(found, 3) == [(date(2027, 2, 19), credit, debit, cents) for _, debit, credit, cents in there]
    assert found.standings == book(LOAN, [LENT], date(2027, 2, 19)).standings
    assert found.paid_cents == 0
    before = book(LOAN, facts, date(2027, 2, 18))
    assert before.paid_cents == 34_002


def test_a_reversed_reversal_leaves_the_payment_in_force():
    facts = told(paid(FEBRUARY, 34_002))
    undone = [
        *facts,
        Fact(3, FactKind.REVERSAL, FEBRUARY, 0, reverses=2),
        Fact(4, FactKind.REVERSAL, FEBRUARY, 0, reverses=3),
    ]
    assert book(LOAN, undone, MARCH).standings == book(LOAN, facts, MARCH).standings
    assert book(LOAN, undone, MARCH).balances == book(LOAN, facts, MARCH).balances


def test_an_advance_that_came_back_leaves_no_debt():
    facts = [LENT, Fact(2, FactKind.REVERSAL, date(2027, 1, 20), 100_000, reverses=1)]
    found = book(LOAN, facts, ENDS)
    assert (found.owed_cents, found.lent_cents, found.next_unpaid_on) == (0, 0, None)


def test_a_rate_change_changes_the_interest_that_runs_from_its_day():
    """28 days: 14 at 12 % and 14 at 6 % on 669.98."""
    facts = told(paid(FEBRUARY, 34_002), (FactKind.RATE_CHANGE, date(2027, 3, 1), 0, {"annual_rate": "0.06"}))
    found = book(LOAN, facts, MARCH)
    assert standing(found, 2).interest_due_cents == 502
    assert standing(found, 3).interest_due_cents == 168
