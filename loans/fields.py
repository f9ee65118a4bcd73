"""The fields of the form: what may be typed, how it is understood, and the code of what is wrong with it.

What somebody typed is never thrown away: `understand` returns a value or the code of an error, never both.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applicants.occupations import Occupation
from applicants.social_insurance import NotANumber, masked, read_number
from config import clock
from loans.spelling import is_unreadable, on_one_line, spelt, western_digits
from loans.written_days import UnclearDay, read_day
from money.amounts import DECIMAL_MARK, AmountError, read_amount

LONGEST_RAW = 10_000  # characters kept of anything typed
Text = str | Promise
PERCENT = _("percent")  # the unit of a part of a hundred
Values = Mapping[str, Any]
Options = tuple[tuple[str, Text], ...]


def always(values: Values) -> bool:
    """A field that everybody is asked."""
    return True


@dataclass(frozen=True)
class Field:
    """One question. `least` and `most` bound numbers, cents, and for dates the age in years counted back from today.

    `kind`: text | longtext | email | tel | money | percent | integer | date | choice | choices | select |
    yes_no | checkbox | code | noc | sin. A percent is understood as its fraction, a text that Decimal reads: "0.0575".
    Where answers are listed the question goes by its `short` name, if it has one.
    Of `choices` several may be chosen: typed as their codes with blanks between, understood as a list of codes.
    Choices that are rows come from a function: `choices()` for now, `choices(only=code)` for one of any time.
    A date that may be written `freely` has a fourth box, for the whole day in one's own words.
    """

    name: str
    kind: str
    label: Text
    help: Text = ""
    choices: Options | Callable[..., Options] = ()
    required: bool = True
    applies: Callable[[Values], bool] = always
    least: int | None = None
    most: int | None = None
    max_length: int = 200
    autocomplete: str = ""
    suffix: Text = ""
    freely: bool = False
    on_demand: bool = False  # never shown before another answer asks for it
    short: Text = ""

    def options(self) -> dict[str, Text]:
        """{code: label} of what may be chosen now."""
        return dict(self.choices() if callable(self.choices) else self.choices)

    def looked_up(self) -> "Field":
        """The same question with its choices at hand, for a page that needs them more than once."""
        return replace(self, choices=self.choices()) if callable(self.choices) else self

    def label_of(self, code: str) -> Text:
        """The label of a choice, also of one that cannot be made any more."""
        named = dict(self.choices(only=code) if callable(self.choices) else self.choices)
        return named.get(code, code)


NOTHING = "none"  # the choice that goes with no other

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
    "which_month": _("We cannot tell which is the month. Please write its name, such as 3 April 1985."),
    "two_days": _("Two different days are written here. Please leave only one."),
    "other_calendar": _(
        "This seems to be the year of another calendar. Please write the day as calendars in Canada do."
    ),
    "in_the_future": _("This day has not come yet."),
    "too_long_ago": _("This day is too long ago."),
    "too_far_ahead": _("This day is too far ahead."),
    "too_young": _("You must be 18 or older to borrow."),
    "not_a_choice": _("Please choose one of the answers."),
    "not_together": _("You chose “None of these” and something else. Please choose one or the other."),
    "look_again": _("We filled this in from your earlier application. Please look at this page and save it."),
    "not_an_email": _("Please write an e-mail address, such as name@example.org."),
    "before_the_start": _("The last day is before the first day."),
    "own_email": _("This is your own address. Write the address of the person who signs with you."),
    "named_already": _("This person is named already. Write everybody once, and yourself not at all."),
    "more_than_all": _("Together this is more than the whole business."),
    "outside_the_product": _("This is outside what this loan allows. The limits are written above."),
    "not_a_phone": _("Please write a phone number with at least 7 digits."),
    "not_a_sin": _("A social insurance number has nine digits, and these do not fit. Check it, or leave this empty."),
    "unknown_occupation": _("We do not know this code. Search for it by words, or leave this empty."),
}


def understand(field: Field, raw: str) -> tuple[Any, str]:
    """What `raw` means for this field: (value as JSON, "") or (None, code of ERRORS). Nothing typed is (None, "")."""
    text = spelt(raw).strip()
    if not text or (field.kind == "date" and not text.strip("/ ")):
        return None, ""
    if len(text) > LONGEST_RAW:
        return None, "too_long"
    if is_unreadable(text):
        return None, "unreadable"
    return _READERS[field.kind](field, text)


def _text(field: Field, text: str) -> tuple[Any, str]:
    if field.kind == "text":
        text = on_one_line(text)
    limit = field.max_length if field.kind == "text" else max(field.max_length, 3000)
    return (text, "") if len(text) <= limit else (None, "too_long")


def _email(field: Field, text: str) -> tuple[Any, str]:
    try:
        validate_email(text)
    except ValidationError:
        return None, "not_an_email"
    return (text.lower(), "") if len(text) <= 254 else (None, "too_long")


def _tel(field: Field, text: str) -> tuple[Any, str]:
    """A number of any country, with its extension: `+20 (0)10 1234-5678`, `613 555 0123 ext. 4`, `poste 4`, `#4`."""
    text = on_one_line(western_digits(unicodedata.normalize("NFKC", text)))
    digits = sum(sign.isdecimal() for sign in text)
    number = re.fullmatch(r"\+?[\d\s().,/‐‑–−\-]+(?:(?:extension|ext|poste|x|p|#)[\s.:]*\d{1,6})?", text, re.I | re.A)
    return (text, "") if number and 7 <= digits <= 20 else (None, "not_a_phone")


def _sin(field: Field, text: str) -> tuple[Any, str]:
    try:
        return read_number(western_digits(text)), ""
    except NotANumber:
        return None, "not_a_sin"


def _noc(field: Field, text: str) -> tuple[Any, str]:
    code = western_digits(text)
    return (code, "") if Occupation.objects.filter(code=code).exists() else (None, "unknown_occupation")


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
        value = read_day(text)
    except UnclearDay as unclear:
        return None, unclear.code
    today = clock.today()
    age = today.year - value.year - ((today.month, today.day) < (value.month, value.day))
    if field.least is not None and age < field.least:
        return None, "too_young" if field.least == 18 and value <= today else "in_the_future"
    if age > (120 if field.most is None else field.most):
        return None, "too_long_ago"
    return (value.isoformat(), "") if age >= -10 else (None, "too_far_ahead")


def _choice(field: Field, text: str) -> tuple[Any, str]:
    return (text, "") if text in field.options() else (None, "not_a_choice")


def _choices(field: Field, text: str) -> tuple[Any, str]:
    chosen, known = set(text.split()), field.options()
    if not chosen <= known.keys():
        return None, "not_a_choice"
    if NOTHING in chosen and len(chosen) > 1:
        return None, "not_together"
    return [code for code in known if code in chosen], ""


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
    "choices": _choices,
    "select": _choice,
    "yes_no": _yes_no,
    "checkbox": _checkbox,
    "sin": _sin,
    "noc": _noc,
}


def told(field: Field | None, value: Any) -> Any:
    """A value as it may leave the field it was typed in: of a social insurance number only its last signs."""
    return masked(value) if field and field.kind == "sin" and value else value
