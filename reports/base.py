"""What every report is: a title, an audience, columns, and rows for a period; its page and its CSV come with it."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from accounts.models import Role, User
from config import clock
from letters.wording import day, money, number, percent
from loans.fields import Text
from loans.spreadsheets import as_words


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted in; `chosen` is what the reader chose in the filters.

    `on`: as of which day to tell how things stand, and `known_on`: as they were known at the end of which day; None is
    today, and now.
    """

    first: date
    last: date
    chosen: Mapping[str, str] = field(default_factory=dict)
    on: date | None = None
    known_on: date | None = None
    reader: User | None = None  # who a case is hidden from because of a conflict is told no name of it

    @property
    def known_at(self) -> datetime:
        """The moment after which nothing that was written down counts."""
        return clock.last_moment_of(self.known_on) if self.known_on else clock.now()


@dataclass(frozen=True)
class Filter:
    """A choice above the table: what it asks, and its answers by code."""

    label: Text
    choices: Mapping[str, Text]


@dataclass(frozen=True)
class Link:
    """A cell whose words lead to another page."""

    text: Text
    url: str


@dataclass(frozen=True)
class Sum:
    """A cell that holds money, in cents."""

    cents: int


@dataclass(frozen=True)
class Share:
    """A cell that holds a part of a whole, from 0 to 1; None where there is no whole."""

    fraction: Decimal | None


Cell = Text | int | date | Sum | Share | Link
Row = Mapping[str, Cell]


class Report:
    """One report. A subclass says `slug`, `title`, `summary`, `audience`, `columns` and gives `rows(period)`."""

    slug: str
    title: Text
    summary: Text
    audience: frozenset[Role]
    columns: Mapping[str, Text]  # key of the cells → heading
    filters: Mapping[str, Filter] = {}  # name in the address → its choices
    is_of_today = False  # whether it tells how things stand today, whatever the period
    see_also: Link | None = None  # a page beside it, for the same audience
    can_look_back = False  # whether it heeds the period's `on` and `known_on`

    def rows(self, period: Period) -> Iterable[Row]:
        """One mapping a line, with a cell for each column."""
        raise NotImplementedError

    def may_read(self, user) -> bool:
        """Whether this user holds a role of the audience."""
        return bool(user.roles & self.audience)

    def table(self, period: Period) -> list[list[dict]]:
        """The rows as the page draws them: each cell in words, under its heading, a figure or not, perhaps a link."""
        return [
            [
                {
                    "heading": heading,
                    "words": in_words(row[key]),
                    "is_figure": is_figure(row[key]),
                    "url": getattr(row[key], "url", ""),
                }
                for key, heading in self.columns.items()
            ]
            for row in self.rows(period)
        ]

    def as_csv(self, period: Period) -> str:
        """The rows as CSV (RFC 4180): headings in the reader's language, figures plain, no cell that runs a formula."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([in_csv(heading) for heading in self.columns.values()])
        for row in self.rows(period):
            writer.writerow([in_csv(row[key]) for key in self.columns])
        return out.getvalue()


def is_figure(cell: Cell) -> bool:
    """Whether a cell stands to the right, under the others like it."""
    return isinstance(cell, Sum | Share | int)


def in_words(cell: Cell) -> str:
    """A cell as people read it, in their language."""
    if isinstance(cell, Sum):
        return money(cell.cents)
    if isinstance(cell, Share):
        return "–" if cell.fraction is None else percent(cell.fraction)
    if isinstance(cell, date):
        return day(cell)
    if isinstance(cell, Link):
        return str(cell.text)
    return number(cell) if isinstance(cell, int) else str(cell)


def in_csv(cell: Cell) -> str:
    """A cell as programs read it: 1234.50, 0.0125, 2027-03-01. Text that a spreadsheet would run gets a ' before it."""
    if isinstance(cell, Sum):
        return f"{Decimal(cell.cents) / 100:.2f}"
    if isinstance(cell, Share):
        return "" if cell.fraction is None else f"{cell.fraction:.4f}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return str(cell)
    return as_words(str(cell.text if isinstance(cell, Link) else cell))
