"""A confirmed day of the calendar moves what can still be paid on time; the instalment stays as agreed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config import clock
from loans.holidays import closed_days
from loans.lifecycle.contracts import signing
from loans.lifecycle.ledger import audit
from loans.lifecycle.lending import payable_days, planning, repayment, write_off
from loans.models import CalendarDay, PlanRow
from loans.tasks import nightly
from money.calendar import next_business_day
from tests.calendar_days import propose, settle
from tests.cases import again, lend
from tests.people import somebody

pytestmark = pytest.mark.django_db
AGREED = ("number", "due_on", "days", "principal_cents", "interest_cents", "fees_cents", "balance_cents")


def noon(day):
    return datetime.combine(day, time(12), ZoneInfo("America/Toronto"))


def rows_of(loan):
    return list(planning.plan_in_force(again(loan)).rows.all())


def payable(loan):
    return {row.number: row.payable_by for row in rows_of(loan)}


def agreed(loan):
    return list(planning.plan_in_force(again(loan)).rows.values_list(*AGREED))


def first_plain(loan):
    """The first instalment that is payable on its own due day, with the day after it open too."""
    closed = closed_days(clock.today().year, clock.today().year + 4)
    return next(
        row
        for row in rows_of(loan)
        if row.payable_by == row.due_on
        and next_business_day(row.due_on + timedelta(days=1), closed) == row.due_on + timedelta(days=1)
    )


def pay_until(loan, row, felix):
    """Pay every instalment before this one, each on its day."""
    for each in rows_of(loan)[: row.number - 1]:
        pay(loan, felix, each.payable_by, each.total_cents)


def pay(loan, felix, on, cents):
    with clock.at(noon(on)):
        return repayment.record_payment(again(loan), by=felix, on=on, cents=cents, method="transfer", payer="Amina")


def test_a_closed_day_moves_its_instalments_forward_and_an_open_one_back(active, mariam, felix):
    row, before, terms = first_plain(active), payable(active), agreed(active)
    settle(row.due_on, "closed", by=mariam, second=felix)
    assert payable(active) == before | {row.number: row.due_on + timedelta(days=1)}
    settle(row.due_on, "open", by=mariam, second=felix)
    assert payable(active) == before
    assert agreed(active) == terms


def test_what_is_only_proposed_moves_nothing(active, mariam):
    row, before = first_plain(active), payable(active)
    propose(row.due_on, "closed", by=mariam)
    assert payable_days.move_payable_days(clock.today()).done == 0
    assert payable(active) == before


def test_a_day_off_of_the_office_alone_moves_nothing(active, mariam, felix):
    row, before = first_plain(active), payable(active)
    settle(row.due_on, "closed", by=mariam, second=felix, place="office")
    assert payable(active) == before


def test_two_days_off_in_a_row_move_an_instalment_past_both(active, mariam, felix):
    row = first_plain(active)
    after = next_business_day(row.due_on + timedelta(days=2), closed_days(row.due_on.year, row.due_on.year + 1))
    settle(row.due_on + timedelta(days=1), "closed", by=mariam, second=felix)
    assert payable(active)[row.number] == row.due_on
    settle(row.due_on, "ask", by=mariam, second=felix)
    assert payable(active)[row.number] == after


def test_the_position_moves_with_its_next_unpaid_instalment(active, mariam, felix):
    row = first_plain(active)
    pay_until(active, row, felix)
    assert again(active).position.next_unpaid_on == row.due_on
    with clock.at(noon(row.due_on - timedelta(days=3))):
        settle(row.due_on, "closed", by=mariam, second=felix)
        assert again(active).position.next_unpaid_on == row.due_on + timedelta(days=1)
        assert list(audit.audit()) == []
        settle(row.due_on, "open", by=mariam, second=felix)
        assert again(active).position.next_unpaid_on == row.due_on
        assert list(audit.audit()) == []


def test_the_position_stays_when_a_later_instalment_moves(active, mariam, felix):
    row = first_plain(active)
    first = rows_of(active)[0]
    if row.number == 1:
        row = next(each for each in rows_of(active)[1:] if each.payable_by == each.due_on)
    settle(row.due_on, "closed", by=mariam, second=felix)
    assert again(active).position.next_unpaid_on == first.payable_by
    assert list(audit.audit()) == []


def test_instalments_that_shared_a_payable_day_and_part_are_told_apart_by_the_book(active, mariam, felix):
    row = first_plain(active)
    pay_until(active, row, felix)
    earlier = rows_of(active)[row.number - 2] if row.number > 1 else None
    shared = PlanRow.objects.filter(plan=planning.plan_in_force(active), number__in=(row.number, row.number + 1))
    shared.update(payable_by=row.due_on)
    with clock.at(noon(row.due_on - timedelta(days=1))):
        assert payable_days.move_payable_days(clock.today()).done == 1
    assert earlier is None or earlier.payable_by < row.due_on
    assert again(active).position.next_unpaid_on == row.due_on
    assert list(audit.audit()) == []


def test_money_on_the_moved_day_counts_from_the_due_day(active, mariam, felix):
    row = first_plain(active)
    pay_until(active, row, felix)
    with clock.at(noon(row.due_on - timedelta(days=3))):
        settle(row.due_on, "closed", by=mariam, second=felix)
    fact = pay(active, felix, row.due_on + timedelta(days=1), row.total_cents)
    assert (fact.on, fact.detail["received_on"]) == (row.due_on, (row.due_on + timedelta(days=1)).isoformat())
    assert again(active).position.next_unpaid_on == payable(active)[row.number + 1]
    assert list(audit.audit()) == []


def test_on_the_day_itself_it_can_still_move_on_but_not_back(active, mariam, felix):
    row = first_plain(active)
    with clock.at(noon(row.due_on)):
        settle(row.due_on, "closed", by=mariam, second=felix)
        assert payable(active)[row.number] == row.due_on + timedelta(days=1)
        settle(row.due_on, "open", by=mariam, second=felix)
        assert payable(active)[row.number] == row.due_on + timedelta(days=1)


def test_what_is_past_stays_as_it_was(active, mariam, felix):
    row = first_plain(active)
    later = row.due_on + timedelta(days=40)
    before = payable(active)
    CalendarDay.objects.create(
        day=row.due_on, banking="closed", reason_en="A", reason_fr="A", source="A", is_confirmed=True,
        proposed_by=mariam, proposed_at=clock.now(), decided_by=felix, decided_at=clock.now(),
    )  # fmt: skip
    with clock.at(noon(later)):
        assert payable_days.move_payable_days(clock.today()).done == 0
    assert payable(active) == before


def test_the_second_run_finds_nothing_to_do_and_asks_only_that(active, mariam, felix, django_assert_num_queries):
    assert active.plans.count() > 1  # the replaced one keeps its old days, and is no work
    settle(first_plain(active).due_on, "closed", by=mariam, second=felix)
    with django_assert_num_queries(2):
        assert payable_days.move_payable_days(clock.today()).done == 0


def test_the_night_mends_what_slipped_by(active, mariam, felix):
    row = first_plain(active)
    settle(row.due_on, "closed", by=mariam, second=felix)
    wanted = payable(active)
    PlanRow.objects.filter(plan=planning.plan_in_force(active), number=row.number).update(payable_by=row.due_on)
    assert nightly()["move_payable_days"] == (1, 0)
    assert payable(active) == wanted
    assert nightly()["move_payable_days"] == (0, 0)


def test_offered_and_signed_loans_move_too(loan, mariam, felix, amina):
    row = first_plain(loan)
    settle(row.due_on, "closed", by=mariam, second=felix)
    assert payable(loan)[row.number] == row.due_on + timedelta(days=1)


def test_what_is_not_paid_any_more_stays(loan, mariam, felix, amina):
    row, before = first_plain(loan), payable(loan)
    signing.refuse(loan, by=amina)
    settle(row.due_on, "closed", by=mariam, second=felix)
    assert payable(loan) == before


def test_a_written_off_loan_stays_and_catches_up_once_it_is_taken_back(active, mariam, felix, omar, carl):
    row, before = first_plain(active), payable(active)
    write_off.propose(active, by=omar, note="He left the country.")
    write_off.write_off(active, by=mariam)
    settle(row.due_on, "closed", by=mariam, second=felix)
    assert payable(active) == before
    maya = somebody("maya@office.example", "Maya", "manager")
    write_off.reinstate(again(active), by=maya, note="The wrong loan.")
    nightly()
    assert payable(active)[row.number] == row.due_on + timedelta(days=1)
    assert list(audit.audit()) == []


def test_a_plan_that_a_newer_one_replaced_stays(active, mariam, felix):
    old = planning.plan_in_force(active)
    planning.new_version(active, reason="advance_sent")
    row = first_plain(active)
    settle(row.due_on, "closed", by=mariam, second=felix)
    assert payable(active)[row.number] == row.due_on + timedelta(days=1)
    assert old.rows.get(number=row.number).payable_by == row.due_on


def test_a_new_plan_knows_the_offices_days(active, mariam, felix):
    row = first_plain(active)
    settle(row.due_on, "closed", by=mariam, second=felix)
    version = planning.new_version(active, reason="advance_sent")
    assert version.rows.get(number=row.number).payable_by == row.due_on + timedelta(days=1)


def test_cases_are_locked_in_the_order_of_every_other_verb(active, mariam, felix):
    row = first_plain(active)
    with CaptureQueriesContext(connection) as asked:
        settle(row.due_on, "closed", by=mariam, second=felix)
    locks = [each["sql"] for each in asked if each["sql"].startswith('SELECT "loans_application"')]
    assert [lock.partition(" ORDER BY ")[2] for lock in locks] == ['"loans_application"."id" ASC']


def test_many_loans_move_in_chunks_and_each_chunk_in_few_queries(
    active, bilal, product, omar, mariam, felix, monkeypatch, django_assert_max_num_queries
):
    other = lend(bilal, product, omar, mariam, felix)
    row = first_plain(active)
    assert row.due_on in {each.due_on for each in rows_of(other)}
    settle(row.due_on, "closed", by=mariam, second=felix)
    assert payable(active)[row.number] == payable(other)[row.number] == row.due_on + timedelta(days=1)
    PlanRow.objects.filter(number=row.number).update(payable_by=row.due_on)
    monkeypatch.setattr(payable_days, "AT_ONCE", 1)
    with django_assert_max_num_queries(3 + 2 * 7):
        assert payable_days.move_payable_days(clock.today()).done == 2
    assert list(audit.audit()) == []
