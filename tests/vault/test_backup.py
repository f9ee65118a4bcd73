"""Everything in one sealed file, and back from it on an empty machine."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils.translation import override

from accounts.models import User
from loans.lifecycle.audit import audit
from loans.models import Fact, Loan
from tests.ink import empty_the_house
from tests.vault.conftest import SECOND_KEY
from vault import backup
from vault.backup import BackupRefused
from vault.models import StoredFile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()


@pytest.fixture
def taken(active, tmp_path):
    """A backup of a small office with a loan on which money is out."""
    path = tmp_path / "office.backup"
    backup.take(path)
    return path


def page(email, address):
    """The main part of a page as a member of staff reads it."""
    browser = Client()
    browser.force_login(User.objects.get(email=email))
    with override("en"):
        text = browser.get(address).content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    return [line for line in main.splitlines() if "once_key" not in line and "csrfmiddlewaretoken" not in line]


def test_restored_on_an_empty_machine_the_books_are_whole_and_the_pages_equal(taken, felix):
    number = Loan.objects.get().number
    before = page(felix.email, f"/loans/{number}/")
    facts, file = list(Fact.objects.values_list("hash", flat=True)), StoredFile.objects.first()
    data = file.read()
    empty_the_house()
    assert not Loan.objects.exists()
    call_command("restore", str(taken), verbosity=0)
    assert list(audit()) == []
    assert list(Fact.objects.values_list("hash", flat=True)) == facts
    assert StoredFile.objects.get(pk=file.pk).read() == data
    assert page(felix.email, f"/loans/{number}/") == before


def test_after_it_new_rows_count_on(taken):
    newest = User.objects.latest("pk").pk
    empty_the_house()
    backup.restore(taken)
    assert User.objects.create_user("later@example.org").pk > newest


def test_what_lies_in_it_cannot_be_read_without_the_key(taken, amina):
    data = taken.read_bytes()
    assert amina.email.encode() not in data
    assert b"accounts_user" not in data
    assert taken.stat().st_mode & 0o077 == 0


def test_a_house_that_is_not_empty_is_left_alone(taken):
    with pytest.raises(BackupRefused, match="not empty"):
        backup.restore(taken)


def test_another_key_is_refused(taken, settings):
    settings.VAULT_KEYS = {"1": SECOND_KEY}
    with pytest.raises(BackupRefused, match="key"):
        backup.rehearse(taken)


def test_a_key_that_is_not_here_is_named(taken, settings):
    settings.VAULT_KEYS = {"7": SECOND_KEY}
    with pytest.raises(BackupRefused, match="key 1"):
        backup.rehearse(taken)


def test_another_look_up_key_is_refused(taken, settings):
    settings.VAULT_LOOKUP_KEY = "A" * 64
    with pytest.raises(BackupRefused, match="VAULT_LOOKUP_KEY"):
        backup.rehearse(taken)


@pytest.mark.parametrize("left", [0, 10, 40, 0.5, -1])
def test_a_cut_file_is_refused(taken, left):
    data = taken.read_bytes()
    taken.write_bytes(data[: int(len(data) * left) if isinstance(left, float) else left])
    with pytest.raises(BackupRefused):
        backup.rehearse(taken)


def test_a_changed_byte_anywhere_is_seen(taken):
    data = taken.read_bytes()
    for place in range(0, len(data), max(len(data) // 60, 1)):
        changed = bytearray(data)
        changed[place] ^= 1
        taken.write_bytes(changed)
        with pytest.raises(BackupRefused):
            backup.rehearse(taken)


def test_pieces_are_bound_to_their_place(active, tmp_path, monkeypatch):
    monkeypatch.setattr("vault.backup.container.PIECE", 2000)
    path = tmp_path / "pieces.backup"
    backup.take(path)
    data, head = path.read_bytes(), len(b"TREMPLIN-BACKUP-1\n") + 16
    first = int.from_bytes(data[head : head + 4], "big") + 4
    second = int.from_bytes(data[head + first : head + first + 4], "big") + 4
    one, two = data[head : head + first], data[head + first : head + first + second]
    for wrong in (two + one + data[head + first + second :], one + data[head + first + second :], one + two):
        path.write_bytes(data[:head] + wrong)
        with pytest.raises(BackupRefused):
            backup.rehearse(path)


@pytest.mark.parametrize(("change", "word"), [("delete", "newer"), ("add", "older")])
def test_another_version_is_refused_and_says_which(taken, change, word):
    recorder = MigrationRecorder.Migration.objects
    kept = recorder.get(app="loans", name="0001_initial")
    if change == "delete":
        kept.delete()
    else:
        kept = recorder.create(app="loans", name="0099_tomorrow")
    try:
        with pytest.raises(BackupRefused, match=f"{word} version.*loans.{kept.name}"):
            backup.rehearse(taken)
    finally:
        recorder.filter(name="0099_tomorrow").delete()
        recorder.get_or_create(app="loans", name="0001_initial")


def test_something_else_is_no_backup(tmp_path):
    path = tmp_path / "holiday.jpg"
    path.write_bytes(b"\xff\xd8\xff" + b"x" * 200)
    with pytest.raises(CommandError, match="not a backup"):
        call_command("restore", str(path), rehearse=True)


def test_a_backup_is_never_written_over(taken):
    before = taken.read_bytes()
    with pytest.raises(CommandError, match="never written over"):
        call_command("backup", str(taken))
    assert taken.read_bytes() == before


def test_a_rehearsal_is_remembered(taken):
    assert backup.last_rehearsed() is None
    call_command("restore", str(taken), rehearse=True, verbosity=0)
    assert backup.last_rehearsed() is not None


def test_a_file_that_is_gone_is_told(active, tmp_path, capsys):
    default_storage.delete(StoredFile.objects.first().path)
    call_command("backup", str(tmp_path / "gone.backup"))
    assert "1 stored files are named" in capsys.readouterr().err
