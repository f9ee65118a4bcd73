"""What is owed, paid and paid ahead, in the book of Amina's loan (tests/money/amina.py)."""

from datetime import date
from decimal import Decimal

import pytest

from money.book import Account, BookError, Fact, FactKind, Part, replay
from money.interest import DayCount
from money.schedule import Advance, Fee, FeePaid, Terms, plan
from tests.money.amina import APRIL, ENDS, FEBRUARY, LENT, LOAN, MARCH, lines, paid, standing, told
from tests.money.loans_of import LENT_ON, book, happened, payments, shares, terms, with_numbers


def test_the_plan_is_as_worked_by_hand():
    assert shares(plan(LOAN)) == [(33_002, 1_000), (33_332, 670), (33_666, 337)]


def test_paid_as_planned_the_book_closes_on_the_last_due_day():
    found = book(LOAN, payments(LOAN, plan(LOAN)), APRIL)
    assert found.owes_nothing
    assert found.next_unpaid_on is None
    assert (found.lent_cents, found.paid_cents) == (100_000, 102_007)
    assert found.balances[Account.BANK] == 2_007 == -found.balances[Account.INTEREST_INCOME]
    assert [row.paid_on for row in found.standings] == [FEBRUARY, MARCH, APRIL]


def test_the_money_sent_and_nothing_more_is_on_the_books_on_the_first_day():
    found = book(LOAN, [LENT], LENT_ON)
    assert lines(found, 1) == [(LENT_ON, Account.PRINCIPAL, Account.BANK, 100_000)]
    assert found.next_unpaid_on == FEBRUARY
    assert standing(found, 1).lacking_cents == 34_002
    assert found.owed_cents == 100_000


def test_interest_is_booked_when_its_period_closes_by_the_fact_that_came_next():
    found = book(LOAN, told(paid(date(2027, 3, 1), 34_002)), date(2027, 3, 1))
    assert lines(found, 2) == [
        (FEBRUARY, Account.INTEREST_RECEIVABLE, Account.INTEREST_INCOME, 1_000),
        (date(2027, 3, 1), Account.BANK, Account.INTEREST_RECEIVABLE, 1_000),
        (date(2027, 3, 1), Account.BANK, Account.PRINCIPAL, 33_002),
    ]


def test_who_pays_late_owes_more_interest_with_the_next_instalment():
    """14 of 28 days on 1,000.00 and 14 on 669.98 at one per cent: 5.00 + 3.3499."""
    found = book(LOAN, told(paid(date(2027, 3, 1), 34_002)), date(2027, 3, 2))
    assert standing(found, 1).paid_on == date(2027, 3, 1)
    assert standing(found, 2).interest_due_cents == 835
    assert found.next_unpaid_on == MARCH


def test_what_will_be_due_supposes_that_what_is_late_is_paid_today():
    """On 1 March half the month has run on 1,000.00; the other half will run on 669.98."""
    found = book(LOAN, [LENT], date(2027, 3, 1))
    assert [row.interest_due_cents for row in found.standings] == [1_000, 835, 337]


def test_a_part_of_a_fee_that_is_given_back_is_the_borrowers_credit():
    fee = (FactKind.FEE, LENT_ON, 5_000, {"paid": "deducted"})
    found = book(LOAN, told(fee, paid(FEBRUARY, 101_000), (FactKind.REFUND, FEBRUARY, 3_333)), MARCH)
    assert lines(found, 4) == [(FEBRUARY, Account.FEE_INCOME, Account.CREDIT, 3_333)]
    assert (found.owed_cents, found.credit_cents, found.paid_cents) == (0, 3_333, 101_000)
    assert found.balances[Account.FEE_INCOME] == -1_667


def test_interest_bears_no_interest():
    found = book(LOAN, [LENT], APRIL)
    assert [row.interest_due_cents for row in found.standings] == [1_000, 1_000, 1_000]
    assert found.owed_cents == 103_000
    assert found.next_unpaid_on == FEBRUARY


def test_after_the_last_due_day_interest_runs_on_and_is_due_with_the_last_instalment():
    found = book(LOAN, [LENT], date(2027, 4, 30))  # 15 of 30 days
    assert standing(found, 3).interest_due_cents == 1_500
    assert found.owed_cents == sum(row.lacking_cents for row in found.standings) == 103_500
    closed = book(LOAN, told(paid(date(2027, 4, 30), 103_500)), date(2027, 12, 1))
    assert closed.owes_nothing


def test_periods_after_the_last_due_day_keep_the_months_end():
    """31 January, 28 February, then 31 March: on 28 March 28 of its 31 days have run, on 1,000.00."""
    loan = terms(100_000, "0.12", 2, lent_on=date(2026, 12, 31), first_due=date(2027, 1, 31))
    found = book(loan, happened(loan), date(2027, 3, 28))
    assert found.interest_exact == Decimal("2903.2258064516")


