"""A day as people write it: "27 March 1985", "27/3/1985", "1985-03-27", "le 27 mars 1985", "٢٧/٣/١٩٨٥".

Never guessed: where day and month could be the one or the other, the person is asked.
"""

import re
from datetime import date
from functools import lru_cache

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS
from django.utils.translation import override

from loans.spelling import folded, western_digits

LANGUAGES = ("en", "fr", "es", "ar")  # in which the months may be named
BESIDE = re.compile(
    "(of|the|st|nd|rd|th|on|day|month|year|le|la|du|de|del|el|er|ere|eme|jour|mois|annee|an|dia|mes|ano|في|سنة|يوم|شهر"
    "|年|月|日|號|号)"
)  # what may stand beside the parts of a date and says nothing more
PIECE = re.compile(r"\d+|[^\W\d_]+")
TWO_DAYS = " ≠ "  # stands between two days that were written where one was asked
ELSEWHERE = ((1200, 1500), (2400, 2650))  # years of the Islamic and Persian calendars, and of the Buddhist one


class UnclearDay(ValueError):
    """`code` is a key of loans.fields.ERRORS; `readings` are the days it might mean."""

    def __init__(self, code: str, *readings: date) -> None:
        super().__init__(code)
        self.code = code
        self.readings = readings


def read_day(text: str) -> date:
    """The day that `text` names, in the calendar used in Canada.

    Between two slashes "27/3/1985" or "27/March/1985" is what three boxes said: day, month, year. Anything else was
    written freely. Raises UnclearDay: not_a_date, which_month, two_days, other_calendar.
    """
    if TWO_DAYS in text:
        raise UnclearDay("two_days")
    plain = folded(western_digits(text))
    if plain.count("/") == 2:
        return _from_boxes(*(part.strip() for part in plain.split("/")))
    words, numbers = [], []
    for piece in PIECE.findall(plain):
        if piece.isdecimal():
            numbers.append(piece)
        elif not BESIDE.fullmatch(piece) and piece not in names_of_days():
            words.append(piece)
    if len(words) > 1 or any(word not in names_of_months() for word in words):
        raise UnclearDay("not_a_date")
    if words and len(numbers) == 2:
        return _with_a_name(names_of_months()[words[0]], *numbers)
    if not words and len(numbers) == 3:
        return _in_numbers(*numbers)
    raise UnclearDay("not_a_date")


def written_freely(text: str) -> str:
    """What was typed in one box, so that it is not taken for the three: its slashes are division signs (U+2215)."""
    return text.replace("/", "∕")


def is_from_boxes(raw: str) -> bool:
    """Whether a kept text is what the three boxes said."""
    return raw.count("/") == 2 and TWO_DAYS not in raw


def _from_boxes(day: str, month: str, year: str) -> date:
    return _day(year, names_of_months().get(month, month), day)


def _with_a_name(month: int, one: str, other: str) -> date:
    day, year = (one, other) if len(other) == 4 else (other, one)
    return _day(year, month, day)


def _in_numbers(first: str, second: str, third: str) -> date:
    if len(first) == 4:
        return _day(first, second, third)
    if len(third) != 4:
        raise UnclearDay("not_a_date")
    readings = {day for pair in ((first, second), (second, first)) if (day := _perhaps(third, pair[1], pair[0]))}
    if len(readings) > 1:
        raise UnclearDay("which_month", *sorted(readings))
    return readings.pop() if readings else _day(third, second, first)


def _perhaps(year: str, month: str, day: str) -> date | None:
    try:
        return _day(year, month, day)
    except UnclearDay as unclear:
        if unclear.code == "other_calendar":
            raise
        return None


def _day(year: str, month: str | int, day: str) -> date:
    try:
        number = int(year)
        if any(least <= number <= most for least, most in ELSEWHERE):
            raise UnclearDay("other_calendar")
        return date(number, int(month), int(day))
    except UnclearDay:
        raise
    except (ValueError, OverflowError):
        raise UnclearDay("not_a_date") from None


@lru_cache(maxsize=1)
def names_of_months() -> dict[str, int]:
    """Every name of a month, short and long, as `folded`, with its number."""
    names = {"sept": 9, "janv": 1, "fevr": 2, "juil": 7}
    for language in LANGUAGES:
        with override(language):
            for number in MONTHS:
                for name in (MONTHS[number], MONTHS_3[number]):
                    names.setdefault(folded(str(name)).rstrip("."), number)
    names.pop("jui", None)  # June or July
    return names


@lru_cache(maxsize=1)
def names_of_days() -> frozenset[str]:
    """The names of the days of the week: they may stand beside a date and say nothing more."""
    found = set()
    for language in LANGUAGES:
        with override(language):
            found |= {folded(str(name)) for name in WEEKDAYS.values()}
    return frozenset(found)
