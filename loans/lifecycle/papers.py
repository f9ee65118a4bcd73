"""Papers: what one is, judged by its content and not its name; what the office thinks of it; another in its place."""

import io
import logging
import warnings

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


def read_paper(data: bytes) -> str:
    """The content type of a PDF, JPEG or PNG of up to 10 MB in which no virus is known.

    Raises Refused: empty_file, too_big, wrong_type, broken_picture, broken_pdf, infected, cannot_check.
    """
    content_type = _kind_of(data)
    _refuse_viruses(data)
    return content_type


def _kind_of(data: bytes) -> str:
    if not data:
        raise Refused("empty_file")
    if len(data) > MOST_BYTES:
        raise Refused("too_big")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        if b"%%EOF" not in data[-2048:]:
            raise Refused("broken_pdf")
        return "application/pdf"
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
