"""Money that comes in, a dollar after the other, while something else goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event as Signal
from threading import Thread

from django.db import connection

from config import clock
from loans.lifecycle import repayment

PATIENCE_SECONDS = 30


class Payments(Thread):
    """Records a dollar after the other until told to stop."""

    def __init__(self, loan, by):
        super().__init__(daemon=True)
        self.loan, self.by, self.count, self.error = loan, by, 0, None
        self.one_more, self.enough = Signal(), Signal()

    def run(self):
        try:
            while not self.enough.is_set():
                repayment.record_payment(
                    self.loan, by=self.by, on=clock.today(), cents=100, method="transfer", payer="Amina"
                )
                self.count += 1
                self.one_more.set()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def wait_for_one_more(self):
        self.one_more.clear()
        assert self.one_more.wait(PATIENCE_SECONDS), self.error


@contextmanager
def coming_in(loan, by) -> Iterator[Payments]:
    payments = Payments(loan, by)
    payments.start()
    try:
        payments.wait_for_one_more()
        yield payments
    finally:
        payments.enough.set()
        payments.join(PATIENCE_SECONDS)
    assert payments.error is None
