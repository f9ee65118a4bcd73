"""A paper of a loan as it leaves the printer: with its code, the signature of the house, and kept in the vault."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from letters.codes import grouped, new_code
from letters.pdf import render_pdf
from letters.pdf_signing import signed_by_the_house
from loans.models.agreement import CODE_LENGTH
from vault.models import StoredFile

MARK = "verify:"  # before the code in the identifier of the PDF, where a changed copy still shows it


def printed(template: str, facts: Mapping[str, Any], *, language: str, title: str, name: str) -> tuple[str, StoredFile]:
    """The code that stands on the paper, and its file, which is called `name`.

    `title` is in `language`. `facts` gain `code`, as people read it, and `verify`, the address where it is checked.
    """
    code = new_code(CODE_LENGTH)
    said = {**facts, **how_to_check(code)}
    paper = render_pdf(template, said, language=language, title=title, identifier=f"{MARK}{code}")
    file = StoredFile.objects.put(signed_by_the_house(paper), name=name, content_type="application/pdf")
    return code, file


def how_to_check(code: str) -> dict[str, str]:
    """What a paper says of its code."""
    return {"code": grouped(code), "verify": settings.SITE_URL + reverse("verify")}
