"""A month closed while money comes in: nothing is booked into it behind the closing."""

from datetime import timedelta
from threading import Event as Signal

import pytest
from django.db import transaction

from config import clock
from loans.lifecycle.ledger import closing
from loans.lifecycle.lending import repayment
from loans.lifecycle.refusal import Refused
from loans.models import Closing, Entry
from tests.days_ahead import days_ahead
from tests.postgres.doing import A_WHILE_SECONDS, PATIENCE_SECONDS, Doing


@pytest.fixture
def moment():
    """Some weeks after the money left: its month is over."""
    return days_ahead(40)


@pytest.fixture
def last(moment):
    """The last day of the month before."""
    return clock.day_of(moment).replace(day=1) - timedelta(days=1)


def pay_for(day, loan, felix, moment):
    """A payment of a day in the month that is being closed."""
    with clock.at(moment):
        repayment.record_payment(loan, by=felix, on=day, cents=100, method="transfer", payer="Amina")


def close(day, felix, moment):
    with clock.at(moment):
        closing.close_through(day, by=felix)


def held(act):
    """`act` in a transaction of another connection that commits when told: (thread, what tells it)."""
    done, may_commit = Signal(), Signal()

    def slowly():
        with transaction.atomic():
            act()
            done.set()
            may_commit.wait(PATIENCE_SECONDS)

    thread = Doing(slowly)
    assert done.wait(PATIENCE_SECONDS)
    return thread, may_commit


def test_a_closing_waits_for_the_payment_that_is_being_written(committed, active, felix, moment, last):
    payer, may_commit = held(lambda: pay_for(last, active, felix, moment))
    closer = Doing(lambda: close(last, felix, moment))
    closer.join(A_WHILE_SECONDS)
    assert closer.is_alive()
    may_commit.set()
    for thread in (payer, closer):
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
    assert Entry.objects.get(fact__number=2).booked_on == last
    assert Closing.objects.get().through == last


def test_a_payment_waits_for_the_closing_and_is_booked_behind_it(committed, active, felix, moment, last):
    closer, may_commit = held(lambda: close(last, felix, moment))
    payer = Doing(lambda: pay_for(last, active, felix, moment))
    payer.join(A_WHILE_SECONDS)
    assert payer.is_alive()
    may_commit.set()
    for thread in (payer, closer):
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
    assert Entry.objects.get(fact__number=2).booked_on == last + timedelta(days=1)


def test_two_who_close_the_same_month_close_it_once(committed, active, felix, moment, last):
    refused = []

    def try_to_close():
        try:
            close(last, felix, moment)
        except Refused as error:
            refused.append(error.code)

    for thread in [Doing(try_to_close) for _ in range(2)]:
        thread.join(PATIENCE_SECONDS)
    assert (Closing.objects.count(), refused) == (1, ["closed_already"])
