"""What is drawn: the announced amount until ten days after its payer was told, and nobody is late by it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from config import clock
from letters.models import Letter
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import changes, charges, debits, disbursement, planning, repayment
from loans.models import IndexRate, Loan, LoanPaper
from loans.tasks import nightly
from money.arrears import days_late
from tests.cases import again, sign
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
PRIME = Decimal("0.0495")


@pytest.fixture
def moving(offered, amina, felix):
    """Amina's loan that follows prime + 2, on which the money left today."""
    loan = offered.loans.get()
    loan.rate_index, loan.follows_index, loan.margin = "prime", True, Decimal("0.02")
    loan.save()
    advance = disbursement.release(sign(loan, amina).advances.get(), by=felix)
    disbursement.send(advance, by=felix, on=clock.today())
    return again(loan)


def prime_becomes(rate, on):
    IndexRate.objects.create(index="prime", starts=on, annual_rate=Decimal(rate), source="bank")


def before_the(number, days, loan):
    """The clock so many days before the payment of this number."""
    return clock.at(days_ahead((planning.payable_by(loan, number) - clock.today()).days - days))


def coming(loan):
    loan = again(loan)
    return debits.debits_of(loan, books.book_of(loan, clock.today()))


def draw(loan, debit, felix):
    """The bank draws what was to be drawn, on its day."""
    with clock.at(days_ahead((debit.on - clock.today()).days)):
        repayment.record_payment(again(loan), by=felix, on=debit.on, cents=debit.cents, method="debit", payer="Amina")


def notices():
    return Letter.objects.filter(kind="debit_changed")


def test_without_a_change_the_debits_are_the_plan(moving):
    rows = planning.plan_in_force(moving).rows.all()
    assert [(each.on, each.cents) for each in coming(moving)] == [(row.payable_by, row.total_cents) for row in rows]
    assert not any(each.is_held for each in coming(moving))


def test_with_ten_days_left_the_next_debit_changes_and_is_told(moving):
    was = coming(moving)
    with before_the(1, 10, moving):
        prime_becomes("0.09", clock.today())
        nightly()
        now = coming(moving)
        rows = planning.plan_in_force(again(moving)).rows.all()
        assert [each.cents for each in now] == [row.total_cents for row in rows]
        facts = notices().get().facts
        assert (facts["before_cents"], facts["cents"]) == (was[0].cents, now[0].cents)
        assert facts["on"] == was[0].on.isoformat()
        assert facts["held_on"] is None


def test_with_nine_days_left_the_next_debit_is_held_and_the_one_after_takes_the_rest(moving):
    was = coming(moving)
    with before_the(1, 9, moving):
        prime_becomes("0.09", clock.today())
        nightly()
        now, rows = coming(moving), planning.plan_in_force(again(moving)).rows.all()
        assert now[0].is_held
        assert now[0].cents == was[0].cents < rows[0].total_cents
        assert now[1].cents == rows[1].total_cents + rows[0].total_cents - was[0].cents
        assert [each.cents for each in now[2:]] == [row.total_cents for row in rows[2:]]
        facts = notices().get().facts
        assert (facts["on"], facts["cents"]) == (now[1].on.isoformat(), now[1].cents)
        assert (facts["held_on"], facts["held_cents"]) == (was[0].on.isoformat(), was[0].cents)
        assert facts["following_cents"] == now[2].cents
        assert list(audit()) == []


def test_whoever_paid_what_was_drawn_is_not_late(moving, felix):
    with before_the(1, 5, moving):
        prime_becomes("0.09", clock.today())
        nightly()
        first, second, *_ = coming(moving)
        draw(moving, first, felix)
    with before_the(2, 1, moving):
        position = again(moving).position
        assert days_late(position.next_unpaid_on, clock.today()) == 0
        assert position.next_unpaid_on == second.on
        assert coming(moving)[0].cents == second.cents
        assert list(audit()) == []
        draw(moving, second, felix)
    with before_the(3, 15, moving):
        assert books.stands(again(moving), clock.today()).next_unpaid.number == 3
        assert list(audit()) == []


def test_whoever_did_not_pay_is_late_from_the_day_of_the_held_debit(moving):
    first = coming(moving)[0]
    with before_the(1, 5, moving):
        prime_becomes("0.09", clock.today())
        nightly()
    with before_the(2, 1, moving):
        assert again(moving).position.next_unpaid_on == first.on
        owing = coming(moving)[0].cents
        assert owing < first.cents * 2  # what was not paid is not drawn a second time by itself


def test_when_the_rate_falls_what_was_taken_too_much_counts_for_the_next(moving, felix):
    with before_the(1, 5, moving):
        prime_becomes("0.01", clock.today())
        nightly()
        first, second, third, *_ = coming(moving)
        rows = planning.plan_in_force(again(moving)).rows.all()
        assert first.cents > rows[0].total_cents
        assert second.cents == rows[1].total_cents - (first.cents - rows[0].total_cents)
        draw(moving, first, felix)
    with before_the(1, 0, moving):
        assert [each.cents for each in coming(moving)[:2]] == [0, second.cents]  # it was drawn today
    with before_the(2, 1, moving):
        assert [each.cents for each in coming(moving)[:2]] == [second.cents, third.cents]


