import re
import stat
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from accounts.models import User
from config import clock
from letters.models import Lender
from loans.furnishing import furnish
from loans.lifecycle import filling, repayment
from loans.lifecycle.audit import audit
from loans.models import Entry, Event, Fact, Loan, Product, guards
from tests.vault.office import files_in_storage, leave_nothing, run
from vault import backup, keys
from vault.backup import envelope, rows, taking
from vault.models import StoredFile

pytestmark = pytest.mark.django_db(transaction=True)
CHANGES_WITH_EVERY_READING = re.compile(r'(name="(csrfmiddlewaretoken|once_key)" value|nonce)="[^"]*"')


@pytest.fixture(autouse=True)
def shelf(tmp_path_factory, settings):
    """Where backups lie; also VAR_DIR."""
    settings.VAR_DIR = tmp_path_factory.mktemp("shelf")
    return settings.VAR_DIR


@pytest.fixture
def paid(active, felix):
    """Amina's loan, once she paid something back."""
    repayment.record_payment(active, by=felix, on=clock.today(), cents=12_345, method="transfer", payer="Amina")
    return active


@pytest.fixture
def taken(paid, shelf):
    """A backup of the office in which Amina has her loan."""
    run("backup", shelf / "night")
    return shelf / "night"


@pytest.fixture
def new_machine(taken):
    """The backup, and nothing else left of the office."""
    leave_nothing()
    return taken


def loan_page(number, email):
    visitor = Client()
    visitor.force_login(User.objects.get(email=email))
    page = visitor.get(f"/loans/{number}/")
    assert page.status_code == 200
    return CHANGES_WITH_EVERY_READING.sub("", page.content.decode())


def everything():
    return {model._meta.label: list(rows.lines(model)) for model in rows.tables()}


def refused(*arguments, **options):
    """Why `restore` refuses, having changed nothing."""
    before, files = everything(), files_in_storage()
    with pytest.raises(CommandError) as error:
        run("restore", *arguments, **options)
    assert (everything(), files_in_storage()) == (before, files)
    assert str(error.value).startswith("Nothing was restored: ")
    return str(error.value).removeprefix("Nothing was restored: ")


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
    assert others <= {"django_migrations", "django_session", "cache"}


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
        seal(self, plain, last=last)
        if not last:
            return
        self._file.seek(-1, 1)
        self._file.write(b"?")

    monkeypatch.setattr(envelope.Writer, "_seal", slip)
    with pytest.raises(CommandError, match="No backup was taken: the backup was changed at chunk"):
        run("backup", shelf / "night")
    assert list(shelf.iterdir()) == []


def test_a_file_discarded_meanwhile_is_counted(paid, shelf, monkeypatch):
    file = StoredFile.objects.put(b"a draft", name="draft.txt", content_type="text/plain")
    named, pour = len(files_in_storage()), taking.rows.snapshot.__wrapped__

    def discard_after():
        yield from pour()
        with transaction.atomic():
            file.discard()

    monkeypatch.setattr(taking.rows, "snapshot", taking.rows.contextmanager(discard_after))
    assert f"files: {named - 1}, gone meanwhile: 1" in run("backup", shelf / "night")
    leave_nothing()
    assert f"files: {named - 1}, gone when it was taken: 1" in run("restore", shelf / "night")


def test_a_lost_file_is_a_doubt(paid, shelf):
    lost = StoredFile.objects.first()
    default_storage.delete(lost.path)
    with pytest.raises(CommandError, match=f"file {lost.pk} is gone from the storage"):
        run("backup", shelf / "night")


def test_a_file_sealed_again_meanwhile_is_a_doubt(paid, shelf):
    file = StoredFile.objects.first()
    assert "sealed again while the backup was taken" in taking._doubt(file.pk, "where/it-was")[0]


