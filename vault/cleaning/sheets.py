"""Spreadsheets (.xlsx, ECMA-376): nothing in them is run here, and nothing that could run elsewhere is taken.

A workbook is packed anew from its own parts. One that holds programs, or fetches from elsewhere, is refused: taken out
of it, they would leave a workbook that its program calls damaged.
"""

import io
import re
import zipfile
import zlib

from vault.cleaning.cleaned import Cleaned, Unclean

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_UNPACKED = 50 * 1024 * 1024  # bytes
MOST_PARTS = 1000
LONGEST_AGO = (1980, 1, 1, 0, 0, 0)
MUST_HAVE = {"[Content_Types].xml", "xl/workbook.xml"}
PROGRAMS = re.compile(
    r"vbaproject|macrosheets|dialogsheets|activex|ctrlprops|customui|\.bin$|\.exe$|\.dll$|\.vbs$", re.I
)
PRINTERS = re.compile(r"^xl/printersettings/.*\.bin$", re.I)  # harmless, and in every second workbook
LINKS = re.compile(r"externallinks|embeddings|connections\.xml|querytables|xl/model/|webextensions|ddelink", re.I)
# Formulas that reach out: dynamic data exchange (=cmd|'…'!A1) and functions that fetch.
REACHES_OUT = re.compile(rb"<(?:\w+:)?f\b[^>]*>[^<]*(?:\||WEBSERVICE\s*\(|IMPORTDATA\s*\(|CALL\s*\(|REGISTER)", re.I)
FETCHES = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.I)
HARMLESS = re.compile(rb"<Relationship\b[^>]*relationships/hyperlink[\"'][^>]*>", re.I)
DECLARES = (b"<!DOCTYPE", b"<!ENTITY")
WRONG = (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, zlib.error, RuntimeError, OSError, KeyError)


def clean_sheet(data: bytes) -> Cleaned:
    """The same workbook, packed anew. Raises Unclean."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _judge_names([part.filename for part in parts])
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unclean("too_hard")
            return Cleaned(_packed_anew({part.filename: _read(archive, part) for part in parts}), SHEET)
    except WRONG:
        raise Unclean("broken_sheet") from None


def _judge_names(names: list[str]) -> None:
    if not set(names) >= MUST_HAVE:
        raise Unclean("wrong_type")
    if len(names) > MOST_PARTS or len({name.lower() for name in names}) < len(names):
        raise Unclean("broken_sheet")
    if any(name.startswith(("/", "\\")) or ".." in name or "\\" in name or ":" in name for name in names):
        raise Unclean("broken_sheet")
    if any(PROGRAMS.search(name) and not PRINTERS.search(name) for name in names):
        raise Unclean("sheet_with_macros")
    if any(LINKS.search(name) for name in names):
        raise Unclean("sheet_with_links")


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unclean("broken_sheet")
    data = archive.read(part)
    if part.filename.lower().endswith((".xml", ".rels", ".vml")):
        _judge_words(part.filename, data)
    return data


def _judge_words(name: str, data: bytes) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:200]:
        raise Unclean("broken_sheet")  # in UTF-16 none of these words would be found
    if any(word in data for word in DECLARES):
        raise Unclean("broken_sheet")
    if name == "[Content_Types].xml" and re.search(rb"macroEnabled|vbaProject", data, re.I):
        raise Unclean("sheet_with_macros")
    if REACHES_OUT.search(data) or b"ddeLink" in data:
        raise Unclean("sheet_with_links")
    if name.lower().endswith(".rels") and FETCHES.search(HARMLESS.sub(b"", data)):
        raise Unclean("sheet_with_links")


def _packed_anew(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, LONGEST_AGO), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
