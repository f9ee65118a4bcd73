"""A backup taken while payments are being recorded shows one moment, and its books are whole."""

from threading import Event as Signal
from threading import Thread

from django.db import connection

from config import clock
from loans.lifecycle import repayment
from loans.lifecycle.audit import audit
from loans.models import Entry, Fact
from tests.cases import again
from tests.ink import empty_the_house
from vault import backup


def test_a_backup_under_load_is_of_one_moment(committed, active, felix, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    enough, stop = Signal(), Signal()

    def pay():
        try:
            for number in range(500):
                repayment.record_payment(
                    active, by=felix, on=clock.today(), cents=100 + number, method="transfer", payer="Amina"
                )
                if number == 5:
                    enough.set()
                if stop.is_set():
                    return
        finally:
            connection.close()

    paying = Thread(target=pay)
    paying.start()
    assert enough.wait(60)
    path = tmp_path / "under-load.backup"
    try:
        found = backup.take(path)
    finally:
        stop.set()
        paying.join()
    assert again(active).facts.count() > found.rows["loans_fact"] > 5  # money came in while it was taken
    empty_the_house()
    backup.restore(path)
    assert (Fact.objects.count(), Entry.objects.count()) == (found.rows["loans_fact"], found.rows["loans_entry"])
    assert list(audit()) == []
