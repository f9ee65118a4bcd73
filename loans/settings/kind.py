"""What one kind of setting is: whose rows, which questions, who may change it, how a row is read and made anew.

Answers are JSON as loans.fields understands them, by the name of their field: cents, a fraction as text, an ISO day,
a list of codes, None where nothing is said. A field stands for the column of its name; words in further languages
("summary_ar") stand in the row's `in_other_languages`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from config.languages import FURTHER, NAMES
from loans.fields import Field, Text
from loans.lifecycle.refusal import Refused

Answers = Mapping[str, Any]
CODE = Field(
    "code",
    "text",
    _("Code"),
    _("A short word of its own, such as “exam-loan”. It stays for good."),
    max_length=40,
)
SOURCE = Field("source", "text", _("How we know"), max_length=300)
AS_OF = Field("as_of", "date", _("On which day was it so?"))


@dataclass(frozen=True)
class Group:
    """Questions that stand together under a heading."""

    title: Text
    fields: tuple[Field, ...]
    help: Text = ""


def takes_two(changed: frozenset[str]) -> bool:
    """Money terms and limits: whatever is changed, a second person confirms."""
    return True


def takes_one(changed: frozenset[str]) -> bool:
    """Words and lists: one person changes them, and the history keeps who and why."""
    return False


def _nothing(row: Any) -> dict[str, Any]:
    return {}


def _as_it_is(row: Any, answers: Answers) -> None:
    """Every answer stands in a column of its name."""


def _leave(row: Any, answers: Answers, before: Any) -> None:
    """Nothing stands beside the row."""


def _done() -> None:
    """Nobody else needs to know that rows were written."""


def _anything(said: Any) -> None:
    """Whatever the questions take will do."""


@dataclass(frozen=True)
class Kind:
    """One kind of setting. `key` is the column by which the rows of one setting belong together.

    `starts`: the column of a row's first day, and a change is a new row; empty: there is one row, and it is written
    anew. `ends`: the column of the last day. `in_use`: of rows in ink the column that says whether the setting goes on,
    and its end is a later row without it. `needs_two` says of the changed names whether a second person confirms.
    `first_fields` are asked only of a new setting. `check(answers)` raises Refused. `complete(row, answers)` sets what
    is no plain column; `read_more(row)` and `write_more(row, answers, before)` are for what stands in other rows.
    `afterwards()` is called once rows were written.
    `check_row(row)` raises Refused for what the answers alone do not show; `order` sorts a list, else the names do.
    """

    slug: str
    title: Text
    about: Text
    one: Text  # "product": what a row is called in a heading
    model: Any
    groups: tuple[Group, ...]
    name: Callable[[Any], Text]
    key: str = "code"
    starts: str = ""
    ends: str = ""
    in_use: str = ""
    may_begin_in_the_past: bool = False
    further: tuple[str, ...] = ()
    first_fields: tuple[Field, ...] = ()  # the first is the code
    can_add: bool = False
    can_end: bool = False
    needs_two: Callable[[frozenset[str]], bool] = takes_two
    may_propose: frozenset[Role] = frozenset({Role.MANAGER})
    check: Callable[[Answers], None] = _anything
    check_row: Callable[[Any], None] = _anything
    order: Callable[[Any], Any] | None = None
    complete: Callable[[Any, Answers], None] = _as_it_is
    read_more: Callable[[Any], dict[str, Any]] = _nothing
    write_more: Callable[[Any, Answers, Any], None] = _leave
    afterwards: Callable[[], None] = _done

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every question, in order."""
        return tuple(field for group in self.groups for field in group.fields)

    def rows(self, code: str, *, lock: bool = False) -> "models.QuerySet[Any]":
        """The rows of one setting, the newest first."""
        rows = self.model.objects.filter(**{self.key: code}).order_by(f"-{self.starts or 'pk'}")
        return rows.select_for_update() if lock else rows

    def newest(self) -> list[Any]:
        """The newest row of each setting, by its name."""
        found: dict[Any, Any] = {}
        for row in self.model.objects.order_by(self.starts or "pk"):
            found[getattr(row, self.key)] = row
        return sorted(found.values(), key=self.order or (lambda row: str(self.name(row))))

    def is_end(self, row: Any) -> bool:
        """Whether the row says nothing but that the setting is over."""
        return bool(self.in_use) and not getattr(row, self.in_use)

    def first_day(self, row: Any) -> date | None:
        """The day on which a row begins to hold; None where it has none."""
        return getattr(row, self.starts) if self.starts and not self.is_end(row) else None

    def last_day(self, row: Any) -> date | None:
        """The last day of the setting whose newest row this is, or of a row that ends by a column; None: it goes on."""
        if self.is_end(row):
            return getattr(row, self.starts) - timedelta(days=1)
        return getattr(row, self.ends) if self.ends else None

    def end(self, row: Any, on: date) -> None:
        """The setting whose newest row this is ends after the day `on`."""
        if self.in_use:
            self.model(**{**self._copied(row), self.starts: on + timedelta(days=1), self.in_use: False}).save()
            return
        setattr(row, self.ends, on)
        row.save(update_fields=[self.ends])

    def answers_of(self, row: Any) -> dict[str, Any]:
        """What a row says, as answers."""
        said = {name: _answer(field, getattr(row, name)) for name, field in self._columns().items()}
        for name, (word, language) in self._words().items():
            said[name] = row.in_other_languages.get(language, {}).get(word) or None
        return {**said, **self.read_more(row)}

    def firsts_of(self, row: Any) -> dict[str, Any]:
        """What was asked of it when it was new, but for its code, as answers."""
        return {name: _answer(field, getattr(row, name)) for name, field in self._first_columns().items()}

    def made(self, answers: Answers, *, code: str, before: Any = None, starts: date | None = None) -> Any:
        """The row that these answers make, not saved: `before` written anew, or, of a dated setting, one after it."""
        row = before if before is not None and not self.starts else self.model(**self._copied(before))
        if before is None:
            setattr(row, self.key, code)
        if self.starts:
            setattr(row, self.starts, starts)
        if self.in_use:
            setattr(row, self.in_use, True)
        for name, field in {**self._columns(), **self._first_columns()}.items():
            if name in answers:
                setattr(row, name, _stored(self.model._meta.get_field(name), field, answers[name]))
        self._write_words(row, answers)
        self.complete(row, answers)
        return row

    def _copied(self, before: Any) -> dict[str, Any]:
        """What goes from a row to the one after it, also where no question stands for it."""
        if before is None:
            return {}
        columns = [column for column in self.model._meta.concrete_fields if not column.primary_key]
        return {each.attname: getattr(before, each.attname) for each in columns if each.name != self.ends}

    def _words(self) -> dict[str, tuple[str, str]]:
        return {f"{word}_{language}": (word, language) for word in self.further for language in FURTHER}

    def _columns(self) -> dict[str, Field]:
        names = {column.name for column in self.model._meta.concrete_fields if not column.is_relation}
        return {field.name: field for field in self.fields if field.name in names}

    def _first_columns(self) -> dict[str, Field]:
        return {field.name: field for field in self.first_fields[1:]}

    def _write_words(self, row: Any, answers: Answers) -> None:
        if not self.further:
            return
        told = {language: dict(words) for language, words in row.in_other_languages.items()}
        for name, (word, language) in self._words().items():
            told.setdefault(language, {})[word] = answers.get(name) or ""
        row.in_other_languages = {
            language: kept for language, words in told.items() if (kept := {w: t for w, t in words.items() if t})
        }


