"""A changed rate, a pause, a reschedule: what the plan becomes, in Amina's loan (tests/money/amina.py) and in any."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from money.amounts import round_cent
from money.book import BookError, Fact, FactKind, replay
from money.schedule import GraceInterest, OnRateChange, Pause, RateChange, TermsError, plan
from money.version import Version
from tests.money.amina import APRIL, FEBRUARY, LOAN, MARCH, paid, standing, told
from tests.money.loans_of import any_terms, book, happened, payments, shares, terms, with_numbers

MAY = date(2027, 5, 15)
PAUSED = FactKind.PAUSE, date(2027, 2, 20), 0, {"instalments": 1}


def in_force(loan, facts):
    """The version of the plan after the changes among the facts."""
    version = Version(loan)
    for fact in sorted(facts, key=lambda fact: fact.on):
        if fact.kind in {FactKind.RATE_CHANGE, FactKind.PAUSE, FactKind.RESCHEDULE}:
            version = version.after(fact)
    return version


def due(found):
    return [(row.due_on, row.principal_due_cents, row.interest_due_cents) for row in found.standings]


def test_a_pause_leaves_the_next_instalment_empty_and_moves_the_others_on():
    """March asks for nothing; its 6.70 are due in April beside April's own, and the loan ends in May."""
    found = book(LOAN, told(paid(FEBRUARY, 34_002), PAUSED), date(2027, 2, 20))
    assert due(found) == [
        (FEBRUARY, 33_002, 1_000),
        (MARCH, 0, 0),
        (APRIL, 33_332, 1_340),
        (MAY, 33_666, 337),
    ]
    assert found.next_unpaid_on == APRIL


def test_who_is_late_when_a_pause_begins_stays_late():
    found = book(LOAN, told(PAUSED), date(2027, 3, 20))
    assert found.next_unpaid_on == FEBRUARY


def test_a_pause_seen_from_the_start_changes_nothing_before_its_day():
    loan = replace(LOAN, pauses=(Pause(date(2027, 2, 20), 1),))
    assert shares(plan(loan)) == [(33_002, 1_000), (0, 0), (33_332, 1_340), (33_666, 337)]
    assert plan(loan).payment_cents == plan(LOAN).payment_cents


def test_a_pause_that_comes_after_the_last_instalment_is_refused():
    with pytest.raises(TermsError, match="pauses: after_the_last_instalment"):
        plan(replace(LOAN, pauses=(Pause(APRIL, 1),)))
    with pytest.raises(BookError, match="fact 2: no_plan"):
        book(LOAN, told((FactKind.PAUSE, APRIL, 0, {"instalments": 1})), APRIL)


def test_two_pauses_that_meet_follow_one_another():
    loan = replace(terms(instalments=6), pauses=(Pause(date(2027, 2, 1), 2), Pause(date(2027, 2, 10), 1)))
    assert loan.paused == {1, 2, 3}
    assert len(plan(loan).instalments) == 9


def test_a_reversed_pause_never_was():
    facts = [*told(paid(FEBRUARY, 34_002), PAUSED), Fact(4, FactKind.REVERSAL, PAUSED[1], 0, reverses=3)]
    assert due(book(LOAN, facts, MARCH)) == due(book(LOAN, told(paid(FEBRUARY, 34_002)), MARCH))


def test_a_pause_is_taken_back_though_a_reversed_one_after_it_would_have_no_plan():
    later = (FactKind.PAUSE, date(2027, 4, 20), 0, {"instalments": 1})
    facts = told((FactKind.PAUSE, date(2027, 2, 20), 0, {"instalments": 1}), later)
    back = [Fact(4, FactKind.REVERSAL, date(2027, 4, 22), 0, reverses=3)]
    back.append(Fact(5, FactKind.REVERSAL, date(2027, 4, 23), 0, reverses=2))
    assert due(book(LOAN, [*facts, *back], MAY)) == due(book(LOAN, told(), MAY))


def test_what_a_changed_plan_does_not_know_of_is_asked_with_the_last_instalment():
    """The rate falls to nothing before any interest could join the principal: the fee is more than was planned."""
    loan = terms(100_000, "0.12", 2, grace=1, grace_interest=GraceInterest.ADDED)
    change = Fact(2, FactKind.RATE_CHANGE, loan.starts, 0, {"annual_rate": "0"})
    fee = Fact(3, FactKind.FEE, date(2027, 2, 20), 1_000, {"paid": "added"})
    found = book(loan, [*happened(loan), change, fee, Fact(4, FactKind.PAYMENT, MARCH, 100_000)], date(2027, 6, 1))
    assert (found.owed_cents, found.next_unpaid_on, found.next_unpaid.lacking_cents) == (1_000, MARCH, 1_000)


