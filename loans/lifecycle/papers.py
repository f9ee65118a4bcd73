"""Papers: what one is, judged by its content and not its name; what the office thinks of it; another in its place."""

import io
import logging
import warnings
import zipfile

from PIL import Image, UnidentifiedImageError

from accounts.models import User
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import step
from loans.models import Application, Document, Event
from vault import virus
from vault.errors import ScannerSilent

log = logging.getLogger(__name__)

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # ECMA-376, .xlsx
MAY_BE_SHEETS = {"plan"}
MOST_UNPACKED = 50 * 1024 * 1024  # bytes, of a spreadsheet


def read_paper(data: bytes, kind: str) -> str:
    """The content type of a PDF, JPEG or PNG of up to 10 MB in which no virus is known; of a plan, also of an .xlsx.

    Raises Refused: empty_file, too_big, wrong_type, broken_picture, broken_pdf, broken_sheet, sheet_with_macros,
    infected, cannot_check.
    """
    content_type = _kind_of(data, kind)
    _refuse_viruses(data)
    return content_type


def _kind_of(data: bytes, kind: str) -> str:
    if not data:
        raise Refused("empty_file")
    if len(data) > MOST_BYTES:
        raise Refused("too_big")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        if b"%%EOF" not in data[-2048:]:
            raise Refused("broken_pdf")
        return "application/pdf"
    if data.startswith(b"PK\x03\x04") and kind in MAY_BE_SHEETS:
        return _read_sheet(data)
    return _read_picture(data)


def _refuse_viruses(data: bytes) -> None:
    try:
        is_infected = virus.is_infected(data)
    except ScannerSilent as error:
        log.error("a paper was not taken, it could not be checked for viruses: %s", error)
        raise Refused("cannot_check") from error
    if is_infected:
        raise Refused("infected")


def _read_picture(data: bytes) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(PICTURES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Refused("too_big")
                picture.load()
                return PICTURES[str(picture.format)]
    except UnidentifiedImageError:
        raise Refused("wrong_type") from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("broken_picture") from None


def _read_sheet(data: bytes) -> str:
    """Only its list of contents is read: nothing in it is ever run or unpacked here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as sheet:
            parts = sheet.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refused("broken_sheet") from None
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise Refused("wrong_type")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("sheet_with_macros")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("too_big")
    return SHEET


def _paper_of(event: Event) -> Document:
    paper: Document = Document.objects.get(pk=event.subject_id)
    return paper


@once_only(_paper_of)
def accept(paper: Document, *, by: User, once: Once | None = None) -> Document:
    """The officer has looked at the paper and takes it."""
    with step(paper.accept, by=by, once=once) as paper:
        pass
    return paper


@once_only(_paper_of)
def refuse(paper: Document, *, by: User, note: str, once: Once | None = None) -> Document:
    """The paper will not do, and the note says why: the form lacks it again. Raises Refused("empty_note")."""
    if not note.strip():
        raise Refused("empty_note")
    with step(paper.refuse, by=by, note=note.strip(), once=once) as paper:
        pass
    return paper


def replace_refused(application: Application, kind: str, *, by: User) -> None:
    """The applicant sent another paper of this kind: the refused ones stand as replaced."""
    for paper in application.documents.filter(kind=kind, state=Document.State.REFUSED):
        with step(paper.replace, by=by):
            pass