def test_a_part_payment_goes_to_fees_then_interest_then_principal():
    found = book(LOAN, told((FactKind.FEE, date(2027, 2, 1), 2_500), paid(FEBRUARY, 4_000)), FEBRUARY)
    row = standing(found, 1)
    assert (row.fees_paid_cents, row.interest_paid_cents, row.principal_paid_cents) == (2_500, 1_000, 500)
    assert row.lacking_cents == 32_502
    assert row.paid_on is None


def test_the_product_may_choose_another_order():
    order = (Part.PRINCIPAL, Part.INTEREST, Part.FEES)
    found = book(LOAN, told(paid(FEBRUARY, 33_500)), FEBRUARY, order=order)
    assert (standing(found, 1).principal_paid_cents, standing(found, 1).interest_paid_cents) == (33_002, 498)


def test_the_oldest_instalment_is_settled_first():
    found = book(LOAN, told(paid(MARCH, 40_000)), MARCH)
    assert standing(found, 1).lacking_cents == 0
    assert standing(found, 2).paid_cents == 40_000 - 34_002
    assert found.next_unpaid_on == MARCH


def test_money_paid_ahead_waits_as_credit_and_counts_for_the_next_dues():
    facts = told(paid(date(2027, 2, 1), 40_000))
    early = book(LOAN, facts, date(2027, 2, 1))
    assert (early.principal_cents, early.credit_cents) == (100_000, 40_000)
    assert early.next_unpaid_on == MARCH
    assert standing(early, 2).lacking_cents == 34_002 - 5_998
    due = book(LOAN, facts, FEBRUARY)
    assert (due.principal_cents, due.credit_cents) == (66_998, 5_998)
    assert (FEBRUARY, Account.CREDIT, Account.PRINCIPAL, 33_002) in lines(due, 2)
    assert standing(due, 1).paid_on == FEBRUARY


def test_money_put_to_principal_shortens_the_loan_and_shares_the_periods_one_rounding():
    """16 of 31 days: 5.1613, booked as 5.16. The rest of the month on 505.16 makes it 7.6056: 2.45 more, not 2.44."""
    facts = told(paid(date(2027, 1, 31), 50_000, ahead="principal"))
    found = book(LOAN, facts, date(2027, 1, 31))
    assert found.principal_cents == 50_516
    assert [row.principal_paid_cents for row in found.standings] == [0, 15_818, 33_666]
    after = book(LOAN, facts, FEBRUARY)
    assert standing(after, 1).interest_due_cents == 761
    assert standing(after, 1).lacking_cents == 33_002 + 245
    assert standing(after, 3).lacking_cents == 0


def test_what_is_owed_on_a_day_paid_on_that_day_leaves_nothing():
    day = date(2027, 2, 25)  # 10 of 28 days of the second month
    owed = book(LOAN, [LENT], day).owed_cents
    assert owed == 100_000 + 1_000 + 357
    closed = book(LOAN, told(paid(day, owed)), ENDS)
    assert closed.owes_nothing
    assert closed.interest_exact == 0
    assert closed.credit_cents == 0
    assert [row.lacking_cents for row in closed.standings] == [0, 0, 0]


def test_money_beyond_the_pay_off_is_the_borrowers():
    found = book(LOAN, told(paid(FEBRUARY, 101_050)), FEBRUARY)
    assert (found.owes_nothing, found.credit_cents) == (True, 50)


def test_credit_and_a_payment_together_close_the_loan():
    found = book(LOAN, told(paid(LENT_ON, 60_000), paid(FEBRUARY, 41_000)), FEBRUARY)
    assert found.owes_nothing
    assert found.credit_cents == 0


def test_exact_interest_is_told_to_the_day():
    assert book(LOAN, [LENT], date(2027, 1, 18)).interest_exact == Decimal("96.7741935484")


@pytest.mark.parametrize(
    ("how", "owed", "bank"),
    [(FeePaid.DEDUCTED, 100_000, -97_500), (FeePaid.ADDED, 102_500, -100_000), (FeePaid.SEPARATELY, 102_500, -100_000)],
)
def test_a_fee_is_kept_back_put_on_the_balance_or_asked_with_the_next_instalment(how, owed, bank):
    found = book(LOAN, told((FactKind.FEE, LENT_ON, 2_500, {"paid": how.value})), LENT_ON)
    assert found.owed_cents == owed
    assert found.balances[Account.BANK] == bank
    assert found.balances[Account.FEE_INCOME] == -2_500
    assert found.lent_cents == 100_000
    assert found.fees_cents == standing(found, 1).fees_due_cents == (2_500 if how is FeePaid.SEPARATELY else 0)


