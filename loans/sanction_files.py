"""Files that hold lists of sanctions: a CSV, or the XML of the Consolidated Canadian Autonomous Sanctions List.

CSV: UTF-8, commas or semicolons, a first line that names the columns: `name` must be there; `aliases` (parted by
semicolons or bars), `born`, `list` and `item` may. XML: the `record` elements that Global Affairs Canada publishes
(international.gc.ca, sema-lmes.xml), whose tags are named in English, or in English and French with a hyphen between.
Pure: bytes in, rows out. Nothing is fetched, and a file that declares a type or entities is refused.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

MOST_BYTES, MOST_ENTRIES = 40_000_000, 200_000
MOST_ALIASES, LONGEST = 200, {"name": 500, "born": 200, "part": 300, "item": 60}
LONGEST_TEXT = 20_000  # signs of one cell or one element
MOST_TOLD = 10  # wrong lines that are told one by one
COLUMNS = {"name": "name", "aliases": "aliases", "born": "born", "list": "part", "item": "item"}
TAGS = frozenset((
    "Country", "LastName", "GivenName", "EntityOrShip", "Aliases", "DateOfBirth", "DateOfBirthOrShipBuildDate",
    "Schedule", "Item",
))  # fmt: skip
MOST_DEPTH = 10  # elements within elements
SURPLUS = "?"  # stands for what lies beyond the columns
BETWEEN_ALIASES = re.compile(r"[;|\n]")
Cells = dict[str, str]
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")


class ListRefused(Exception):
    """This file is not taken. `code`: list_too_big | list_empty | list_unreadable | list_without_names | list_rows.

    Of wrong rows `count` says how many there are, and `lines` holds (number, why) of the first of them.
    """

    def __init__(self, code: str, wrong: "list[tuple[int, str]] | None" = None) -> None:
        super().__init__(code)
        self.code, self.count, self.lines = code, len(wrong or ()), (wrong or [])[:MOST_TOLD]


@dataclass(frozen=True)
class Row:
    """One entry as the file has it: the line on which it begins, and what stands there."""

    line: int
    name: str
    aliases: tuple[str, ...] = ()
    born: str = ""
    part: str = ""  # which list or schedule
    item: str = ""


def read_list(data: bytes) -> list[Row]:
    """Every entry of a file, in its order. Raises ListRefused: all of it is taken, or nothing."""
    if len(data) > MOST_BYTES:
        raise ListRefused("list_too_big")
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise ListRefused("list_empty")
    rows: list[Row] = []
    wrong: list[tuple[int, str]] = []
    for line, cells in _of_xml(data) if start.startswith(b"<") else _of_csv(data):
        if len(rows) + len(wrong) == MOST_ENTRIES:
            raise ListRefused("list_too_big")
        if why := _why_not(cells):
            wrong.append((line, why))
        else:
            rows.append(_row(line, cells))
    if wrong:
        raise ListRefused("list_rows", wrong)
    if not rows:
        raise ListRefused("list_empty")
    return rows


def _why_not(cells: Cells) -> str:
    """Why an entry cannot be taken, as a code; empty when it can."""
    if SURPLUS in cells:
        return "columns"
    if any(UNREADABLE.search(cell) for cell in cells.values()):
        return "unreadable"
    if any(len(_tidy(cells.get(name, ""))) > most for name, most in LONGEST.items()):
        return "too_long"
    aliases = _aliases(cells)
    if len(aliases) > MOST_ALIASES or any(len(alias) > LONGEST["name"] for alias in aliases):
        return "too_long"
    return "" if _tidy(cells.get("name", "")) else "no_name"


def _row(line: int, cells: Cells) -> Row:
    said = {name: _tidy(cells.get(name, "")) for name in LONGEST}
    return Row(line=line, aliases=_aliases(cells), **said)


def _aliases(cells: Cells) -> tuple[str, ...]:
    found = (_tidy(alias) for alias in BETWEEN_ALIASES.split(cells.get("aliases", "")))
    return tuple(dict.fromkeys(alias for alias in found if alias))


def _tidy(text: str) -> str:
    return " ".join(text.split())


# --- CSV ----------------------------------------------------------------------------------------------


def _of_csv(data: bytes) -> Iterator[tuple[int, Cells]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ListRefused("list_unreadable") from error
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    columns: list[str] | None = None
    begins = 1
    try:
        for row in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if columns is None:
                columns = _columns(row)
            else:
                surplus = {SURPLUS: ""} if any(cell.strip() for cell in row[len(columns) :]) else {}
                yield line, dict(zip(columns, row, strict=False)) | surplus
    except csv.Error as error:  # a quotation that does not end, a cell beyond the reader's own limit
        raise ListRefused("list_unreadable") from error


def _columns(row: list[str]) -> list[str]:
    """What each column is, by the names of the first line; one that we do not know is passed over."""
    named = [COLUMNS.get(cell.strip().casefold(), "") for cell in row]
    if "name" not in named:
        raise ListRefused("list_without_names")
    return named


# --- XML ----------------------------------------------------------------------------------------------


def _of_xml(data: bytes) -> Iterator[tuple[int, Cells]]:
    """The records, once the whole file was read: a file that breaks off in the middle gives none."""
    reading = _Records()
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ListRefused("list_unreadable") from error
    yield from reading.found


class _Records:
    """What stands in the `record` elements, by the English part of each tag."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse  # a list needs none; entities could swell without end
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._begin, self._end
        self.parser.CharacterDataHandler = self._text
        self.found: list[tuple[int, Cells]] = []
        self._line, self._tag, self._depth = 0, "", 0
        self._said: Cells = {}

    def _refuse(self, *_told: object) -> None:
        raise ListRefused("list_unreadable")

    def _begin(self, tag: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise ListRefused("list_unreadable")
        if tag == "record":
            self._line, self._said = self.parser.CurrentLineNumber, {}
        self._tag = tag.partition("-")[0]

    def _text(self, text: str) -> None:
        if self._tag in TAGS:
            self._said[self._tag] = (self._said.get(self._tag, "") + text)[:LONGEST_TEXT]

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._tag = ""
        if tag == "record":
            if len(self.found) > MOST_ENTRIES:
                raise ListRefused("list_too_big")
            self.found.append((self._line, _of_record(self._said)))


def _of_record(said: Cells) -> Cells:
    """A record as the cells of a row. Which list: the country whose measures they are, and the schedule."""
    person = _tidy(f"{said.get('GivenName', '')} {said.get('LastName', '')}")
    schedule = _tidy(said.get("Schedule", ""))
    return {
        "name": person or said.get("EntityOrShip", ""),
        "aliases": said.get("Aliases", "").replace(",", ";"),
        "born": said.get("DateOfBirthOrShipBuildDate", "") or said.get("DateOfBirth", ""),
        "part": ", ".join(filter(None, (_tidy(said.get("Country", "")), schedule))),
        "item": said.get("Item", ""),
    }