def check_website(answers: Answers) -> None:
    """An address of the web is one. Raises Refused: not_a_website."""
    try:
        URLValidator(schemes=["https", "http"])(answers.get("website") or "https://example.org")
    except ValidationError:
        raise Refused("not_a_website", field="website") from None


def in_further_languages(word: str, kind: str, label: Text, max_length: int = 200) -> tuple[Field, ...]:
    """A question for the same words in each further language, none of which must be answered."""
    return tuple(
        Field(f"{word}_{code}", kind, format_lazy("{} ({})", label, NAMES[code]), required=False, max_length=max_length)
        for code in FURTHER
    )


def plain(fraction: str | Decimal) -> str:
    """A fraction as text without needless zeros: "0.0670" is "0.067"."""
    return format(Decimal(fraction).normalize(), "f")


def tidy(field: Field, answer: Any) -> Any:
    """An answer as it is kept: two ways to write the same are the same."""
    if answer in (None, "", []):
        return None
    return plain(answer) if field.kind == "percent" else answer


def stamp(answers: Any) -> str:
    """A short mark of what was seen: it differs when the answers do."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _answer(field: Field, stored: Any) -> Any:
    if isinstance(stored, date):
        return stored.isoformat()
    return tidy(field, stored)


def _stored(column: Any, field: Field, answer: Any) -> Any:
    if answer is None:
        if isinstance(column, models.JSONField):
            return []
        return "" if not column.null and isinstance(column, models.CharField | models.TextField) else None
    if field.kind == "percent":
        return Decimal(answer)
    return date.fromisoformat(answer) if field.kind == "date" else answer
