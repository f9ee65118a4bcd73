"""A root made while money comes in: no fact commits behind it."""

from threading import Event as Signal

from django.db import transaction

from config import clock
from loans.lifecycle.ledger import roots
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import repayment
from loans.models import Fact, Root
from tests.cases import lend
from tests.postgres.doing import A_WHILE_SECONDS, PATIENCE_SECONDS, Doing


def pay(loan, felix):
    return repayment.record_payment(loan, by=felix, on=clock.today(), cents=100, method="transfer", payer="Amina")


def test_a_root_waits_for_the_payment_that_is_being_written(committed, active, bilal, product, omar, mariam, felix):
    other = lend(bilal, product, omar, mariam, felix)
    written, may_commit = Signal(), Signal()

    def pay_slowly():
        with transaction.atomic():
            pay(active, felix)
            written.set()
            may_commit.wait(PATIENCE_SECONDS)

    payer = Doing(pay_slowly)
    assert written.wait(PATIENCE_SECONDS)
    pay(other, felix)  # a later fact, with a higher id, is there before it
    night = Doing(lambda: roots.make_root(clock.today()))
    night.join(A_WHILE_SECONDS)
    assert night.is_alive()
    may_commit.set()
    for thread in (payer, night):
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
    assert Root.objects.get().through == Fact.objects.latest("pk").pk
    assert list(audit()) == []


def test_two_nights_at_once_make_one_root(committed, active):
    for thread in [Doing(lambda: roots.make_root(clock.today())) for _ in range(2)]:
        thread.join(PATIENCE_SECONDS)
    assert Root.objects.count() == 1
