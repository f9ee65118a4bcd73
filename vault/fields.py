"""Model fields whose column holds ciphertext only. Their model derives from `vault.models.Sealed`."""

import json
import uuid

from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute

from vault import keys
from vault.errors import LookupRefused, PlainValue


class Ciphertext:
    """A sealed value as its column holds it, without the row that could open it (what `values()` gives)."""

    __slots__ = ("sealed",)

    def __init__(self, sealed):
        self.sealed = bytes(sealed)

    def __eq__(self, other):
        return isinstance(other, Ciphertext) and self.sealed == other.sealed

    def __hash__(self):
        return hash(self.sealed)

    def __repr__(self):
        return f"<Ciphertext of {len(self.sealed)} bytes>"


class SealedAttribute(DeferredAttribute):
    """Opens the ciphertext when it is first asked for, with the row's own seal."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, Ciphertext):
            value = self.field.open(value, instance)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class SealedField(models.Field):
    """The common part of the encrypted fields; subclasses say how a value becomes text and back.

    A column added to a table that already exists must be `null=True`: a migration has no row to seal a default for.
    """

    empty_strings_allowed = False
    descriptor_class = SealedAttribute

    def to_text(self, value):
        raise NotImplementedError

    def from_text(self, text):
        raise NotImplementedError

    def get_internal_type(self):
        return "BinaryField"

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_row_has_a_seal(), *self._check_nothing_compares()]

    def _check_row_has_a_seal(self):
        try:
            self.model._meta.get_field("seal")
        except FieldDoesNotExist:
            return [checks.Error("An encrypted field needs a model derived from Sealed.", obj=self, id="vault.E003")]
        return []

    def _check_nothing_compares(self):
        if self.primary_key or self.unique or self.db_index:
            return [checks.Error("An encrypted field cannot be a key, unique or indexed.", obj=self, id="vault.E004")]
        return []

    def place(self, seal):
        """The one place where a value of this field in the row with `seal` can be read."""
        return f"{self.model._meta.db_table}.{self.column}:{uuid.UUID(str(seal))}"

    def close(self, value, instance):
        """`value` sealed for `instance`."""
        return Ciphertext(keys.seal(self.to_text(value).encode(), place=self.place(instance.seal)))

    def open(self, ciphertext, instance):
        """The plain value of a ciphertext that stands in `instance`; raises VaultError."""
        return self.from_text(keys.unseal(ciphertext.sealed, place=self.place(instance.seal)).decode())

    def pre_save(self, model_instance, add):
        value = model_instance.__dict__.get(self.attname, None)
        if isinstance(value, Ciphertext) and keys.is_for(value.sealed, self.place(model_instance.seal)):
            return value
        value = getattr(model_instance, self.attname)
        return None if value is None else self.close(value, model_instance)

    def get_db_prep_save(self, value, connection):
        return self.get_db_prep_value(value, connection)

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None:
            return None
        if not isinstance(value, Ciphertext):
            raise PlainValue(f"{self.model._meta.label}.{self.name}: only saving the row can seal it")
        return connection.Database.Binary(value.sealed)

    def from_db_value(self, value, expression, connection):
        return None if value is None else Ciphertext(value)

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return IsNull
        raise LookupRefused(f"{self.name}__{lookup_name}: a sealed column can only be asked whether it is null")

    def value_to_string(self, obj):
        raise PlainValue(f"{self.model._meta.label}.{self.name}: a dump would spell it out; use `manage.py backup`")


class EncryptedTextField(SealedField):
    """Text, sealed. `null` and `blank` as usual; an empty text is sealed too."""

    def to_text(self, value):
        return self.to_python(value)

    def from_text(self, text):
        return text

    def to_python(self, value):
        return value if value is None or isinstance(value, str) else str(value)


class EncryptedJSONField(SealedField):
    """Whatever JSON can say, sealed; raises TypeError or ValueError for what it cannot."""

    def to_text(self, value):
        return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)

    def from_text(self, text):
        return json.loads(text)