def test_a_value_that_no_longer_opens_is_a_doubt_and_is_kept(paid, shelf):
    first, second = StoredFile.objects.all()[:2]
    (swapped,) = StoredFile.objects.filter(pk=second.pk).values_list("name", flat=True)
    StoredFile.objects.filter(pk=first.pk).update(name=swapped)
    with pytest.raises(CommandError, match="1 sealed values or files no longer open"):
        run("backup", shelf / "night")
    leave_nothing()
    with pytest.raises(CommandError, match=r"Restored\. .* But 1 sealed"):
        run("restore", shelf / "night")
    assert StoredFile.objects.filter(pk=first.pk).values_list("name", flat=True).get() == swapped


def test_a_rehearsal_reads_everything_and_writes_only_its_date(taken):
    before = everything(), files_in_storage()
    assert backup.last_rehearsed() is None
    with clock.at(clock.now() + timedelta(days=3)) as moment:
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


def test_nothing_is_restored_over_people(taken):
    assert "this house is not empty (accounts.User has rows)" in refused(taken)


def test_what_is_no_backup_is_refused(shelf):
    (shelf / "letter").write_text("Dear office, " * 100)
    assert refused(shelf / "letter") == "this file is not a backup"
    (shelf / "nothing").write_bytes(b"")
    assert refused(shelf / "nothing") == "this file is not a backup"
    assert "No such file" in refused(shelf / "nowhere")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_changed_byte_anywhere_is_seen(new_machine, part):
    sealed = bytearray(new_machine.read_bytes())
    start = sealed.index(b"}") + 10  # after the header
    sealed[start + int((len(sealed) - start) * part)] ^= 1
    new_machine.write_bytes(sealed)
    assert "the backup was changed at chunk" in refused(new_machine)


def test_a_changed_header_is_seen(new_machine):
    sealed = new_machine.read_bytes()
    new_machine.write_bytes(sealed.replace(b'"made_at": "20', b'"made_at": "19', 1))
    assert refused(new_machine) == "the backup was changed at chunk 0"
    new_machine.write_bytes(sealed.replace(b'"salt"', b'"sale"', 1))
    assert refused(new_machine) == "the beginning of the backup was changed or cut"


def chunks_of(path):
    """The header, then each chunk, as they lie in the file."""
    sealed = path.read_bytes()
    start = len(envelope.MAGIC) + 4 + int.from_bytes(sealed[len(envelope.MAGIC) :][:4])
    parts = [sealed[:start]]
    while start < len(sealed):
        end = start + 5 + int.from_bytes(sealed[start + 1 : start + 5])
        parts.append(sealed[start:end])
        start = end
    return parts


@pytest.fixture
def many_chunks(paid, shelf, monkeypatch):
    """A backup of at least four chunks, on an emptied machine."""
    monkeypatch.setattr(envelope, "CHUNK_BYTES", 10_000)
    run("backup", shelf / "night")
    leave_nothing()
    assert len(chunks_of(shelf / "night")) > 5
    return shelf / "night"


def test_many_chunks_come_back(many_chunks):
    run("restore", many_chunks)
    assert list(audit()) == []
    assert Loan.objects.count() == 1


@pytest.mark.parametrize(
    ("rearrange", "reason"),
    [
        (lambda parts: parts[:-1], "the backup was cut: its end is missing"),
        (lambda parts: [*parts[:-1], parts[-1][:-1]], "the backup was cut: its end is missing"),
        (lambda parts: [*parts[:-1], parts[-1][:3]], "the backup was cut: its end is missing"),
        (lambda parts: [parts[0], parts[2], parts[1], *parts[3:]], "the backup was changed at chunk 0"),
        (lambda parts: [*parts[:2], *parts[3:]], "the backup was changed at chunk 1"),
        (lambda parts: [*parts[:2], b"\1" + parts[2][1:]], "the backup was changed at chunk 1"),
        (lambda parts: [*parts, parts[1]], "the backup was changed: something stands after its end"),
        (lambda parts: [*parts, b"."], "the backup was changed: something stands after its end"),
    ],
    ids=["chunk missing", "byte missing", "stump", "order", "gap", "early end", "chunk more", "byte more"],
)
def test_chunks_cut_moved_or_added_are_seen(many_chunks, rearrange, reason):
    many_chunks.write_bytes(b"".join(rearrange(chunks_of(many_chunks))))
    assert refused(many_chunks) == reason


