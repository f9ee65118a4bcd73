"""What people type, spelt one way: the same letters are the same signs, and nothing in it is there to deceive.

Any script is welcome, in either direction. Taken out, because they show nothing and can only mislead the reader: signs
that turn the direction of what follows (Unicode UAX #9) and signs without a width. Three of those belong to a language:
ZWNJ, ZWJ and the Mongolian separator stay where Persian, Mongolian and the scripts of South Asia write them (RFC 5892,
appendix A).
"""

import re
import unicodedata

MOST_MARKS = 6  # on one letter: Tibetan and pointed Hebrew need four, more than six cover the lines around
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{MONGOLIAN VOWEL SEPARATOR}"
JOINING = (
    "ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU",
    "KANNADA", "MALAYALAM", "SINHALA", "TIBETAN", "MYANMAR", "KHMER",
)  # fmt: skip
# Directions, widths of nothing, fillers that look like an empty place, tags.
HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U000e0000-\U000e007f]"
)
# Normalising would change the shape of a letter that somebody's family writes: these are left as they are.
SHAPES_OF_FAMILIES = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")


def spelt(text: str) -> str:
    """`text` in the composed form (NFC), without hidden signs; its lines end alike."""
    text = HIDDEN.sub("", LINE_ENDS.sub("\n", text))
    text = "".join(
        part if SHAPES_OF_FAMILIES.fullmatch(part) else unicodedata.normalize("NFC", part)
        for part in SHAPES_OF_FAMILIES.split(text)
    )
    return "".join(sign for at, sign in enumerate(text) if sign not in JOINERS or _joins(text, at))


def on_one_line(text: str) -> str:
    """`text` as `spelt`, its words one space apart."""
    return " ".join(spelt(text).split())


def is_unreadable(text: str) -> bool:
    """Whether it holds control signs, halves of signs, signs nobody has given a meaning, or piles of marks."""
    piled = 0
    for sign in text:
        kind = unicodedata.category(sign)
        if kind in ("Cs", "Co", "Cn") or (kind == "Cc" and sign not in "\r\n\t\u0085"):
            return True
        piled = piled + 1 if kind in ("Mn", "Me") else 0
        if piled > MOST_MARKS:
            return True
    return False


def western_digits(text: str) -> str:
    """The decimal digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def folded(text: str) -> str:
    """For searching: small letters without accents, one space between words."""
    plain = unicodedata.normalize("NFKD", spelt(text)).casefold()
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands after a sign of a script that writes joiners, and is not the last or doubled."""
    if at == 0 or at == len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    if before in JOINERS or after in JOINERS:
        return False
    return unicodedata.category(before)[0] in "LM" and unicodedata.name(before, "").startswith(JOINING)
