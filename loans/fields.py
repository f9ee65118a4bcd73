"""The fields of the form: what may be typed, how it is understood, and the code of what is wrong with it.

What somebody typed is never thrown away: `understand` returns a value or the code of an error, never both.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config import clock
from money.amounts import DECIMAL_MARK, AmountError, read_amount

LONGEST_RAW = 10_000  # characters kept of anything typed
Text = str | Promise
Values = Mapping[str, Any]


def always(values: Values) -> bool:
    """A field that everybody is asked."""
    return True


@dataclass(frozen=True)
class Field:
    """One question. `least` and `most` bound numbers, cents, and for dates the age in years counted back from today.

    `kind`: text | longtext | email | tel | money | percent | integer | date | choice | select |
    yes_no | checkbox | code. A percent is understood as its fraction, a text that Decimal reads: "0.0575".
    """

    name: str
    kind: str
    label: Text
    help: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    required: bool = True
    applies: Callable[[Values], bool] = always
    least: int | None = None
    most: int | None = None
    max_length: int = 200
    autocomplete: str = ""
    suffix: Text = ""


ERRORS: dict[str, Text] = {
    "missing": _("Please answer this question."),
    "must_agree": _("We can only go on if you agree to this."),
    "too_long": _("This is too long. Please shorten it."),
    "unreadable": _("Some characters cannot be read. Please type this again."),
    "empty": _("Please write an amount in dollars, such as 1,250 or 1250.50."),
    "not_an_amount": _("Please write an amount in dollars, such as 1,250 or 1250.50."),
    "unclear": _("We cannot tell what amount you mean. Write it like 1,250.00 or 1250.50."),
    "negative": _("An amount cannot be below zero."),
    "too_large": _("This number is too large."),
    "too_small": _("This number is too small."),
    "not_a_number": _("Please write a whole number, such as 25."),
    "not_a_percent": _("Please write a percentage, such as 5.75."),
    "not_a_date": _("This is not a date in the calendar. Write day, month and year, such as 27 3 1985."),
    "in_the_future": _("This day has not come yet."),
    "too_long_ago": _("This day is too long ago."),
    "too_far_ahead": _("This day is too far ahead."),
    "too_young": _("You must be 18 or older to borrow."),
    "not_a_choice": _("Please choose one of the answers."),
    "not_an_email": _("Please write an e-mail address, such as name@example.org."),
    "before_the_start": _("The last day is before the first day."),
    "own_email": _("This is your own address. Write the address of the person who signs with you."),
    "named_already": _("This person is named already. Write everybody once, and yourself not at all."),
    "more_than_all": _("Together this is more than the whole business."),
    "outside_the_product": _("This is outside what this loan allows. The limits are written above."),
    "not_a_phone": _("Please write a phone number with at least 7 digits."),
}


def understand(field: Field, raw: str) -> tuple[Any, str]:
    """What `raw` means for this field: (value as JSON, "") or (None, code of ERRORS). Nothing typed is (None, "")."""
    text = raw.strip()
    if not text or (field.kind == "date" and not text.strip("/ ")):
        return None, ""
    if len(text) > LONGEST_RAW:
        return None, "too_long"
    if any(ord(sign) < 32 and sign not in "\r\n\t" for sign in text):
        return None, "unreadable"
    return _READERS[field.kind](field, text)


def _text(field: Field, text: str) -> tuple[Any, str]:
    limit = field.max_length if field.kind == "text" else max(field.max_length, 3000)
    return (text, "") if len(text) <= limit else (None, "too_long")


def _email(field: Field, text: str) -> tuple[Any, str]:
    try:
        validate_email(text)
    except ValidationError:
        return None, "not_an_email"
    return (text.lower(), "") if len(text) <= 254 else (None, "too_long")


def _tel(field: Field, text: str) -> tuple[Any, str]:
    digits = sum(sign.isdigit() for sign in text)
    if digits < 7 or digits > 20 or not re.fullmatch(r"[\d\s()+./\-ext]+", text):
        return None, "not_a_phone"
    return text, ""


def _money(field: Field, text: str) -> tuple[Any, str]:
    try:
        return _bounded(field, int(read_amount(text)))
    except AmountError as error:
        return None, error.code


def _integer(field: Field, text: str) -> tuple[Any, str]:
    if not re.fullmatch(r"\d{1,9}", text):
        return None, "not_a_number"
    return _bounded(field, int(text))


def _percent(field: Field, text: str) -> tuple[Any, str]:
    """`5.75`, `5,75 %`, Arabic digits and marks too, to four places: exact, and never above a hundred."""
    western = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    match = re.fullmatch(rf"(\d{{1,3}})(?:[.,{DECIMAL_MARK}](\d{{1,4}}))?\s*[%٪]?", western, re.ASCII)
    if not match:
        return None, "not_a_percent"
    fraction = Decimal(f"{match[1]}.{match[2] or 0}") / 100
    return (str(fraction), "") if fraction <= 1 else (None, "too_large")


def _bounded(field: Field, number: int) -> tuple[Any, str]:
    if field.least is not None and number < field.least:
        return None, "too_small"
    if field.most is not None and number > field.most:
        return None, "too_large"
    return number, ""


def _date(field: Field, text: str) -> tuple[Any, str]:
    try:
        day, month, year = (int(part) for part in text.split("/"))
        value = date(year, month, day)
    except ValueError:
        return None, "not_a_date"
    today = clock.today()
    age = today.year - value.year - ((today.month, today.day) < (value.month, value.day))
    if field.least is not None and age < field.least:
        return None, "too_young" if field.least == 18 and value <= today else "in_the_future"
    if age > (120 if field.most is None else field.most):
        return None, "too_long_ago"
    return (value.isoformat(), "") if age >= -10 else (None, "too_far_ahead")


def _choice(field: Field, text: str) -> tuple[Any, str]:
    return (text, "") if text in dict(field.choices) else (None, "not_a_choice")


def _yes_no(field: Field, text: str) -> tuple[Any, str]:
    return (text == "yes", "") if text in ("yes", "no") else (None, "not_a_choice")


def _checkbox(field: Field, text: str) -> tuple[Any, str]:
    return (True, "") if text == "yes" else (None, "not_a_choice")


_READERS: dict[str, Callable[[Field, str], tuple[Any, str]]] = {
    "text": _text,
    "code": _text,
    "longtext": _text,
    "email": _email,
    "tel": _tel,
    "money": _money,
    "percent": _percent,
    "integer": _integer,
    "date": _date,
    "choice": _choice,
    "select": _choice,
    "yes_no": _yes_no,
    "checkbox": _checkbox,
}
