import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from loans.lifecycle.ledger.audit import audit
from loans.models import Entry, Loan
from tests.vault.office import leave_nothing, refused, run
from vault.backup import envelope, rows
from vault.models import StoredFile

pytestmark = pytest.mark.django_db(transaction=True)


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


def with_migrations(monkeypatch, path, change):
    """A backup as another version of the program would have taken it."""
    init = envelope.Writer.__init__
    monkeypatch.setattr(
        envelope.Writer, "__init__", lambda self, file, *, migrations: init(self, file, migrations=change(migrations))
    )
    monkeypatch.setattr("vault.backup.versions.check_same", lambda theirs: None)
    run("backup", path)
    monkeypatch.undo()


def test_a_newer_or_older_backup_is_refused_with_the_difference(paid, shelf):
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
