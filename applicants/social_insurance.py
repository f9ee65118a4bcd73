"""The social insurance number (SIN): what one looks like, and how it is shown.

Nine digits with a check digit (Luhn). The first says where it came from: 9 belongs to a temporary resident and has a
day on which it ends; 0 and 8 are given to nobody. Nobody needs to tell it to borrow: it is optional, kept sealed, and
shown by its last three digits only (DOMAIN 3.7; Office of the Privacy Commissioner, best practices on the SIN).
"""

import re

from django.conf import settings

MADE_UP = "046454286"  # of Canadian documentation: taken in a demo only
NEVER_GIVEN = "08"
HIDDEN = "•"


class NotANumber(ValueError):
    """These are not the nine digits of a social insurance number."""


def read_number(text: str) -> str:
    """The nine digits of a number written with spaces or dashes, or what `masked` made of one. Raises NotANumber."""
    if re.fullmatch(rf"[9{HIDDEN}]{HIDDEN}{HIDDEN} {HIDDEN}{{3}} \d{{3}}", text, re.ASCII):
        return text
    digits = re.sub(r"[\s.‐‑–−\-]", "", text)
    if not re.fullmatch(r"[0-9]{9}", digits) or not _adds_up(digits):
        raise NotANumber
    if digits[0] in NEVER_GIVEN and not (settings.DEMO and digits == MADE_UP):
        raise NotANumber
    return digits


def masked(number: str) -> str:
    """`••• ••• 286`, or `9•• ••• 675` for a number that ends on a day."""
    return f"{'9' if has_an_end(number) else HIDDEN}{HIDDEN}{HIDDEN} {HIDDEN * 3} {number[-3:]}"


def is_masked(number: str) -> bool:
    """Whether it is only the shown part of a number that lies elsewhere."""
    return HIDDEN in number


def has_an_end(number: str) -> bool:
    """Whether it belongs to somebody here for a time: it begins with 9."""
    return number.startswith("9")


def _adds_up(digits: str) -> bool:
    """The check of Luhn (ISO/IEC 7812-1, annex B): every second digit doubled, the sum a multiple of ten."""
    doubled = (sum(divmod(int(digit) * 2, 10)) for digit in digits[1::2])
    return (sum(map(int, digits[::2])) + sum(doubled)) % 10 == 0
