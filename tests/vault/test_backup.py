import io
import re
import stat
from contextlib import contextmanager

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from config import clock
from letters.models import Lender
from loans.furnishing.office import furnish
from loans.lifecycle.applying import filling
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import repayment
from loans.models import Closing, Entry, Event, Fact, Loan, Product, Root, guards
from tests.days_ahead import days_ahead
from tests.vault.office import everything, files_in_storage, leave_nothing, refused, run
from vault import backup
from vault.backup import envelope, rows
from vault.models import StoredFile

pytestmark = pytest.mark.django_db(transaction=True)
CHANGES_WITH_EVERY_READING = re.compile(r'(name="(csrfmiddlewaretoken|once_key)" value|nonce)="[^"]*"')


def loan_page(number, email):
    visitor = Client()
    visitor.force_login(User.objects.get(email=email))
    page = visitor.get(f"/loans/{number}/")
    assert page.status_code == 200
    return CHANGES_WITH_EVERY_READING.sub("", page.content.decode())


def test_an_office_comes_back_row_for_row_and_file_for_file(paid, shelf, omar):
    page, before, files = loan_page(paid.number, omar.email), everything(), files_in_storage()
    run("backup", shelf / "night")
    leave_nothing()
    assert (Loan.objects.count(), files_in_storage()) == (0, {})
    said = run("restore", shelf / "night")
    assert "loans.Loan: 1\n" in said
    assert f"files: {len(files)}, gone when it was taken: 0" in said
    assert everything() == before
    assert files_in_storage() == files
    assert loan_page(paid.number, omar.email) == page
    assert list(audit()) == []


def test_life_goes_on_after_a_restore(new_machine, felix):
    run("restore", new_machine)
    loan, felix = Loan.objects.get(), User.objects.get(email="felix@office.example")
    repayment.record_payment(loan, by=felix, on=clock.today(), cents=5_000, method="cash", payer="Amina")
    filling.start(User.objects.known_as("bilal@example.org", name="Bilal"), Product.objects.first())
    assert list(audit()) == []
    assert guards.missing() == []


def test_what_migrate_and_furnish_wrote_makes_room(new_machine):
    furnish()
    Lender.objects.update(name_en="Another Fund")
    run("restore", new_machine)
    assert Lender.objects.get().name_en != "Another Fund"


def test_every_table_is_in_the_backup_or_left_out_by_name(paid):
    kept = {model._meta.db_table for model in rows.tables()}
    others = set(connection.introspection.table_names()) - kept
    assert others <= {"django_migrations", "django_session", "accounts_session", "cache"}


def test_nothing_in_the_file_can_be_read(taken, amina, shelf):
    sealed = taken.read_bytes()
    assert amina.email.encode() not in sealed
    assert b"accounts_user" not in sealed
    assert b"accounts.User" not in sealed
    assert stat.S_IMODE(taken.stat().st_mode) == 0o600
    assert [path.name for path in shelf.iterdir()] == ["night"]


def test_the_newest_key_seals(paid, second_key, shelf):
    second_key()
    run("backup", shelf / "night")
    with (shelf / "night").open("rb") as file:
        assert envelope.Opened(file).header["key_version"] == 2


def test_a_backup_never_replaces_another(taken):
    before = taken.read_bytes()
    with pytest.raises(CommandError, match="exists already"):
        run("backup", taken)
    assert taken.read_bytes() == before


def test_a_backup_that_does_not_read_back_is_not_kept(paid, shelf, monkeypatch):
    seal = envelope.Writer._seal

    def slip(self, plain, *, last):
        file, self._file = self._file, io.BytesIO()
        seal(self, plain, last=last)
        sealed, self._file = bytearray(self._file.getvalue()), file
        sealed[-1] ^= last
        file.write(sealed)

    monkeypatch.setattr(envelope.Writer, "_seal", slip)
    with pytest.raises(CommandError, match="No backup was taken: the backup was changed at chunk"):
        run("backup", shelf / "night")
    assert list(shelf.iterdir()) == []


def right_after_the_snapshot(monkeypatch, act):
    """What somebody else does once the rows were read and before the files are."""
    snapshot = rows.snapshot

    @contextmanager
    def snapshot_and_then():
        with snapshot():
            yield
        act()

    monkeypatch.setattr(rows, "snapshot", snapshot_and_then)


def test_a_file_discarded_meanwhile_is_counted(paid, shelf, monkeypatch):
    file = StoredFile.objects.put(b"a draft", name="draft.txt", content_type="text/plain")
    named = len(files_in_storage())
    right_after_the_snapshot(monkeypatch, file.discard)
    assert f"files: {named - 1}, gone meanwhile: 1" in run("backup", shelf / "night")
    leave_nothing()
    assert f"files: {named - 1}, gone when it was taken: 1" in run("restore", shelf / "night")


def test_a_lost_file_is_a_doubt(paid, shelf):
    lost = StoredFile.objects.first()
    default_storage.delete(lost.path)
    with pytest.raises(CommandError, match=f"file {lost.pk} is gone from the storage"):
        run("backup", shelf / "night")


def test_a_file_sealed_again_meanwhile_is_a_doubt(paid, shelf, second_key, monkeypatch):
    second_key()
    right_after_the_snapshot(monkeypatch, lambda: run("rekey"))
    with pytest.raises(CommandError, match="was sealed again while the backup was taken"):
        run("backup", shelf / "night")


def test_a_value_that_no_longer_opens_is_a_doubt_and_is_kept(paid, shelf):
    first, second = StoredFile.objects.all()[:2]
    (swapped,) = StoredFile.objects.filter(pk=second.pk).values_list("name", flat=True)
    StoredFile.objects.filter(pk=first.pk).update(name=swapped)
    with pytest.raises(CommandError, match="1 sealed values or files no longer open"):
        run("backup", shelf / "night")
    with pytest.raises(CommandError, match=r"Rehearsed: nothing was changed\. But 1 sealed"):
        run("restore", shelf / "night", rehearse=True)
    assert backup.last_rehearsed() is None
    leave_nothing()
    with pytest.raises(CommandError, match=r"Restored\. .* But 1 sealed"):
        run("restore", shelf / "night")
    assert StoredFile.objects.filter(pk=first.pk).values_list("name", flat=True).get() == swapped


def test_a_rehearsal_reads_everything_and_writes_only_its_date(taken):
    before = everything(), files_in_storage()
    assert backup.last_rehearsed() is None
    with clock.at(days_ahead(3)) as moment:
        assert "Rehearsed: nothing was changed." in run("restore", taken, rehearse=True)
    assert (everything(), files_in_storage()) == before
    assert backup.last_rehearsed() == moment


def test_a_restore_counts_as_a_rehearsal(new_machine):
    assert backup.last_rehearsed() is None
    run("restore", new_machine)
    assert backup.last_rehearsed() is not None


def test_a_rehearsal_that_failed_is_none(taken):
    taken.write_bytes(taken.read_bytes()[:-1])
    refused(taken, rehearse=True)
    assert backup.last_rehearsed() is None


def test_a_date_that_cannot_be_read_is_none(shelf):
    (shelf / "backup-rehearsed").write_text("soon")
    assert backup.last_rehearsed() is None


def test_ink_stays_ink_after_a_restore(new_machine):
    run("restore", new_machine)
    for model in (Event, Fact, Entry, Root, Closing):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            model.objects.all()._raw_delete(connection.alias)
