"""The file: a head, then sealed pieces in order. A piece that is missing, changed or moved is seen.

Each piece is a length (4 bytes) and the sealed bytes (vault.keys), bound to this backup, its number and whether it is
the last: so a cut, lengthened or reordered file does not open. Inside is one stream of lines, compressed.
"""

import struct
import uuid
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from vault import keys
from vault.backup.errors import BackupRefused
from vault.errors import UnknownKey, VaultError

MAGIC = b"TREMPLIN-BACKUP-1\n"
PIECE = 1 << 20  # bytes of the compressed stream in one piece
_LENGTH = struct.Struct(">I")
LONGEST = PIECE + 4096


def write(file: BinaryIO, lines: Iterable[bytes]) -> None:
    """Write the lines (each without its end) as one sealed file."""
    backup = uuid.uuid4()
    file.write(MAGIC + backup.bytes)
    packer, waiting, number = zlib.compressobj(6), bytearray(), 0
    for line in lines:
        waiting += packer.compress(line + b"\n")
        while len(waiting) > PIECE:
            _write_piece(file, backup, number, bytes(waiting[:PIECE]), last=False)
            del waiting[:PIECE]
            number += 1
    waiting += packer.flush()
    for start in range(0, len(waiting), PIECE):
        part = bytes(waiting[start : start + PIECE])
        _write_piece(file, backup, number, part, last=start + PIECE >= len(waiting))
        number += 1


def read(file: BinaryIO) -> Iterator[bytes]:
    """The lines again, each once it is proved. Raises BackupRefused."""
    head = file.read(len(MAGIC) + 16)
    if not head.startswith(MAGIC) or len(head) < len(MAGIC) + 16:
        raise BackupRefused("This is not a backup of this house, or its beginning is damaged.")
    backup = uuid.UUID(bytes=head[len(MAGIC) :])
    unpacker, rest = zlib.decompressobj(), b""
    for piece in _pieces(file, backup):
        *lines, rest = (rest + unpacker.decompress(piece)).split(b"\n")
        yield from lines
    if rest + unpacker.flush() or not unpacker.eof:
        raise BackupRefused("The backup ends in the middle of a line: it is damaged.")


def _write_piece(file: BinaryIO, backup: uuid.UUID, number: int, plain: bytes, *, last: bool) -> None:
    sealed = keys.seal(plain, place=_place(backup, number, last=last))
    file.write(_LENGTH.pack(len(sealed)) + sealed)


def _pieces(file: BinaryIO, backup: uuid.UUID) -> Iterator[bytes]:
    number, sealed = 0, _next(file)
    if sealed is None:
        raise BackupRefused("The backup is cut off: nothing stands behind its head.")
    while sealed is not None:
        following = _next(file)
        yield _opened(sealed, backup, number, last=following is None)
        number, sealed = number + 1, following


def _next(file: BinaryIO) -> bytes | None:
    length = file.read(_LENGTH.size)
    if not length:
        return None
    if len(length) < _LENGTH.size or not 0 < _LENGTH.unpack(length)[0] <= LONGEST:
        raise BackupRefused("The backup is cut off or damaged.")
    sealed = file.read(_LENGTH.unpack(length)[0])
    if len(sealed) < _LENGTH.unpack(length)[0]:
        raise BackupRefused("The backup is cut off: its last piece is not whole.")
    return sealed


def _opened(sealed: bytes, backup: uuid.UUID, number: int, *, last: bool) -> bytes:
    place = _place(backup, number, last=last)
    try:
        return keys.unseal(sealed, place=place)
    except UnknownKey as error:
        raise BackupRefused(f"The backup was made with a key that VAULT_KEYS does not hold: {error}.") from error
    except VaultError as error:
        if last and keys.is_for(sealed, _place(backup, number, last=False)):
            raise BackupRefused("The backup is cut off: pieces are missing at its end.") from error
        if number == 0:
            raise BackupRefused("The key in VAULT_KEYS is not the backup's, or the file was changed.") from error
        raise BackupRefused(f"The backup was changed: piece {number + 1} does not open.") from error


def _place(backup: uuid.UUID, number: int, *, last: bool) -> str:
    return f"backup:{backup}:{number}:{'last' if last else 'more'}"
