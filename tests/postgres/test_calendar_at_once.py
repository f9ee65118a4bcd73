"""The calendar changes while others work: one row a form, one answer a row, and no payment is overtaken."""

from threading import Event as Signal
from threading import Thread

from django.db import connection, transaction

from config import clock
from loans.holidays import closed_days
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import payable_days, planning, repayment
from loans.lifecycle.refusal import Refused
from loans.lifecycle.settings import calendar_days
from loans.models import CalendarDay
from money.calendar import next_business_day
from tests.calendar_days import propose, settle
from tests.cases import again
from tests.postgres.test_at_once import both

PATIENCE_SECONDS = 30
A_WHILE_SECONDS = 1


def soon():
    """The next day that can still be closed."""
    today = clock.today()
    return next_business_day(today, closed_days(today.year, today.year + 1))


def test_one_form_sent_twice_at_once_enters_one_day(committed, mariam):
    first, second = both(lambda: propose(soon(), "closed", by=mariam, once_key="key"))
    assert first == second
    assert CalendarDay.objects.count() == 1


def test_two_forms_at_once_about_one_day_enter_one_and_the_other_is_told(committed, mariam):
    keys = iter(("one", "two"))
    results = both(lambda: propose(soon(), "closed", by=mariam, once_key=next(keys)))
    assert sorted(type(result) for result in results if isinstance(result, Exception)) == [Refused]
    assert CalendarDay.objects.count() == 1


def test_two_who_answer_at_once_differently_one_is_told(committed, mariam, felix, carl):
    row = propose(soon(), "closed", by=mariam)
    answers = iter(((felix, True), (carl, False)))

    def answer():
        by, confirmed = next(answers)
        return calendar_days.decide(row, by=by, confirmed=confirmed)

    assert [type(result) for result in both(answer)].count(Refused) == 1


def test_the_calendar_waits_for_a_payment_that_is_being_written(committed, active, mariam, felix):
    row = planning.plan_in_force(active).rows.all()[1]
    written, may_commit = Signal(), Signal()

    def pay_slowly():
        try:
            with transaction.atomic():
                cents = planning.plan_in_force(active).rows.all()[0].total_cents
                said = {"on": clock.today(), "cents": cents, "method": "transfer", "payer": "Amina"}
                repayment.record_payment(active, by=felix, more_than_owed=True, **said)
                written.set()
                may_commit.wait(PATIENCE_SECONDS)
        finally:
            connection.close()

    def close():
        try:
            settle(row.payable_by, "closed", by=mariam, second=felix)
        finally:
            connection.close()

    payer, office = Thread(target=pay_slowly, daemon=True), Thread(target=close, daemon=True)
    payer.start()
    assert written.wait(PATIENCE_SECONDS)
    office.start()
    office.join(A_WHILE_SECONDS)
    assert office.is_alive()
    may_commit.set()
    for thread in (payer, office):
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
    moved = planning.plan_in_force(again(active)).rows.all()[1].payable_by
    assert moved > row.payable_by
    assert payable_days.move_payable_days(clock.today()).done == 0
    assert list(audit()) == []