def test_an_added_fee_bears_interest_as_planned():
    loan = terms(100_000, "0.12", 3, fees=(Fee(2_500, FeePaid.ADDED),))
    found = book(loan, payments(loan, plan(loan)), APRIL)
    assert [(row.principal_due_cents, row.interest_due_cents) for row in found.standings] == shares(plan(loan))
    assert found.owes_nothing


def test_a_fee_after_the_last_due_day_is_asked_with_the_last_instalment():
    found = book(LOAN, told((FactKind.FEE, date(2027, 6, 1), 2_500)), date(2027, 6, 1))
    assert standing(found, 3).fees_due_cents == 2_500


def test_a_fee_on_a_day_already_paid_ahead_is_taken_from_what_is_left():
    facts = told(paid(date(2027, 2, 1), 36_000), (FactKind.FEE, FEBRUARY, 1_500))
    found = book(LOAN, facts, FEBRUARY)
    assert (found.credit_cents, found.fees_cents) == (498, 0)


def test_a_tranche_that_is_still_to_come_is_part_of_what_will_be_due():
    loan = Terms((Advance(LENT_ON, 60_000), Advance(date(2027, 3, 1), 40_000)), Decimal("0.12"), 3, FEBRUARY)
    found = book(loan, [Fact(1, FactKind.ADVANCE, LENT_ON, 60_000)], date(2027, 2, 1))
    assert [(row.principal_due_cents, row.interest_due_cents) for row in found.standings] == shares(plan(loan))


def test_a_tranche_that_was_not_sent_is_not_asked_back():
    loan = Terms((Advance(LENT_ON, 60_000), Advance(date(2027, 3, 1), 40_000)), Decimal("0.12"), 3, FEBRUARY)
    found = book(loan, [Fact(1, FactKind.ADVANCE, LENT_ON, 60_000)], APRIL)
    assert sum(row.principal_due_cents for row in found.standings) == 60_000
    assert found.owed_cents == sum(row.lacking_cents for row in found.standings)


def test_more_than_was_planned_is_asked_with_the_last_instalment():
    found = book(LOAN, told((FactKind.ADVANCE, date(2027, 2, 1), 10_000)), date(2027, 2, 1))
    assert [row.principal_due_cents for row in found.standings] == [33_002, 33_332, 43_666]


def test_grace_interest_is_asked_with_the_first_instalment_after_it():
    loan = terms(120_000, "0.12", 4, grace=2)
    found = book(loan, happened(loan), loan.dues[1])
    assert [row.interest_due_cents for row in found.standings] == [0, 0, 3_600, 603]
    assert found.next_unpaid_on == loan.dues[2]
    ahead = book(
        loan, [*happened(loan), Fact(2, FactKind.PAYMENT, loan.dues[1], 12_400, {"ahead": "principal"})], loan.dues[1]
    )
    assert ahead.principal_cents == 110_000


def test_a_day_before_the_first_advance_shows_the_plan():
    loan = terms(100_000, "0.12", 3, fees=(Fee(2_500, FeePaid.ADDED),))
    found = book(loan, [], date(2027, 1, 1))
    assert [(row.principal_due_cents, row.interest_due_cents) for row in found.standings] == shares(plan(loan))
    assert found.entries == ()


def test_an_advance_sent_before_its_agreed_day_bears_interest_from_then():
    facts = [Fact(1, FactKind.ADVANCE, date(2027, 1, 5), 100_000)]
    assert standing(book(LOAN, facts, FEBRUARY), 1).interest_due_cents == 1_333


def test_a_fee_before_the_loan_waits_for_the_first_instalment():
    facts = with_numbers([Fact(0, FactKind.FEE, date(2027, 1, 2), 500), LENT])
    found = book(LOAN, facts, FEBRUARY)
    assert (standing(found, 1).fees_due_cents, standing(found, 1).interest_due_cents) == (500, 1_000)


@pytest.mark.parametrize("day_count", DayCount)
def test_a_planned_loan_is_met_row_for_row_on_every_day_count(day_count):
    loan = terms(500_000, "0.0645", 24, interest_only=6, day_count=day_count)
    found = book(loan, payments(loan, plan(loan)), loan.dues[-1])
    assert [(row.principal_paid_cents, row.interest_paid_cents) for row in found.standings] == shares(plan(loan))


def test_a_book_is_not_made_of_impossible_arguments():
    for code, arguments in {
        "payment_order": (LOAN, [], APRIL, (Part.FEES, Part.INTEREST)),
        "out_of_calendar": (LOAN, [], date(2201, 1, 1)),
    }.items():
        with pytest.raises(BookError, match=code):
            replay(*arguments)
