"""Papers: accessible PDF (PDF/UA) from our own templates. WeasyPrint is met nowhere else."""

import mimetypes
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from django.utils.translation import override
from PIL import ImageFile

from letters.models import Lender

# A made-up folder: `{% static "paper.css" %}` and a bare "paper.css" both land in it, nothing else does.
STATIC_ROOM = "file:///static/"


class OutsideSource(ValueError):
    """A paper asked for something that is not one of our own static files."""


def render_pdf(template_name: str, context: dict, *, language: str, title: str, identifier: str = "") -> bytes:
    """The template as PDF in `language`, with `title`, `language` and `lender` added to its context.

    `identifier` (ASCII) stays readable in the file, also when it is saved anew (ISO 32000-1, 14.4).

    Pictures and style sheets come from our static files only; anything else is left out and logged by WeasyPrint.
    """
    with override(language):
        known = {**context, "lender": Lender.objects.current(), "title": title, "language": language}
        page = render_to_string(template_name, known)
    return pdf_of(page, title, language, identifier)


def pdf_of(page: str, title: str, language: str, identifier: str = "") -> bytes:
    """A page of HTML as PDF, told by its title, language and identifier; nothing else decides what it looks like."""
    html = _weasyprint()
    document = html(string=page, base_url=STATIC_ROOM, url_fetcher=_fetcher()).render(pdf_variant="pdf/ua-1")
    document.metadata.title = title
    document.metadata.lang = language
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode() or None)


def _weasyprint():
    """WeasyPrint's door. Loading it takes a second and its system libraries: only whoever makes a paper pays for it."""
    from weasyprint import HTML

    # On loading, it lets Pillow take half pictures for whole ones everywhere; uploads must still be seen as damaged.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return HTML


def static_file(url: str) -> Path:
    """The static file that `url` names inside a paper; raises OutsideSource for any other address."""
    if not url.startswith(STATIC_ROOM):
        raise OutsideSource(url)
    name = unquote(urlsplit(url).path).removeprefix("/static/")
    try:
        if found := finders.find(name):
            return Path(found)
        if staticfiles_storage.exists(name):
            return Path(staticfiles_storage.path(name))
    except SuspiciousFileOperation:
        raise OutsideSource(url) from None
    raise OutsideSource(url)


def _fetcher():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        def fetch(self, url, headers=None):
            file = static_file(url)
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return OwnFilesOnly()
