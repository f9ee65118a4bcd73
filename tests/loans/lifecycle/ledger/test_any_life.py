"""Any life of a loan, drawn step by step and driven by the real verbs: after each step the audit holds."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_fsm import TransitionNotAllowed
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import Role
from config import clock
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import changes, charges, disbursement, repayment, write_off
from loans.lifecycle.lending.bulk_payments import Incoming, record_payments
from loans.lifecycle.refusal import Refused
from loans.models import Fact, IndexRate, Loan
from money.book import FactKind, Part
from tests.cases import again
from tests.people import somebody

pytestmark = pytest.mark.django_db
FULL = settings.get_profile("long").max_examples == settings.default.max_examples
amounts = st.one_of(st.integers(1, 60_000), st.just(23_000))
NOTE = "Because."


class Life(RuleBasedStateMachine):
    """One loan from its signature on; `people` and `signed` are given by the test."""

    people: dict = {}
    signed: Loan
    happened: set = set()

    def __init__(self):
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.day = clock.today()
        self.loan = again(self.signed)
        terms = {"follows_index": True, "rate_index": "prime", "margin": Decimal("0.02"), "fee_cents": 15_000}
        Loan.objects.filter(pk=self.loan.pk).update(**terms)

    def teardown(self):
        Life.happened |= set(self.loan.facts.values_list("kind", flat=True))
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    def do(self, act):
        """Try a deed at ten in the morning of the day reached; that it may not be done now is an answer too."""
        zone = ZoneInfo(django_settings.TIME_ZONE)
        with clock.at(datetime.combine(self.day, time(10), zone)):
            self.loan = again(self.loan)
            try:
                with transaction.atomic():
                    act()
            except (Refused, TransitionNotAllowed, PermissionDenied):
                return

    @rule(days=st.integers(0, 75))
    def time_passes(self, days):
        self.day += timedelta(days=days)

    @initialize(days=st.integers(0, 40))
    def the_money_leaves(self, days):
        def act():
            advance = disbursement.release(self.loan.advances.get(), by=self.people["felix"])
            disbursement.send(advance, by=self.people["felix"], on=self.day)

        self.day += timedelta(days=days)
        self.do(act)

    @rule(cents=amounts, days_ago=st.integers(0, 40))
    def somebody_pays(self, cents, days_ago):
        on = self.day - timedelta(days=days_ago)
        said = {"method": "transfer", "payer": "Amina", "more_than_owed": True}
        self.do(lambda: repayment.record_payment(self.loan, by=self.people["felix"], on=on, cents=cents, **said))

    @rule(cents=st.lists(amounts, min_size=1, max_size=3))
    def a_bank_file_comes(self, cents):
        rows = [Incoming(self.loan.pk, self.day, each, "debit", "Amina") for each in cents]
        self.do(lambda: record_payments(rows, by=self.people["felix"]))

    @rule()
    def all_is_paid_off(self):
        def act():
            owed = books.stands(self.loan, self.day).owed_cents
            said = {"method": "cheque", "payer": "Amina"}
            repayment.record_payment(self.loan, by=self.people["felix"], on=self.day, cents=owed, **said)

        self.do(act)

    @rule(data=st.data())
    def a_payment_comes_back(self, data):
        paid = list(self.loan.facts.filter(kind__in=repayment.MONEY_IN, reversed_by=None))
        if paid:
            fact = data.draw(st.sampled_from(paid))
            self.do(lambda: repayment.reverse_payment(self.loan, by=self.people["felix"], fact=fact, note=NOTE))

    @rule(cents=st.integers(1, 6_000))
    def the_bank_charges_for_it(self, cents):
        came_back = self.loan.facts.filter(kind=FactKind.REVERSAL).last()
        if came_back:
            self.do(lambda: charges.charge_return(self.loan, by=self.people["felix"], reversal=came_back, cents=cents))

    @rule(part=st.sampled_from(Part), cents=st.integers(1, 20_000))
    def something_is_forgiven(self, part, cents):
        self.do(lambda: charges.waive(self.loan, by=self.people["mariam"], part=part, cents=cents, note=NOTE))

    @rule(instalments=st.integers(1, 4))
    def payments_are_paused(self, instalments):
        self.do(lambda: changes.pause(self.loan, by=self.people["mariam"], instalments=instalments, note=NOTE))

    @rule(rate=st.sampled_from(["0.02", "0.05", "0.0725"]), days_ago=st.integers(0, 20))
    def the_index_is_published(self, rate, days_ago):
        starts = self.day - timedelta(days=days_ago)
        IndexRate.objects.get_or_create(index="prime", starts=starts, defaults={"annual_rate": rate, "source": "bank"})
        self.do(lambda: changes.follow_indexes(self.day))

    @rule(months=st.integers(1, 48), days=st.integers(1, 45))
    def what_is_owed_is_spread_anew(self, months, days):
        first = self.day + timedelta(days=days)
        said = {"months": months, "first_due": first, "note": NOTE}
        self.do(lambda: changes.reschedule(self.loan, by=self.people["mariam"], **said))

    @rule()
    def it_is_written_off(self):
        def act():
            write_off.propose(self.loan, by=self.people["omar"], note=NOTE)
            write_off.write_off(again(self.loan), by=self.people["mariam"])

        self.do(act)

    @rule(cents=amounts)
    def something_is_recovered(self, cents):
        said = {"cents": cents, "method": "cash", "payer": "Amina"}
        self.do(lambda: write_off.record_recovery(self.loan, by=self.people["felix"], on=self.day, **said))

    @rule()
    def the_write_off_was_an_error(self):
        self.do(lambda: write_off.reinstate(self.loan, by=self.people["max"], note=NOTE))

    @rule()
    def the_advance_comes_back(self):
        def act():
            disbursement.take_back(self.loan.advances.get(), by=self.people["felix"], note=NOTE)

        self.do(act)

    @invariant()
    def the_audit_holds(self):
        assert list(audit()) == []

    @invariant()
    def the_checkpoint_says_what_the_replay_says(self):
        loan = again(self.loan)
        day = max([self.day, *Fact.objects.filter(loan=loan).values_list("on", flat=True)])
        known, replayed = books.stands(loan, day), books.book_of(loan, until=day)
        for name in ("owed_cents", "interest_exact", "next_unpaid", "written_off_cents", "credit_cents"):
            assert getattr(known, name) == getattr(replayed, name), name


def test_after_each_step_of_any_life_the_audit_holds(signed, omar, felix, mariam):
    another = somebody("max@office.example", "Max Roy", Role.MANAGER)
    Life.people = {"omar": omar, "felix": felix, "mariam": mariam, "max": another}
    Life.signed = signed
    many = settings(
        max_examples=300 if FULL else 8,
        stateful_step_count=40 if FULL else 25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=many)
    assert Life.happened >= {FactKind.ADVANCE, FactKind.PAYMENT, FactKind.REVERSAL}
    assert len(Life.happened) == len(FactKind) or not FULL
