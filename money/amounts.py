"""Amounts are whole cents. Only this module rounds, and only this module reads what people type."""

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NewType

Cents = NewType("Cents", int)

NOTHING = Cents(0)
MOST_CENTS = 10**11
LONGEST = 40  # characters of a typed amount

SPACES = "\u00a0\u202f\u2009"  # no-break, narrow no-break, thin
DECIMAL_MARK = "٫"  # Arabic: nothing but the mark before the cents
THOUSANDS_MARKS = "٬’"  # Arabic, Swiss: never the mark before the cents
MINUS_SIGNS = "-−–"
DOLLARS = re.compile(r"^(CAD?)?\s*\$\s*|^CAD\s+|\s*\$\s*(CAD?)?$|\s*CAD$", re.IGNORECASE)


class Rounding(StrEnum):
    """What happens to half a cent: away from zero, or to the even neighbour."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"


class AmountError(ValueError):
    """A text that is no amount. `code`: empty | not_an_amount | unclear | negative | too_large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def round_cent(exact: Decimal | Fraction, rounding: Rounding = Rounding.HALF_UP) -> Cents:
    """The whole number of cents nearest to `exact` (in cents)."""
    numerator, denominator = exact.as_integer_ratio()
    return round_ratio(numerator, denominator, rounding)


def round_ratio(numerator: int, denominator: int, rounding: Rounding = Rounding.HALF_UP) -> Cents:
    """`round_cent` of numerator / denominator (> 0), in whole-number arithmetic."""
    if numerator < 0:
        return Cents(-round_ratio(-numerator, denominator, rounding))
    if rounding is Rounding.HALF_UP:
        return Cents((2 * numerator + denominator) // (2 * denominator))
    whole, rest = divmod(numerator, denominator)
    twice = 2 * rest
    return Cents(whole + (twice > denominator or (twice == denominator and whole % 2 == 1)))


def split(total: Cents, parts: int) -> list[Cents]:
    """Share `total` so that the `parts` (>= 1) add up again; the last part carries the remainder."""
    share, rest = divmod(total, parts)
    return [Cents(share)] * (parts - 1) + [Cents(share + rest)]


def read_amount(text: str) -> Cents:
    """The cents a person means by `text`: `1 234,50`, `1,234.50`, `$1,234`, `1234,5 $`, Arabic and Persian digits too.

    Never guesses: a last separator with one or two digits behind it marks the cents, one with three marks thousands,
    anything else is refused. Raises AmountError.
    """
    if len(text) > LONGEST:
        raise AmountError("not_an_amount")
    plain = _plain(text)
    if not plain:
        raise AmountError("empty")
    if plain[0] in MINUS_SIGNS or plain[-1] in MINUS_SIGNS:
        raise AmountError("negative")
    if not re.fullmatch(rf"\d[\d ,.{DECIMAL_MARK}{THOUSANDS_MARKS}]*", plain, re.ASCII):
        raise AmountError("not_an_amount")
    cents = _whole_and_cents(plain)
    if cents > MOST_CENTS:
        raise AmountError("too_large")
    return Cents(cents)


def _plain(text: str) -> str:
    """Western digits and plain spaces; the dollar sign and its letters taken off."""
    western = "".join(str(int(sign)) if sign.isdecimal() else " " if sign in SPACES else sign for sign in text)
    return DOLLARS.sub("", western.strip()).strip()


def _whole_and_cents(plain: str) -> int:
    match = re.fullmatch(rf"(.*\d)([.,{DECIMAL_MARK}])(\d{{1,2}})", plain)
    if not match:
        return _whole(plain) * 100
    whole, mark, cents = match.groups()
    if mark in whole:
        raise AmountError("unclear")
    return _whole(whole) * 100 + int(cents.ljust(2, "0"))


def _whole(text: str) -> int:
    """Dollars, bare or in groups of three held apart by one and the same mark."""
    if re.fullmatch(r"\d+", text):
        return int(text)
    if match := re.fullmatch(rf"[1-9]\d{{0,2}}([ ,.{THOUSANDS_MARKS}])\d{{3}}(?:\1\d{{3}})*", text):
        return int(text.replace(match[1], ""))
    raise AmountError("unclear")
