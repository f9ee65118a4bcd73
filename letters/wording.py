"""Sums, rates, days and hours as the reader's language writes them (Canadian English, Canadian French).

Nothing said (None, or an empty text) is written as nothing.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import get_language

from config import clock

NBSP = "\u00a0"
_CENT_OF_A_PERCENT = Decimal("0.0001")
_EXACT_RATE = Decimal("0.000001")


def money(cents: int | None) -> str:
    """Whole cents as dollars: "$1,234.56", "1 234,56 $". Raises TypeError for anything but whole cents."""
    if _is_nothing(cents):
        return ""
    if not isinstance(cents, int) or isinstance(cents, bool):
        raise TypeError(f"money is whole cents, not {cents!r}")
    return format_currency(Decimal(cents) / 100, "CAD", locale=_locale())


def whole_dollars(cents: int) -> str:
    """Whole dollars without cents, for the scale of a chart: "$5,000", "5 000 $". Cents that are there are written."""
    if cents % 100:
        return money(cents)
    pattern = _locale().currency_formats["standard"].pattern.replace("0.00", "0")
    return format_currency(cents // 100, "CAD", format=pattern, locale=_locale(), currency_digits=False)


def percent(fraction: Decimal | None) -> str:
    """A Decimal fraction in percent: 0.067 is "6.70%", "6,70 %".

    A rate given to at most four decimals of a percent is written whole (0.05125 is "5.125%"); a longer, computed one is
    rounded half-up to two. Raises TypeError for a float.
    """
    if _is_nothing(fraction):
        return ""
    if isinstance(fraction, float):
        raise TypeError(f"a rate is a Decimal, not {fraction!r}")
    rate = Decimal(fraction)
    if rate != rate.quantize(_EXACT_RATE):
        rate = rate.quantize(_CENT_OF_A_PERCENT, rounding=ROUND_HALF_UP)
    number = format_decimal(rate * 100, format="#,##0.00##", locale=_locale())
    return _locale().percent_formats[None].pattern.replace("#,##0", number)


def number(value: int | Decimal | None) -> str:
    """A plain number with the language's marks: "1,234.5", "1 234,5"."""
    return "" if _is_nothing(value) else format_decimal(value, locale=_locale())


def day(value: date | datetime | str | None) -> str:
    """A day in words: "March 24, 2016", "24 mars 2016", "1ᵉʳ mars 2016". Takes ISO text; a moment is its office day."""
    if _is_nothing(value):
        return ""
    on = _as_date(value)
    words = format_date(on, "long", locale=_locale())
    if _locale().language == "fr" and on.day == 1:
        return words.replace("1", "1ᵉʳ", 1)
    return words


def short_day(value: date | datetime | str | None) -> str:
    """A day in figures, in every language: "2016-03-24"."""
    return "" if _is_nothing(value) else _as_date(value).isoformat()


def moment(value: datetime | str | None) -> str:
    """A day and its hour at the office: "March 24, 2016, 2:30 p.m.", "24 mars 2016, 14 h 30".

    Takes a moment with its time zone, or its ISO text; raises ValueError when the time zone is missing.
    """
    if _is_nothing(value):
        return ""
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    if timezone.is_naive(when):
        raise ValueError(f"a moment needs its time zone: {when!r}")
    return f"{day(when)}, {_hour(when.astimezone(timezone.get_current_timezone()))}"


def _hour(local):
    if _locale().language == "fr":
        return f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02}" if local.minute else "")
    return f"{local.hour % 12 or 12}:{local.minute:02}{NBSP}{'a.m.' if local.hour < 12 else 'p.m.'}"


def _as_date(value):
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > len("2016-03-24") else date.fromisoformat(value)
    return clock.day_of(value) if isinstance(value, datetime) else value


def _is_nothing(value):
    return value is None or value == ""


def _locale():
    french = (get_language() or "").startswith("fr")
    return Locale.parse("fr_CA" if french else "en_CA")