def test_a_key_we_lack_is_named(new_machine, settings):
    settings.VAULT_KEYS = {"7": settings.VAULT_KEYS["1"]}
    assert refused(new_machine) == "the backup is sealed under key 1, which VAULT_KEYS does not hold"


def test_another_key_of_the_same_version_is_told_from_a_damaged_file(new_machine, settings, second_key):
    second_key()
    settings.VAULT_KEYS = {"1": settings.VAULT_KEYS["2"]}
    assert refused(new_machine) == "key 1 of VAULT_KEYS is not the key 1 that sealed the backup"


def test_the_keys_of_what_is_inside_are_needed_too(paid, shelf, settings, second_key):
    second_key()
    run("backup", shelf / "night")
    leave_nothing()
    settings.VAULT_KEYS = {"2": settings.VAULT_KEYS["2"]}
    assert refused(shelf / "night") == "the backup holds values sealed under key 1: add it to VAULT_KEYS"
    assert keys.newest_version() == 2


def with_migrations(monkeypatch, path, change):
    """A backup as another version of the program would have taken it."""
    init = envelope.Writer.__init__
    monkeypatch.setattr(
        envelope.Writer, "__init__", lambda self, file, *, migrations: init(self, file, migrations=change(migrations))
    )
    monkeypatch.setattr("vault.backup.versions.check_same", lambda theirs: None)
    run("backup", path)
    monkeypatch.undo()


def test_a_newer_or_older_backup_is_refused_with_the_difference(paid, shelf, settings):
    with pytest.MonkeyPatch.context() as patch:
        with_migrations(patch, shelf / "newer", lambda known: [*known, "loans.0999_mortgages"])
    with pytest.MonkeyPatch.context() as patch:
        with_migrations(patch, shelf / "older", lambda known: [name for name in known if name != "vault.0001_initial"])
    leave_nothing()
    assert "of a newer version: it has loans.0999_mortgages" in refused(shelf / "newer")
    assert "of an older version: it lacks vault.0001_initial" in refused(shelf / "older")


def test_a_database_of_another_version_takes_no_backup_and_gives_none(new_machine, shelf):
    recorder = MigrationRecorder(connection)
    recorder.record_applied("loans", "0999_mortgages")
    try:
        assert "the database is newer than the program: it has loans.0999_mortgages" in refused(new_machine)
        with pytest.raises(CommandError, match="newer than the program"):
            run("backup", shelf / "other")
    finally:
        recorder.record_unapplied("loans", "0999_mortgages")
    recorder.record_unapplied("vault", "0001_initial")
    try:
        assert "run `migrate`): it lacks vault.0001_initial" in refused(new_machine)
    finally:
        recorder.record_applied("vault", "0001_initial")


def test_another_file_in_the_way_stops_everything(new_machine):
    run("restore", new_machine)
    paths = list(StoredFile.objects.order_by("pk").values_list("path", flat=True))
    leave_nothing()
    default_storage.save(paths[-1], ContentFile(b"something else"))
    assert "the storage holds another file at" in refused(new_machine)


def test_a_table_that_does_not_come_back_as_it_was_stops_everything(new_machine, monkeypatch):
    insert = rows.insert

    def forget_one(model, found):
        insert(model, found[1:] if model is Entry else found)

    monkeypatch.setattr(rows, "insert", forget_one)
    assert refused(new_machine) == "loans.Entry: this database does not give back what the backup holds"


def test_ink_stays_ink_after_a_restore(new_machine):
    run("restore", new_machine)
    for model in (Event, Fact, Entry):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            model.objects.all()._raw_delete(connection.alias)