def test_the_last_debit_may_be_held_too_and_its_rest_is_drawn_a_month_later(moving, felix):
    last = coming(moving)[-1]
    with before_the(30, 4, moving):
        owed = books.stands(again(moving), clock.today() + timedelta(days=4)).owed_cents
        repayment.record_payment(
            moving, by=felix, on=clock.today(), cents=owed - last.cents, method="debit", payer="Amina"
        )
        was = coming(moving)[-1]
        prime_becomes("0.09", clock.today())
        nightly()
        held, rest = coming(moving)
        assert (held.on, held.cents, held.is_held) == (was.on, was.cents, True)
        assert rest.on > held.on + timedelta(days=20)
        assert notices().get().facts["on"] == rest.on.isoformat()


def test_a_night_that_was_missed_counts_the_ten_days_from_the_notice(moving):
    was = coming(moving)
    with before_the(1, 12, moving):
        prime_becomes("0.09", clock.today())
        changes.follow_indexes(clock.today())  # and then the machine died
        assert not coming(moving)[0].is_held
    with before_the(1, 8, moving):
        debits.announce_waiting(clock.today())
        assert coming(moving)[0].is_held
        assert coming(moving)[0].cents == was[0].cents
        assert notices().get().facts["on"] == was[1].on.isoformat()


def test_the_notice_goes_once_whatever_dies_and_is_run_again(moving, monkeypatch):
    with before_the(1, 20, moving):
        prime_becomes("0.09", clock.today())
        changes.follow_indexes(clock.today())

        def dies(*args, **facts):
            raise RuntimeError("killed between the paper and its letter")

        with monkeypatch.context() as broken:
            broken.setattr(debits, "tell_parties", dies)
            assert debits.announce_waiting(clock.today()).passed_over == 1
        assert not LoanPaper.objects.filter(kind="changed_debit").exists()
        for _ in range(2):
            nightly()
            debits.announce(moving)
        assert notices().count() == 1
        assert LoanPaper.objects.filter(kind="changed_debit").count() == 1
        assert notices().get().attachments.get() == LoanPaper.objects.get(kind="changed_debit").file


def test_two_values_of_one_night_are_one_notice(moving):
    was = coming(moving)
    with before_the(1, 15, moving):
        prime_becomes("0.07", clock.today() - timedelta(days=2))
        prime_becomes("0.09", clock.today())
        nightly()
        facts = notices().get().facts
        assert (facts["before_cents"], facts["cents"]) == (was[0].cents, coming(moving)[0].cents)


def test_a_pause_that_was_asked_for_is_drawn_at_once_without_a_notice(moving, mariam):
    with before_the(1, 3, moving):
        changes.pause(moving, by=mariam, instalments=1, note="She asked for it.")
        nightly()
        assert coming(moving)[0].cents == 0
        assert not notices().exists()


def test_a_lower_rate_from_the_office_is_told_ten_days_ahead(active, mariam):
    was = coming(active)
    with before_the(1, 3, active):
        changes.lower_rate(active, by=mariam, annual_rate=Decimal("0.02"), note="Hardship.")
        debits.announce_debits(active.pk)
        assert coming(active)[0].cents == was[0].cents
        facts = notices().get().facts
        assert facts["why"] == "rate"
        assert facts["cents"] < facts["before_cents"]


def test_what_the_bank_charged_is_drawn_only_once_it_was_told(active, felix):
    was = coming(active)
    with before_the(1, 4, active):
        paid = repayment.record_payment(active, by=felix, on=clock.today(), cents=500, method="debit", payer="Amina")
        came_back = repayment.reverse_payment(again(active), by=felix, fact=paid, note="NSF")
        charges.charge_return(again(active), by=felix, reversal=came_back, cents=700)
        debits.announce_debits(active.pk)
        now = coming(active)
        assert (now[0].cents, now[1].cents) == (was[0].cents, was[1].cents + 700)
        assert notices().get().facts["why"] == "fee"
        assert list(audit()) == []


def test_a_loan_that_ended_meanwhile_is_told_nothing(moving, felix):
    with before_the(1, 20, moving):
        prime_becomes("0.09", clock.today())
        changes.follow_indexes(clock.today())
        owed = books.stands(again(moving), clock.today()).owed_cents
        repayment.record_payment(
            again(moving), by=felix, on=clock.today(), cents=owed, method="transfer", payer="Amina"
        )
        nightly()
        assert not notices().exists()
        assert not Loan.objects.get(pk=moving.pk).debit_changes.filter(told_at=None).exists()
