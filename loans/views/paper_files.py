"""The bytes of a paper, for looking at: never run, never kept, never taken for something else."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from vault.cleaning.binding import bind
from vault.cleaning.room import draw_apart
from vault.cleaning.sheets import SHEET
from vault.cleaning.turning import turned

PDF = "application/pdf"
JPEG = "image/jpeg"


def file_response(file):
    """Bytes out of the vault, as a page of their own that may do nothing."""
    return _response(file.read(), file.content_type, file.pk)


def pdf_response(data, number):
    """The bytes of a PDF that was made just now, in the same way."""
    return _response(data, PDF, number)


def whole_response(paper):
    """One paper as one file: the only page as it is, several bound into one PDF; a spreadsheet stays by itself."""
    pages = list(paper.pages.select_related("file"))
    shown = [page for page in pages if page.file.content_type != SHEET]
    if len(pages) > 1 and shown:
        bound = bind((page.file.read(), page.file.content_type) for page in shown)
        return _response(bound, PDF, pages[0].file_id)
    if not pages:
        raise Http404
    return file_response(pages[0].file)


def page_response(paper, number):
    """One page of a paper."""
    return file_response(_page_or_404(paper, number).file)


def thumbnail_response(paper, number):
    """One page in small; there is none of a spreadsheet, nor of a PDF that could not be drawn."""
    page = _page_or_404(paper, number)
    if page.thumbnail is None:
        raise Http404
    return file_response(page.thumbnail)


def sheet_response(paper, number, sheet, turn=0):
    """One sheet of a page as a picture, turned to the right by `turn` degrees; a photo has one, a spreadsheet none."""
    file = _page_or_404(paper, number).file
    if file.content_type == SHEET or (file.content_type != PDF and sheet != 1):
        raise Http404
    if file.content_type != PDF:
        return _response(turned(file.read(), turn), file.content_type, file.pk)
    drawn = draw_apart(file.read(), sheet)
    if not drawn:
        raise Http404
    return _response(turned(drawn, turn), JPEG, file.pk)


def _page_or_404(paper, number):
    return get_object_or_404(paper.pages.select_related("file", "thumbnail"), number=number)


def _response(data, content_type, number):
    response = HttpResponse(data, content_type=content_type)
    shown, ending = ("attachment", ".xlsx") if content_type == SHEET else ("inline", "")
    response["Content-Disposition"] = f'{shown}; filename="paper-{number}{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    if content_type != PDF:
        # Browsers show no PDF inside a sandbox; a PDF is opened by their own closed viewer.
        response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response
