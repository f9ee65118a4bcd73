"""The sealed file, written and read as a stream: nobody without the key reads it, and no change goes unseen.

    "tremplin backup\\n" · length of the header (4 bytes) · header (JSON) · chunks
    a chunk: 1 if it is the last, else 0 (1 byte) · length (4) · ciphertext with its tag (16)

All numbers are big-endian. The header names the format, the key's version, a salt and the migrations. Each file has a
key of its own: HKDF-SHA256 (RFC 5869) of the vault's key and the salt. A chunk is sealed with AES-256-GCM (NIST SP
800-38D); its nonce is its number; hash of the header, number and last-mark are associated data. So a file that was cut,
changed, extended, put in another order or mixed with another does not open.
"""

import hashlib
import io
import json
import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from config import clock
from vault import keys
from vault.errors import BackupRefused, Damaged, UnknownKey

MAGIC = b"tremplin backup\n"
FORMAT = 1
CHUNK_BYTES = 256 * 1024
_LENGTH = struct.Struct(">I")
_FRAME = struct.Struct(">BI")
_NUMBER = struct.Struct(">IQ")
_TAG_BYTES = 16
_MOST_HEADER_BYTES = 1_000_000


class Writer:
    """Seals what is written to it into `file`, under the newest key. Nothing counts before `close`.

    `migrations` are the "app.name" of the database's version. Raises KeysUnusable.
    """

    def __init__(self, file: BinaryIO, *, migrations: list[str]):
        version, salt = keys.newest_version(), os.urandom(32)
        key, mark = _derived(keys.sealing_keys()[version], salt)
        header = {
            "format": FORMAT,
            "key_version": version,
            "key_mark": mark.hex(),
            "salt": salt.hex(),
            "made_at": clock.now().isoformat(),
            "migrations": migrations,
        }
        text = json.dumps(header).encode()
        head = MAGIC + _LENGTH.pack(len(text)) + text
        file.write(head)
        self._file, self._cipher, self._digest = file, AESGCM(key), hashlib.sha256(head).digest()
        self._waiting, self._number = bytearray(), 0

    def write(self, data: bytes) -> None:
        """Take `data` (any length)."""
        self._waiting += data
        while len(self._waiting) > CHUNK_BYTES:
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), last=0)
            del self._waiting[:CHUNK_BYTES]

    def close(self) -> None:
        """Seal the last chunk; the file itself stays open."""
        self._seal(bytes(self._waiting), last=1)

    def _seal(self, plain, *, last):
        nonce = _NUMBER.pack(0, self._number)
        sealed = self._cipher.encrypt(nonce, plain, self._digest + nonce + bytes([last]))
        self._file.write(_FRAME.pack(last, len(sealed)) + sealed)
        self._number += 1


class Opened(io.RawIOBase):
    """The plain bytes of a sealed file, as a stream; `header` is known at once, but only a chunk that opens proves it.

    Raises BackupRefused for what is no backup, UnknownKey for a key we lack, and Damaged while reading.
    """

    def __init__(self, file: BinaryIO):
        self._file, self._number, self._ended, self._plain = file, 0, False, b""
        self.header, head = _read_header(file)
        version, salt = self.header["key_version"], bytes.fromhex(self.header["salt"])
        ours = keys.sealing_keys()
        if version not in ours:
            raise UnknownKey(f"the backup is sealed under key {version}, which VAULT_KEYS does not hold")
        key, mark = _derived(ours[version], salt)
        if mark.hex() != self.header["key_mark"]:
            raise UnknownKey(f"key {version} of VAULT_KEYS is not the key {version} that sealed the backup")
        self._cipher, self._digest = AESGCM(key), hashlib.sha256(head).digest()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self._plain and not self._ended:
            self._plain = self._next_chunk()
        taken = self._plain[: len(buffer)]
        buffer[: len(taken)] = taken
        self._plain = self._plain[len(taken) :]
        return len(taken)

    def _next_chunk(self):
        frame = self._file.read(_FRAME.size)
        if len(frame) < _FRAME.size:
            raise Damaged("the backup was cut: its end is missing")
        last, length = _FRAME.unpack(frame)
        if length > CHUNK_BYTES + _TAG_BYTES:
            raise Damaged(f"the backup was changed at chunk {self._number}")
        sealed = self._file.read(length)
        if len(sealed) < length:
            raise Damaged("the backup was cut: its end is missing")
        nonce = _NUMBER.pack(0, self._number)
        try:
            plain = self._cipher.decrypt(nonce, sealed, self._digest + nonce + bytes([last]))
        except InvalidTag:
            raise Damaged(f"the backup was changed at chunk {self._number}") from None
        if last and self._file.read(1):
            raise Damaged("the backup was changed: something stands after its end")
        self._ended, self._number = bool(last), self._number + 1
        return plain


def _read_header(file):
    start = file.read(len(MAGIC) + _LENGTH.size)
    if not start.startswith(MAGIC) or len(start) < len(MAGIC) + _LENGTH.size:
        raise BackupRefused("this file is not a backup")
    (length,) = _LENGTH.unpack(start[len(MAGIC) :])
    text = file.read(min(length, _MOST_HEADER_BYTES))
    try:
        header = json.loads(text)
        form, known = header["format"], (header["key_version"], header["migrations"], header["made_at"])
        bytes.fromhex(header["salt"]), bytes.fromhex(header["key_mark"])
    except (ValueError, KeyError, TypeError):
        raise Damaged("the beginning of the backup was changed or cut") from None
    if form != FORMAT:
        raise BackupRefused(f"the backup has format {form}, this house reads format {FORMAT}")
    if [type(value) for value in known] != [int, list, str]:
        raise Damaged("the beginning of the backup was changed or cut")
    return header, start + text


def _derived(key, salt):
    """The key of one file, and a mark by which a wrong key is known before anything is opened."""
    both = HKDF(SHA256(), keys.KEY_BYTES + 16, salt, b"tremplin backup").derive(key)
    return both[: keys.KEY_BYTES], both[keys.KEY_BYTES :]
