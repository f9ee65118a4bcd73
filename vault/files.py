"""Sealed bytes in the default storage: random paths, nothing readable, nothing public."""

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from vault import keys
from vault.errors import Damaged


def lay_down(data: bytes, *, place: str) -> tuple[str, int]:
    """Seal `data` for `place` and write it; returns its path in the storage and the version of its key."""
    sealed = keys.seal(data, place=place)
    name = secrets.token_hex(20)
    return default_storage.save(f"{name[:2]}/{name}", ContentFile(sealed)), keys.version_of(sealed)


def take_up(path: str, *, place: str) -> bytes:
    """The plain bytes at `path`. Raises Damaged when they are gone, otherwise what `keys.unseal` raises."""
    return keys.unseal(sealed_at(path), place=place)


def sealed_at(path: str) -> bytes:
    """The bytes at `path` as they lie in the storage. Raises Damaged when they are gone."""
    try:
        with default_storage.open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise Damaged(f"the file at {path} is gone") from None


def put_back(path: str, sealed: bytes) -> None:
    """Write what `sealed_at` gave to its path again, which must be free. Raises Damaged when it does not lie there."""
    if default_storage.save(path, ContentFile(sealed)) != path or sealed_at(path) != sealed:
        raise Damaged(f"the file at {path} could not be put back")


def remove(path: str) -> None:
    """Take the sealed bytes at `path` out of the storage."""
    default_storage.delete(path)
