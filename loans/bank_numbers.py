"""The three numbers of a bank account in Canada, as people type them.

On a cheque they stand as transit (five digits), institution (three) and account (seven to twelve), the first two as
`TTTTT-III`. In files of banks these are one number of nine digits, `0IIITTTTT` (DOMAIN section 3.7).
"""

import re
from dataclasses import dataclass

from applicants.spelled import digits_of
from loans.lifecycle.refusal import Refused

INSTITUTION_DIGITS, TRANSIT_DIGITS = 3, 5
LEAST_DIGITS, MOST_DIGITS = 7, 12  # of an account
_OTHER_SIGNS = re.compile(r"[^\d\s.\-‐‑–—−⑆⑈⑉]")


@dataclass(frozen=True)
class Numbers:
    """Institution, transit and account, in western digits."""

    institution: str
    transit: str
    number: str


def read_numbers(institution: str, transit: str, number: str) -> Numbers:
    """What was typed in three boxes: spaces, dashes and digits of any script are fine.

    The box of the transit may hold both (`parted`); then the institution may stay empty, or must be the same. Raises
    Refused: institution_digits, transit_digits, account_digits.
    """
    house, branch = parted(institution, transit)
    if len(_digits(branch)) != TRANSIT_DIGITS:
        raise Refused("transit_digits")
    if len(_digits(house)) != INSTITUTION_DIGITS or (institution.strip() and _digits(institution) != _digits(house)):
        raise Refused("institution_digits")
    account = _digits(number)
    if not LEAST_DIGITS <= len(account) <= MOST_DIGITS:
        raise Refused("account_digits")
    return Numbers(_digits(house), _digits(branch), account)


def parted(institution: str, transit: str) -> tuple[str, str]:
    """(institution, transit) of what was typed: of `TTTTT-III` or `0IIITTTTT` in the second box, each by itself."""
    both = _digits(transit)
    if len(both) == TRANSIT_DIGITS + INSTITUTION_DIGITS:
        return both[TRANSIT_DIGITS:], both[:TRANSIT_DIGITS]
    if len(both) == TRANSIT_DIGITS + INSTITUTION_DIGITS + 1 and both.startswith("0"):
        return both[1 : INSTITUTION_DIGITS + 1], both[INSTITUTION_DIGITS + 1 :]
    return institution, transit


def _digits(typed: str) -> str:
    """The digits; nothing where another sign stands between them."""
    return "" if _OTHER_SIGNS.search(typed) else digits_of(typed)
