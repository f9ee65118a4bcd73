"""What can go wrong with a secret."""

from django.core.exceptions import FieldError


class VaultError(Exception):
    """Something sealed cannot be opened, or something plain was about to be kept unsealed."""


class KeysUnusable(VaultError):
    """The keys in the environment are missing, malformed or too short."""


class UnknownKey(VaultError):
    """Sealed under a key version that the environment does not hold."""


class WrongPlace(VaultError):
    """Sealed for another table, field or row: somebody moved it."""


class Damaged(VaultError):
    """The bytes are not the ones we sealed, or they are gone."""


class PlainValue(VaultError):
    """A plain value was about to reach a sealed column without its row: save the row instead."""


class LookupRefused(VaultError, FieldError):
    """A sealed column cannot be searched; keep a keyed hash beside it (`vault.lookup.keyed_hash`)."""


class BackupRefused(VaultError):
    """This backup cannot be taken or restored here; the text says why."""


class ScannerSilent(Exception):
    """The virus scanner that is set up gave no clear answer: nobody knows whether the file is clean."""