def test_money_paid_ahead_to_principal_stays_paid_through_a_pause():
    facts = told(paid(FEBRUARY, 34_002), paid(date(2027, 2, 16), 10_000, ahead="principal"), PAUSED)
    found = book(LOAN, facts, date(2027, 2, 20))
    assert found.principal_cents == 66_998 - 10_000 + 24  # a day's interest first: 66,998 × 1 % ÷ 28
    assert sum(row.principal_due_cents - row.principal_paid_cents for row in found.standings) == found.principal_cents
    assert standing(found, 4).principal_paid_cents == 10_000 - 24


def test_a_changed_rate_asks_for_another_level_payment():
    """Three thousand over twelve months; from 1 August at 18 % instead of 12 %."""
    loan = terms(300_000, "0.12", 12)
    change = Fact(2, FactKind.RATE_CHANGE, date(2027, 8, 1), 0, {"annual_rate": "0.18"})
    found = book(loan, [*happened(loan), change], date(2027, 8, 1))
    agreed = plan(replace(loan, rates=(RateChange(date(2027, 8, 1), Decimal("0.18")),)))
    assert [row.principal_due_cents for row in found.standings] == [p for p, _ in shares(agreed)]
    totals = [row.total_cents for row in agreed.instalments]
    assert totals[0] == plan(loan).payment_cents == 26_655
    assert totals[-2] == 27_041


def test_a_kept_payment_leaves_the_difference_to_the_last_instalment():
    loan = terms(300_000, "0.12", 12, on_rate_change=OnRateChange.KEEP)
    dearer = plan(replace(loan, rates=(RateChange(date(2027, 8, 1), Decimal("0.18")),)))
    totals = [row.total_cents for row in dearer.instalments]
    assert set(totals[:-1]) == {plan(loan).payment_cents}
    assert totals[-1] > totals[0]


def test_a_kept_payment_that_no_longer_covers_the_interest_is_refused():
    loan = terms(300_000, "0.12", 120, on_rate_change=OnRateChange.KEEP)
    with pytest.raises(TermsError, match="rates: interest_not_covered"):
        plan(replace(loan, rates=(RateChange(date(2027, 8, 1), Decimal("0.30")),)))
    with pytest.raises(BookError, match="fact 2: no_plan"):
        book(loan, [*happened(loan), Fact(2, FactKind.RATE_CHANGE, MAY, 0, {"annual_rate": "0.30"})], MAY)


def test_interest_only_payments_follow_the_rate_even_where_the_level_payment_is_kept():
    loan = terms(300_000, "0.12", 12, interest_only=6, on_rate_change=OnRateChange.KEEP)
    dearer = plan(replace(loan, rates=(RateChange(date(2027, 3, 15), Decimal("0.13")),)))
    assert [row.interest_cents for row in dearer.instalments[:4]] == [3_000, 3_000, 3_250, 3_250]
    assert dearer.payment_cents == plan(loan).payment_cents


def test_a_minimum_payment_repays_principal_in_the_interest_only_phase():
    """SEED's $10 a month: 1,000.00 at 6 % bears 5.00, so 5.00 of principal is repaid, then 5.03."""
    loan = terms(100_000, "0.06", 12, interest_only=3, minimum_cents=1_000)
    assert shares(plan(loan))[:3] == [(500, 500), (502, 498), (505, 495)]


def test_a_minimum_above_the_level_payment_ends_the_loan_sooner():
    loan = terms(10_000, "0.12", 6, minimum_cents=5_000)
    assert [row.total_cents for row in plan(loan).instalments] == [5_000, 5_000, 153, 0, 0, 0]


def test_grace_interest_becomes_principal_only_where_the_product_says_so():
    """Three months at 1 % on 1,200.00: 36.00 join the principal on 15 April."""
    loan = terms(120_000, "0.12", 6, grace=3, grace_interest=GraceInterest.ADDED)
    schedule = plan(loan)
    assert [row.balance_cents for row in schedule.instalments[:3]] == [120_000, 120_000, 123_600]
    assert schedule.instalments[3].interest_cents == 1_236
    assert (schedule.interest_added_cents, sum(p for p, _ in shares(schedule))) == (3_600, 123_600)
    before, after = (book(loan, happened(loan), day) for day in (date(2027, 3, 20), APRIL))
    assert [(row.principal_due_cents, row.interest_due_cents) for row in before.standings] == shares(schedule)
    assert (before.principal_cents, after.principal_cents) == (120_000, 123_600)


