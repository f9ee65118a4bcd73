"""Sums, rates, days and hours as the reader's language writes them (CLDR, by way of Babel).

English and French as in Canada. The further languages write days and hours their own way, but sums and figures as the
English agreement does, "$1,234.56": who compares the two, or types a sum at a bank here, finds the same signs. In
Arabic figures and days are isolated, so that no word beside them turns their parts around.
Nothing said (None, or an empty text) is written as nothing.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi

from config import clock

NBSP = "\u00a0"
LEFT_TO_RIGHT, RIGHT_TO_LEFT, SO_FAR = "\u2066", "\u2067", "\u2069"  # Unicode's isolates: LRI, RLI, PDI
# Arabic as the CLDR's "ar": the digits of this country, not the eastern ones. Spanish as in the Americas.
LOCALES = {"fr": "fr_CA", "ar": "ar", "es": "es_419", "zh": "zh_Hans"}
MOMENTS = {"ar": "{day}\u060c {hour}", "zh": "{day} {hour}"}  # elsewhere a comma stands between them
_CENT_OF_A_PERCENT = Decimal("0.0001")
_EXACT_RATE = Decimal("0.000001")


def money(cents: int | None) -> str:
    """Whole cents as dollars: "$1,234.56", "1 234,56 $". Raises TypeError for anything but whole cents."""
    if _is_nothing(cents):
        return ""
    if not isinstance(cents, int) or isinstance(cents, bool):
        raise TypeError(f"money is whole cents, not {cents!r}")
    return _figure(format_currency(Decimal(cents) / 100, "CAD", locale=_of_figures()))


def whole_dollars(cents: int) -> str:
    """Whole dollars without cents, for the scale of a chart: "$5,000", "5 000 $". Cents that are there are written."""
    if cents % 100:
        return money(cents)
    pattern = _of_figures().currency_formats["standard"].pattern.replace("0.00", "0")
    words = format_currency(cents // 100, "CAD", format=pattern, locale=_of_figures(), currency_digits=False)
    return _figure(words)


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
    number = format_decimal(rate * 100, format="#,##0.00##", locale=_of_figures())
    return _figure(_of_figures().percent_formats[None].pattern.replace("#,##0", number))


def whole_percent(value: int | None) -> str:
    """Whole percent as it was asked for: 30 is "30%", "30 %"."""
    sign = _of_figures().percent_formats[None].pattern
    return "" if _is_nothing(value) else _figure(sign.replace("#,##0", format_decimal(value, locale=_of_figures())))


def number(value: int | Decimal | None) -> str:
    """A plain number with the language's marks: "1,234.5", "1 234,5"."""
    return "" if _is_nothing(value) else _figure(format_decimal(value, locale=_of_figures()))


def day(value: date | datetime | str | None) -> str:
    """A day in words: "March 24, 2016", "1ᵉʳ mars 2016", "2016年3月24日". Takes ISO text; a moment as an office day."""
    if _is_nothing(value):
        return ""
    on = _as_date(value)
    words = format_date(on, "long", locale=_locale())
    if _locale().language == "fr" and on.day == 1:
        return words.replace("1", "1ᵉʳ", 1)
    return _phrase(words)


def short_day(value: date | datetime | str | None) -> str:
    """A day in figures, in every language: "2016-03-24"."""
    return "" if _is_nothing(value) else _figure(_as_date(value).isoformat())


def moment(value: datetime | str | None) -> str:
    """A day and its hour at the office: "March 24, 2016, 2:30 p.m.", "24 mars 2016, 14 h 30".

    Takes a moment with its time zone, or its ISO text; raises ValueError when the time zone is missing.
    """
    if _is_nothing(value):
        return ""
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    if timezone.is_naive(when):
        raise ValueError(f"a moment needs its time zone: {when!r}")
    hour = _hour(when.astimezone(timezone.get_current_timezone()))
    return _phrase(MOMENTS.get(_locale().language, "{day}, {hour}").format(day=day(when), hour=hour))


def left_to_right(text: str) -> str:
    """A telephone number or the like inside a sentence: from left to right also where that runs from right to left."""
    return _figure(text) if text else ""


def _hour(local):
    if _locale().language == "fr":
        return f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02}" if local.minute else "")
    if _locale().language == "en":
        return f"{local.hour % 12 or 12}:{local.minute:02}{NBSP}{'a.m.' if local.hour < 12 else 'p.m.'}"
    return format_time(local.time(), "short", locale=_locale()).replace(" ", NBSP)


def _as_date(value):
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > len("2016-03-24") else date.fromisoformat(value)
    return clock.day_of(value) if isinstance(value, datetime) else value


def _is_nothing(value):
    return value is None or value == ""


def _figure(words):
    """A figure inside a sentence of the reader's language."""
    return f"{LEFT_TO_RIGHT}{words}{SO_FAR}" if get_language_bidi() else words


def _phrase(words):
    """Words that begin with a figure: from right to left also beside a name in Latin letters."""
    return f"{RIGHT_TO_LEFT}{words}{SO_FAR}" if get_language_bidi() else words


def _locale():
    return Locale.parse(LOCALES.get((get_language() or "").partition("-")[0], "en_CA"))


def _of_figures():
    """The marks of sums and figures: French ones in French, everywhere else those of the English agreement."""
    return Locale.parse("fr_CA" if _locale().language == "fr" else "en_CA")
