"""Confirmed on paper: the answers are printed, the person signs, and two people compare the scan with what was printed.

A page holds for the answers as they stood when it was printed; with the next keystroke it is void.
"""

from accounts.models import User
from config import clock
from loans.lifecycle.applying.confirmation import complete_form, send_for_the_person
from loans.lifecycle.applying.fingerprint import fingerprint
from loans.lifecycle.applying.submission import case_of
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.papers import clean_paper
from loans.lifecycle.step import deed, follow_on, may
from loans.lifecycle.writing.messages import Attached
from loans.models import Application, Document, Event, Page, SignedPage
from loans.models.form import Form
from vault.cleaning import Cleaned
from vault.models import StoredFile

KIND = "signed_summary"  # of the paper that the scan becomes


def _printed(event: Event) -> SignedPage:
    page: SignedPage = SignedPage.objects.get(event=event)
    return page


def _touched(event: Event) -> SignedPage:
    page: SignedPage = SignedPage.objects.get(pk=event.detail["page"])
    return page


@once_only(_printed)
def print_summary(application: Application, *, by: User, once: Once | None = None) -> SignedPage:
    """Print the answers as they stand, for a signature; an earlier printing does not count any more.

    Raises Incomplete with every gap.
    """
    with deed(application.print_summary, by=by, once=once) as case:
        mark = fingerprint(case, complete_form(case))
        page: SignedPage = SignedPage.objects.create(application=case, event=case.event, fingerprint=mark)
    return page


def page_of(case: Application, form: Form | None = None) -> SignedPage | None:
    """The newest printing, if the answers (`form`, where it is read already) are those on it and it was not refused."""
    newest: SignedPage | None = case.signed_pages.select_related("checked__by", "event__by", "scan", "thumbnail").last()
    if newest is None or newest.turned_down_id or newest.fingerprint != fingerprint(case, form):
        return None
    return newest


@once_only(_touched)
def check(
    application: Application, *, by: User, page: int, scan: Attached, matches: bool, once: Once | None = None
) -> SignedPage:
    """Whoever types has the signed page: its scan is kept, and they say that it matches what was printed.

    `page` is the key of the printing. Raises Refused: does_not_match, page_void, checked_already, and the codes of
    a file that cannot be kept (lifecycle.papers).
    """
    if not matches:
        raise Refused("does_not_match")
    may(Application.objects.get(pk=application.pk), "check_signed_page", by)
    cleaned = clean_paper(scan.data, KIND)
    with deed(application.check_signed_page, by=by, once=once, detail={"page": page}) as case:
        found = _standing(case, page)
        if found.checked_id is not None:
            raise Refused("checked_already")
        found.scan, found.thumbnail = _put(cleaned, scan.name)
        found.sheets, found.checked = cleaned.sheets, case.event
        found.save()
    return found


@once_only(case_of)
def confirm(application: Application, *, by: User, page: int, matches: bool, once: Once | None = None) -> Application:
    """A second person, who never typed here, finds that it matches: the form is sent, and the scan joins its papers.

    Raises Refused: does_not_match, page_void, not_checked_yet.
    """
    if not matches:
        raise Refused("does_not_match")
    with deed(application.confirm_signed_page, by=by, once=once, detail={"page": page}) as case:
        found = _checked(case, page)
        found.confirmed = case.event
        found.save(update_fields=["confirmed"])
        _join_the_papers(case, found)
        follow_on(send_for_the_person, case, how="paper")
    return case_of(case.event)


@once_only(_touched)
def turn_down(application: Application, *, by: User, page: int, note: str, once: Once | None = None) -> SignedPage:
    """The second person found that it does not match, and says why. Raises Refused: empty_note, page_void, …"""
    if not note.strip():
        raise Refused("empty_note")
    detail = {"page": page}
    with deed(application.turn_down_signed_page, by=by, note=note.strip(), once=once, detail=detail) as case:
        found = _checked(case, page)
        found.turned_down = case.event
        found.save(update_fields=["turned_down"])
    return found


def _standing(case: Application, page: int) -> SignedPage:
    """The newest printing, still good; the case is locked."""
    found = page_of(case)
    if found is None or found.pk != page:
        raise Refused("page_void")
    return found


def _checked(case: Application, page: int) -> SignedPage:
    found = _standing(case, page)
    if found.checked is None or found.checked.by_id == case.event.by_id:
        raise Refused("not_checked_yet")
    return found


def _put(cleaned: Cleaned, name: str) -> tuple[StoredFile, StoredFile | None]:
    file: StoredFile = StoredFile.objects.put(cleaned.data, name=name[-150:], content_type=cleaned.content_type)
    if not cleaned.thumbnail:
        return file, None
    small: StoredFile = StoredFile.objects.put(cleaned.thumbnail, name="", content_type="image/jpeg")
    return file, small


def _join_the_papers(case: Application, found: SignedPage) -> None:
    """The scan becomes a paper of the case, put in by whoever kept it."""
    if found.scan is None or found.checked is None or found.checked.by is None:
        raise Refused("not_checked_yet")
    paper = Document.objects.create(application=case, kind=KIND, added_by=found.checked.by, added_at=clock.now())
    Page.objects.create(document=paper, number=1, file=found.scan, thumbnail=found.thumbnail, sheets=found.sheets)