def test_a_reschedule_spreads_what_is_owed_and_nothing_is_late_any_more():
    """On 20 March Amina owes 669.98, 6.70 overdue and 1.08 since: four instalments from 15 April."""
    behind = told(paid(FEBRUARY, 34_002))
    before = book(LOAN, behind, date(2027, 3, 20))
    assert (before.next_unpaid_on, round_cent(before.interest_exact)) == (MARCH, 778)
    detail = {"instalments": 4, "first_due": "2027-04-15", "interest_cents": 778}
    facts = [*behind, Fact(3, FactKind.RESCHEDULE, date(2027, 3, 20), 66_998, detail)]
    found = book(LOAN, facts, date(2027, 3, 20))
    assert found.next_unpaid_on == APRIL
    assert due(found)[:2] == [(FEBRUARY, 33_002, 1_000), (MARCH, 0, 0)]
    assert [(row.principal_due_cents, row.interest_due_cents) for row in found.standings[2:]] == [
        (row.principal_cents, row.interest_cents) for row in in_force(LOAN, facts).instalments[2:]
    ]
    assert standing(found, 3).interest_due_cents == 778 + 558  # 25 days by 30E/360
    assert found.owed_cents == before.owed_cents


def test_what_turns_out_to_be_owed_beyond_a_reschedule_is_asked_with_its_last_instalment():
    detail = {"instalments": 4, "first_due": "2027-04-15"}
    facts = told(paid(FEBRUARY, 34_002), (FactKind.RESCHEDULE, date(2027, 3, 20), 66_998, detail))
    bounced = [*facts, Fact(4, FactKind.REVERSAL, FEBRUARY, 34_002, reverses=2)]
    found = book(LOAN, bounced, date(2027, 3, 25))
    assert found.principal_cents == 100_000
    assert sum(row.principal_due_cents for row in found.standings) == 100_000
    assert standing(found, 6).principal_due_cents - standing(found, 5).principal_due_cents > 33_000
    closed = book(LOAN, [*bounced, Fact(5, FactKind.PAYMENT, MAY, 200_000)], MAY)
    assert closed.owes_nothing


def test_a_reschedule_needs_its_days_and_counts():
    for detail in ({}, {"instalments": 3}, {"instalments": -1, "first_due": "2027-04-15"}, {"instalments": True}):
        with pytest.raises(BookError, match="unknown_detail"):
            book(LOAN, told((FactKind.RESCHEDULE, MARCH, 100, detail)), MARCH)
    late = {"instalments": 3, "first_due": MARCH.isoformat()}
    with pytest.raises(BookError, match="no_plan"):
        book(LOAN, told((FactKind.RESCHEDULE, MARCH, 100, late)), MARCH)


def so_far(facts, day):
    """The facts known when a day begins; advances and fees of any day."""
    return [fact for fact in facts if fact.kind is not FactKind.PAYMENT or fact.on < day]


@st.composite
def a_change(draw, loan, facts):
    """A change on some day before the last instalment, of a loan that was paid as planned until then."""
    on = loan.starts + timedelta(days=draw(st.integers(0, (loan.dues[-1] - loan.starts).days - 1)))
    kind = draw(st.sampled_from([FactKind.RATE_CHANGE, FactKind.PAUSE, FactKind.RESCHEDULE]))
    if kind is FactKind.RATE_CHANGE:
        return Fact(0, kind, on, 0, {"annual_rate": draw(st.sampled_from(["0", "0.0425", "0.0925"]))})
    if kind is FactKind.PAUSE:
        return Fact(0, kind, on, 0, {"instalments": draw(st.integers(1, 6))})
    found = replay(loan, so_far(facts, on), on)
    detail = {
        "instalments": draw(st.integers(1, 40)),
        "first_due": (on + timedelta(days=draw(st.integers(1, 60)))).isoformat(),
        "interest_cents": round_cent(found.interest_exact, loan.rounding),
    }
    return Fact(0, kind, on, found.principal_cents, detail)


@given(any_terms(), st.data())
def test_paid_as_every_version_says_the_book_is_the_plan_row_for_row(loan, data):
    facts = payments(loan, plan(loan))
    change = data.draw(a_change(loan, facts))
    assume(change.kind is not FactKind.RESCHEDULE or all(each.on <= change.on for each in loan.advances))
    try:
        version = in_force(loan, [change])
    except BookError:
        assume(False)
    before = so_far(facts, change.on)
    after = [row for row in version.instalments if row.due_on >= change.on and row.total_cents]
    paid_then = [Fact(0, FactKind.PAYMENT, row.due_on, row.total_cents) for row in after]
    found = replay(loan, with_numbers([*before, change, *paid_then]), version.dues[-1])
    assert due(found) == [(row.due_on, row.principal_cents, row.interest_cents) for row in version.instalments]
    assert found.owes_nothing
    assert found.credit_cents == 0
