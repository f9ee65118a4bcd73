"""Keyed hashes: finding an equal value without keeping it readable."""

import hashlib
import hmac
import unicodedata

from vault import keys


def keyed_hash(value: str, *, purpose: str) -> str:
    """64 hexadecimal digits that stand for `value` in a look-up column (HMAC-SHA256, RFC 2104).

    Case, spaces and Unicode spelling do not count ("A1A 1A1" finds "a1a1a1"). The same value gives another hash for
    another `purpose`, so that two columns cannot be joined. Raises ValueError without a purpose.
    """
    if not purpose:
        raise ValueError("a keyed hash needs its purpose")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).casefold())
    message = purpose.encode() + b"\0" + "".join(folded.split()).encode()
    return hmac.new(keys.lookup_key(), message, hashlib.sha256).hexdigest()
