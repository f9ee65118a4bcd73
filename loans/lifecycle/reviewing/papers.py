"""Papers: made anew and harmless before they are kept; what the office thinks of one; another in its place."""

import logging

from accounts.models import User
from config import clock
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import step
from loans.models import Application, Document, Event, Page
from vault import virus
from vault.cleaning import Cleaned, Unclean
from vault.cleaning.room import clean_apart
from vault.errors import ScannerSilent
from vault.models import StoredFile

log = logging.getLogger(__name__)

MAY_BE_SHEETS = {"plan"}


def clean_paper(data: bytes, kind: str) -> Cleaned:
    """A photo of up to 25 MB, a PDF of up to 10 MB or a plan as .xlsx, made anew; no virus is known in what was sent.

    Raises Refused with a code of `vault.cleaning.cleaned.CODES`, or infected, cannot_check. Takes up to some seconds:
    call it outside of a transaction.
    """
    try:
        cleaned = clean_apart(data, sheets=kind in MAY_BE_SHEETS)
    except Unclean as unclean:
        log.info("a paper was not taken: %s", unclean.code)
        raise Refused(unclean.code) from None
    _refuse_viruses(data)
    return cleaned


def _refuse_viruses(data: bytes) -> None:
    try:
        is_infected = virus.is_infected(data)
    except ScannerSilent as error:
        log.error("a paper was not taken, it could not be checked for viruses: %s", error)
        raise Refused("cannot_check") from error
    if is_infected:
        raise Refused("infected")


def keep_file(case: Application, kind: str, cleaned: Cleaned, *, name: str, by: User) -> Document:
    """What the cleaning gave as a whole paper of the case, sealed; the case is locked."""
    document: Document = Document.objects.create(application=case, kind=kind, added_by=by, added_at=clock.now())
    Page.objects.create(
        document=document,
        number=1,
        file=StoredFile.objects.put(cleaned.data, name=name[-150:], content_type=cleaned.content_type),
        sheets=cleaned.sheets,
    )
    return document


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
