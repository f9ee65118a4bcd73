import hashlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from config import clock
from vault.errors import Damaged, WrongPlace
from vault.models import StoredFile

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7 the pay slip of Amina"


@pytest.fixture
def paper():
    return StoredFile.objects.put(PAPER, name="pay slip.pdf", content_type="application/pdf")


def bytes_of(file):
    return Path(default_storage.path(file.path))


def test_a_file_reads_as_it_was_put(paper):
    again = StoredFile.objects.get(pk=paper.pk)
    assert again.read() == PAPER
    assert (again.name, again.content_type, again.size) == ("pay slip.pdf", "application/pdf", len(PAPER))
    assert again.sha256 == hashlib.sha256(PAPER).hexdigest()
    assert abs(clock.now() - again.created_at).total_seconds() < 60


def test_an_empty_file_is_a_file():
    assert StoredFile.objects.put(b"", name="empty.txt", content_type="text/plain").read() == b""


def test_the_disk_never_sees_the_words(paper, own_storage):
    (on_disk,) = [path for path in own_storage.rglob("*") if path.is_file()]
    assert b"Amina" not in on_disk.read_bytes()
    assert b"PDF" not in on_disk.read_bytes()


def test_the_path_tells_nothing_and_is_new_each_time(paper):
    other = StoredFile.objects.put(PAPER, name="pay slip.pdf", content_type="application/pdf")
    assert other.path != paper.path
    assert "slip" not in paper.path


def test_a_damaged_file_is_noticed(paper):
    sealed = bytearray(bytes_of(paper).read_bytes())
    sealed[-1] ^= 1
    bytes_of(paper).write_bytes(bytes(sealed))
    with pytest.raises(Damaged):
        paper.read()


def test_two_files_swapped_on_the_disk_are_noticed(paper):
    other = StoredFile.objects.put(b"another", name="b.txt", content_type="text/plain")
    bytes_of(paper).write_bytes(bytes_of(other).read_bytes())
    with pytest.raises(WrongPlace):
        paper.read()


def test_a_row_that_points_at_another_file_is_noticed(paper):
    other = StoredFile.objects.put(b"another", name="b.txt", content_type="text/plain")
    paper.path = other.path
    with pytest.raises(WrongPlace):
        paper.read()


def test_a_row_whose_description_was_changed_is_noticed(paper):
    StoredFile.objects.filter(pk=paper.pk).update(sha256="0" * 64)
    with pytest.raises(Damaged):
        StoredFile.objects.get(pk=paper.pk).read()


def test_a_file_that_is_gone_is_said_to_be_gone(paper):
    bytes_of(paper).unlink()
    with pytest.raises(Damaged, match="gone"):
        paper.read()
