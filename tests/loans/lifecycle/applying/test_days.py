"""The office's calendar day rules: late in the evening, and on the two days that have not 24 hours."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from config import clock
from loans.lifecycle.ledger import audit
from loans.lifecycle.lending import disbursement, planning, repayment
from loans.lifecycle.refusal import Refused
from loans.tasks import nightly
from tests.cases import again, sign

pytestmark = pytest.mark.django_db
OTTAWA = ZoneInfo("America/Toronto")


def clock_changes():
    """The first two days in Ottawa that have not 24 hours, from two months on: by then whoever waits has waited out."""
    evenings = [late_evening(clock.today() + timedelta(days=ahead)) for ahead in range(60, 460)]
    pairs = pairwise(evenings)
    return [after.date() for before, after in pairs if before.utcoffset() != after.utcoffset()][:2]


def late_evening(day):
    return datetime(day.year, day.month, day.day, 23, 30, tzinfo=OTTAWA)


def pay(loan, by, on, cents=1000):
    return repayment.record_payment(loan, by=by, on=on, cents=cents, method="transfer", payer="Amina")


def test_at_half_past_eleven_a_payment_of_today_is_of_today(active, felix):
    day = clock.today() + timedelta(days=3)
    with clock.at(late_evening(day)):
        assert clock.now().date() == day + timedelta(days=1)
        assert pay(active, felix, day).detail.get("received_on", day.isoformat()) == day.isoformat()
        with pytest.raises(Refused, match="in_the_future"):
            pay(active, felix, day + timedelta(days=1))


def test_money_sent_at_half_past_eleven_counts_from_that_day(signed, felix):
    day = clock.today() + timedelta(days=2)
    with clock.at(late_evening(day)):
        advance = disbursement.release(signed.advances.get(), by=felix)
        disbursement.send(advance, by=felix, on=clock.today())
        assert again(signed).advance_on == day
    assert list(audit.audit()) == []


def test_the_last_minute_of_the_last_day_is_still_time_to_sign(loan, amina):
    with clock.at(late_evening(loan.open_until)):
        nightly()
        assert sign(again(loan), amina).state == "signed"


def test_the_first_minute_after_it_is_not(loan, amina):
    with clock.at(late_evening(loan.open_until) + timedelta(minutes=31)):
        with pytest.raises(Refused, match="offer_over"):
            sign(again(loan), amina)
        nightly()
    assert again(loan).state == "lapsed"


@pytest.mark.parametrize("which", [0, 1])
def test_the_night_the_clocks_change_does_its_jobs_once(which, waiting, amina):
    day = clock_changes()[which]
    evening = late_evening(day - timedelta(days=1))
    with clock.at(evening):
        assert nightly()["close_unanswered"] == (1, 0)
    with clock.at(evening + timedelta(hours=3)):
        assert nightly()["close_unanswered"] == (0, 0)
    assert again(waiting).state == "closed_unanswered"


@pytest.mark.parametrize("which", [0, 1])
def test_a_loan_is_paid_on_the_days_the_clocks_change(which, active, felix):
    day = clock_changes()[which]
    for hour in (0, 1, 2, 3, 23):
        with clock.at(datetime(day.year, day.month, day.day, hour, 30, tzinfo=OTTAWA)):
            assert pay(active, felix, day).detail.get("received_on", day.isoformat()) == day.isoformat()
    assert list(audit.audit()) == []


def test_interest_of_a_month_with_a_clock_change_is_that_of_the_plan(active, felix):
    for row in planning.plan_in_force(active).rows.all()[:12]:
        with clock.at(late_evening(row.payable_by)):
            pay(active, felix, row.payable_by, row.total_cents)
    assert again(active).position.next_unpaid_cents == planning.plan_in_force(active).rows.all()[12].total_cents
    assert list(audit.audit()) == []
