from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction

from letters.models import Letter
from letters.post import post
from vault import files, keys, rekeying
from vault.models import StoredFile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quiet_post(monkeypatch):
    monkeypatch.setattr("letters.tasks.deliver.delay", lambda pk: None)


@pytest.fixture
def portfolio():
    """Five letters and three files, all under the first key."""
    with transaction.atomic():
        for number in range(5):
            post("received", address=f"person{number}@example.org", facts={"name": "Amina"}, occasion=f"s:{number}")
    for number in range(3):
        StoredFile.objects.put(f"paper {number}".encode(), name=f"{number}.txt", content_type="text/plain")


def rekey(**options):
    out = StringIO()
    call_command("rekey", stdout=out, **options)
    return out.getvalue()


def versions():
    columns = Letter.objects.values_list("address", "facts")
    return {keys.version_of(value.sealed) for row in columns for value in row}


def test_everything_stands_under_the_newest_key_and_the_old_one_may_go(portfolio, second_key, settings):
    second_key()
    said = rekey(batch=2)
    assert "letters.Letter: 5 looked at, 10 sealed again, 0 damaged" in said
    assert "stored files: 3 looked at, 3 sealed again, 0 damaged" in said
    settings.VAULT_KEYS = {"2": settings.VAULT_KEYS["2"]}
    assert [letter.address for letter in Letter.objects.all()] == [f"person{n}@example.org" for n in range(5)]
    assert [file.read() for file in StoredFile.objects.order_by("pk")] == [f"paper {n}".encode() for n in range(3)]
    assert [file.name for file in StoredFile.objects.order_by("pk")] == ["0.txt", "1.txt", "2.txt"]


def test_the_old_bytes_leave_the_disk(portfolio, second_key, own_storage):
    second_key()
    rekey()
    left = {str(path.relative_to(own_storage)) for path in own_storage.rglob("*") if path.is_file()}
    assert left == set(StoredFile.objects.values_list("path", flat=True))


def test_a_second_run_finds_nothing_to_do(portfolio, second_key):
    second_key()
    rekey()
    said = rekey()
    assert "letters.Letter: 5 looked at, 0 sealed again" in said
    assert "stored files: 0 looked at" in said


def test_stopped_half_way_it_goes_on_where_it_was(portfolio, second_key, monkeypatch):
    second_key()
    close, sealed = rekeying.SealedField.close, []

    def pull_the_plug(field, value, instance):
        sealed.append(value)
        if len(sealed) == 9:  # three file names, a batch of two letters, and into the next
            raise KeyboardInterrupt
        return close(field, value, instance)

    with monkeypatch.context() as patch:
        patch.setattr(rekeying.SealedField, "close", pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            rekey(batch=2)
    assert versions() == {1, 2}
    assert "letters.Letter: 5 looked at, 6 sealed again" in rekey(batch=2)
    assert versions() == {2}


def test_files_killed_half_way_are_all_still_readable(portfolio, second_key, monkeypatch):
    second_key()
    lay_down, laid = files.lay_down, []

    def pull_the_plug(data, *, place):
        laid.append(place)
        if len(laid) == 2:
            raise KeyboardInterrupt
        return lay_down(data, place=place)

    with monkeypatch.context() as patch:
        patch.setattr(files, "lay_down", pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            rekey()
    assert [file.read() for file in StoredFile.objects.order_by("pk")] == [b"paper 0", b"paper 1", b"paper 2"]
    assert "stored files: 3 looked at, 3 sealed again" in rekey()


def test_a_damaged_value_is_told_and_passed_over(portfolio, second_key):
    second_key()
    first, second = Letter.objects.order_by("pk")[:2]
    (swapped,) = Letter.objects.filter(pk=second.pk).values_list("address", flat=True)
    Letter.objects.filter(pk=first.pk).update(address=swapped)
    file = StoredFile.objects.order_by("pk")[0]
    Path(default_storage.path(file.path)).unlink()
    with pytest.raises(CommandError, match="2 could not be opened"):
        rekey()
    assert keys.version_of(Letter.objects.filter(pk=second.pk).values_list("address", flat=True)[0].sealed) == 2
    assert keys.version_of(Letter.objects.filter(pk=first.pk).values_list("facts", flat=True)[0].sealed) == 2


def test_every_model_with_encrypted_columns_is_known():
    known = {model._meta.label: {field.name for field in fields} for model, fields in rekeying.sealed_models()}
    assert known["letters.Letter"] == {"address", "facts", "subject", "body"}
    assert known["vault.StoredFile"] == {"name"}


def reseal_the_drawer(*, batch):
    """What another room would do for the secrets it keeps in a table that is not ours."""
    return Counter(rows=batch, resealed=1, damaged=1)


def test_secrets_in_other_peoples_tables_are_sealed_again_too(settings):
    settings.VAULT_ELSEWHERE = ["tests.vault.test_rekeying.reseal_the_drawer"]
    out = StringIO()
    with pytest.raises(CommandError, match="1 could not be opened"):
        call_command("rekey", batch=7, stdout=out)
    assert "reseal_the_drawer: 7 looked at, 1 sealed again, 1 damaged" in out.getvalue()


def test_a_batch_of_none_is_refused():
    with pytest.raises(CommandError, match="batch"):
        rekey(batch=0)
