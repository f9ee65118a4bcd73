"""Encrypted columns, seen on the letters that have them (text, nullable text, JSON)."""

from uuid import uuid4

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models, transaction
from django.db.models import F
from django.test.utils import isolate_apps

from letters.models import Letter
from vault.errors import Damaged, LookupRefused, PlainValue, UnknownKey, VaultError, WrongPlace
from vault.fields import Ciphertext, EncryptedJSONField, EncryptedTextField

pytestmark = pytest.mark.django_db


def letter(**more):
    words = {
        "kind": "received",
        "address": "amina@example.org",
        "address_hash": uuid4().hex,
        "language": "en",
        "facts": {"name": "Amina", "cents": 1050},
        "occasion": "submission:1",
        "message_id": f"<{uuid4().hex}@example.org>",
    }
    return Letter(**words | more)


@pytest.fixture
def amina():
    row = letter()
    row.save()
    return row


def column(name, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM letters_letter WHERE id = %s", [pk])
        value = cursor.fetchone()[0]
    return value if value is None else bytes(value)


def put_into_column(name, pk, value):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE letters_letter SET {name} = %s WHERE id = %s", [value, pk])


def test_a_row_reads_what_was_written(amina):
    again = Letter.objects.get(pk=amina.pk)
    assert again.address == "amina@example.org"
    assert again.facts == {"name": "Amina", "cents": 1050}


def test_the_database_never_sees_the_words(amina):
    assert b"amina" not in column("address", amina.pk)
    assert b"Amina" not in column("facts", amina.pk)


def test_null_stays_null_and_an_empty_text_stays_empty(amina):
    assert column("body", amina.pk) is None
    amina.body = ""
    amina.save()
    assert Letter.objects.get(pk=amina.pk).body == ""


def test_a_change_inside_json_is_saved(amina):
    row = Letter.objects.get(pk=amina.pk)
    row.facts["cents"] = 2000
    row.save()
    assert Letter.objects.get(pk=amina.pk).facts["cents"] == 2000


def test_what_json_cannot_say_is_refused(amina):
    amina.facts = {"rate": float("nan")}
    with pytest.raises(ValueError):
        amina.save()


def test_a_value_nobody_asked_for_is_not_opened_and_not_sealed_again(amina):
    before = column("facts", amina.pk)
    row = Letter.objects.get(pk=amina.pk)
    row.address = "new@example.org"
    row.save()
    assert column("facts", amina.pk) == before


def test_ciphertext_moved_to_another_row_does_not_open(amina):
    omar = letter(address="omar@example.org")
    omar.save()
    put_into_column("address", omar.pk, column("address", amina.pk))
    with pytest.raises(WrongPlace):
        str(Letter.objects.get(pk=omar.pk).address)


def test_ciphertext_moved_to_another_column_of_its_row_does_not_open(amina):
    put_into_column("body", amina.pk, column("address", amina.pk))
    with pytest.raises(WrongPlace):
        str(Letter.objects.get(pk=amina.pk).body)


def test_a_damaged_column_is_noticed_and_the_rest_of_the_row_is_readable(amina):
    cut = bytearray(column("address", amina.pk))
    cut[-1] ^= 1
    put_into_column("address", amina.pk, bytes(cut))
    row = Letter.objects.get(pk=amina.pk)
    assert row.facts["name"] == "Amina"
    with pytest.raises(Damaged):
        str(row.address)


def test_a_column_under_a_lost_key_says_which(amina, second_key, settings):
    second_key()
    amina.save()
    settings.VAULT_KEYS = {"1": settings.VAULT_KEYS["1"]}
    with pytest.raises(UnknownKey):
        str(Letter.objects.get(pk=amina.pk).address)


def test_a_copy_of_a_row_takes_no_ciphertext_along(amina):
    copy = Letter.objects.get(pk=amina.pk)
    copy.pk, copy.seal, copy.message_id, copy.occasion = None, uuid4(), "<copy@example.org>", "submission:2"
    with pytest.raises(WrongPlace):
        copy.save(force_insert=True)


def test_update_with_a_plain_value_is_refused(amina):
    with pytest.raises(PlainValue, match=r"letters\.Letter\.address"), transaction.atomic():
        Letter.objects.filter(pk=amina.pk).update(address="plain@example.org")
    assert Letter.objects.get(pk=amina.pk).address == "amina@example.org"


def test_bulk_update_with_a_plain_value_is_refused(amina):
    amina.address = "plain@example.org"
    with pytest.raises(PlainValue):
        Letter.objects.bulk_update([amina], ["address"])


def test_update_to_null_is_allowed(amina):
    amina.body = "words"
    amina.save()
    Letter.objects.filter(pk=amina.pk).update(body=None)
    assert Letter.objects.get(pk=amina.pk).body is None


def test_bulk_create_seals_every_row():
    Letter.objects.bulk_create([letter(address=f"{name}@example.org") for name in ("omar", "mariam")])
    rows = Letter.objects.order_by("pk")
    assert [row.address for row in rows] == ["omar@example.org", "mariam@example.org"]
    assert all(b"example" not in column("address", row.pk) for row in rows)


def test_deferred_columns_open_when_asked_for(amina):
    assert Letter.objects.defer("address").get(pk=amina.pk).address == "amina@example.org"
    assert Letter.objects.only("address").get(pk=amina.pk).address == "amina@example.org"


def test_refresh_reads_the_new_words(amina):
    row = Letter.objects.get(pk=amina.pk)
    amina.address = "new@example.org"
    amina.save()
    row.refresh_from_db()
    assert row.address == "new@example.org"


def test_values_give_ciphertext_not_words(amina):
    ((address,),) = Letter.objects.values_list("address")
    assert isinstance(address, Ciphertext)
    assert "amina" not in repr(address)


@pytest.mark.parametrize(
    "question",
    [{"address": "amina@example.org"}, {"address__in": ["a"]}, {"address__icontains": "a"}, {"facts__name": "Amina"}],
)
def test_a_sealed_column_cannot_be_searched(question):
    with pytest.raises(LookupRefused):
        Letter.objects.filter(**question).exists()


def test_a_refused_lookup_is_both_a_vault_and_a_query_error():
    assert issubclass(LookupRefused, VaultError)
    assert issubclass(LookupRefused, FieldError)


def test_a_sealed_column_can_be_asked_whether_it_is_null(amina):
    assert Letter.objects.filter(body__isnull=True).get() == amina
    assert not Letter.objects.filter(address__isnull=True).exists()


def test_a_path_into_sealed_json_is_refused():
    with pytest.raises(FieldError):
        list(Letter.objects.values_list("facts__name"))


def test_a_dump_does_not_spell_out_what_is_sealed(amina):
    with pytest.raises(PlainValue):
        serializers.serialize("json", [amina])


def test_migrations_can_write_the_fields_down():
    name, path, args, kwargs = EncryptedTextField(null=True, blank=True).deconstruct()
    assert (path, args, kwargs) == ("vault.fields.EncryptedTextField", [], {"null": True, "blank": True})
    assert EncryptedJSONField(default=dict).deconstruct()[1] == "vault.fields.EncryptedJSONField"


@isolate_apps("vault")
def test_a_row_without_a_seal_cannot_have_encrypted_fields():
    class Diary(models.Model):
        words = EncryptedTextField()

        class Meta:
            app_label = "vault"

    assert [error.id for error in Diary._meta.get_field("words").check()] == ["vault.E003"]


@isolate_apps("vault")
def test_an_encrypted_field_cannot_be_unique_or_indexed():
    class Diary(models.Model):
        seal = models.UUIDField()
        words = EncryptedTextField(unique=True)
        more = EncryptedTextField(db_index=True)

        class Meta:
            app_label = "vault"

    for name in ("words", "more"):
        assert [error.id for error in Diary._meta.get_field(name).check()] == ["vault.E004"]


def test_one_column_cannot_be_copied_over_another(amina):
    with pytest.raises(PlainValue):
        Letter.objects.filter(pk=amina.pk).update(body=F("address"))
