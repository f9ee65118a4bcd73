"""A letter by post as one PDF to print: the letter, then its papers in order, each from its first page on."""

import io

import pikepdf

from letters.models import Letter
from letters.pdf import render_pdf
from letters.render import render

PDF = "application/pdf"


def to_print(letter: Letter, postal_address: str) -> bytes:
    """The letter on the paper of the house, to `postal_address` (lines; empty: to be written by hand), and its PDFs.

    Only for printing: in the joined file the papers' own signatures and tags do not count any more.
    """
    words = render(letter)
    text = letter.body or words.text
    known = {"letter": letter, "text": text, "postal_address": postal_address, "day": letter.created_at}
    first = render_pdf("letters/on_paper.html", known, language=letter.language, title=letter.subject or words.subject)
    papers = [file for file in letter.attachments.order_by("pk") if file.content_type == PDF]
    return _joined(first, [paper.read() for paper in papers]) if papers else first


def _joined(first: bytes, papers: list[bytes]) -> bytes:
    joined = io.BytesIO()
    with pikepdf.new() as pdf:
        for data in (first, *papers):
            with pikepdf.open(io.BytesIO(data)) as part:
                pdf.pages.extend(part.pages)
        pdf.save(joined)
    return joined.getvalue()
