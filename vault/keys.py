"""Sealing and unsealing bytes: AES-256-GCM (NIST SP 800-38D) under versioned keys, bound to a place.

A sealed value is: format (1 byte) · key version (2) · nonce (12) · mark of the place (8) · ciphertext and tag (16).
"""

import base64
import binascii
import hashlib
import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from vault.errors import Damaged, KeysUnusable, UnknownKey, WrongPlace

FORMAT = 1
KEY_BYTES = 32
NEWEST_POSSIBLE = 2**16 - 1
_HEAD = struct.Struct(">BH12s8s")
_TAG_BYTES = 16


def seal(plain: bytes, *, place: str) -> bytes:
    """`plain` under the newest key, readable again only at `place` (table, field and row in one string).

    Raises KeysUnusable when the environment holds no good key.
    """
    keys = sealing_keys()
    version = max(keys)
    head = _HEAD.pack(FORMAT, version, os.urandom(12), _mark(place))
    return head + AESGCM(keys[version]).encrypt(_nonce(head), plain, head + place.encode())


def unseal(sealed: bytes, *, place: str) -> bytes:
    """The bytes once sealed for `place`.

    Raises UnknownKey, WrongPlace or Damaged.
    """
    version, mark = _read_head(sealed)
    keys = sealing_keys()
    if version not in keys:
        raise UnknownKey(f"sealed under key {version}, which VAULT_KEYS does not hold")
    if mark != _mark(place):
        raise WrongPlace(f"not sealed for {place}")
    head, body = sealed[: _HEAD.size], sealed[_HEAD.size :]
    try:
        return AESGCM(keys[version]).decrypt(_nonce(head), body, head + place.encode())
    except InvalidTag:
        raise Damaged(f"the sealed bytes of {place} were changed") from None


def version_of(sealed: bytes) -> int:
    """The version of the key that sealed this; raises Damaged when it was never sealed."""
    return _read_head(sealed)[0]


def is_for(sealed: bytes, place: str) -> bool:
    """Whether this claims to be sealed for `place` (a cheap look; only `unseal` proves it)."""
    return _read_head(sealed)[1] == _mark(place)


def newest_version() -> int:
    """The key version that seals today; raises KeysUnusable."""
    return max(sealing_keys())


def sealing_keys() -> dict[int, bytes]:
    """The keys of settings.VAULT_KEYS by version; raises KeysUnusable, in words for whoever set them."""
    if not settings.VAULT_KEYS:
        raise KeysUnusable("VAULT_KEYS is empty: give at least one, such as VAULT_KEYS=1=<32 bytes in urlsafe base64>")
    keys = {_version(name): _decoded(text, f"VAULT_KEYS, {name}") for name, text in settings.VAULT_KEYS.items()}
    for version, key in keys.items():
        if len(key) != KEY_BYTES:
            raise KeysUnusable(f"VAULT_KEYS, {version}: the key has {len(key)} bytes, it must have {KEY_BYTES}")
    return keys


def lookup_key() -> bytes:
    """The key of the keyed hashes, at least as long as a sealing key; raises KeysUnusable."""
    key = _decoded(settings.VAULT_LOOKUP_KEY, "VAULT_LOOKUP_KEY")
    if len(key) < KEY_BYTES:
        raise KeysUnusable(f"VAULT_LOOKUP_KEY: the key has {len(key)} bytes, it must have at least {KEY_BYTES}")
    return key


def _version(name: object) -> int:
    text = str(name).strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= NEWEST_POSSIBLE):
        raise KeysUnusable(f"VAULT_KEYS: a version is a whole number from 1 to {NEWEST_POSSIBLE}, not {text[:8]!r}")
    return int(text)


def _decoded(text: str, where: str) -> bytes:
    bare = text.strip().rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise KeysUnusable(f"{where}: this is not urlsafe base64") from None


def _read_head(sealed: bytes) -> tuple[int, bytes]:
    if len(sealed) < _HEAD.size + _TAG_BYTES or sealed[0] != FORMAT:
        raise Damaged("these bytes were never sealed here, or their beginning was changed")
    _, version, _, mark = _HEAD.unpack_from(sealed)
    return version, mark


def _nonce(head: bytes) -> bytes:
    return _HEAD.unpack(head)[2]


def _mark(place: str) -> bytes:
    return hashlib.sha256(place.encode()).digest()[:8]
