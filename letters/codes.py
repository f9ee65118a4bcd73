"""The short codes that messages and agreements carry, by which somebody can ask us whether they are really ours."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U, which are misread
LENGTH = 8  # 40 bits: with a limited look-up nobody guesses one
_MISREAD = str.maketrans("ILO", "110")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212.]+")


def new_code(length: int = LENGTH) -> str:
    """So many signs that nobody can guess, five bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def grouped(code: str) -> str:
    """A code as people read it, by fours: "ABCD-1234"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_code(typed: str, length: int = LENGTH) -> str:
    """The code that somebody typed, whatever the case, the spaces and dashes, with I and L for 1 and O for 0.

    An empty text when it cannot be one of this length.
    """
    bare = _BETWEEN.sub("", typed[:100]).upper().translate(_MISREAD)
    return bare if len(bare) == length and all(sign in ALPHABET for sign in bare) else ""
