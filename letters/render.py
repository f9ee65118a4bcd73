"""A letter put into words, in the language of the person who gets it."""

from typing import NamedTuple

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import get_language_bidi, override

from letters.models import Lender, Letter


class Words(NamedTuple):
    """A letter as it is read: a subject of one line, the plain text, the same as HTML."""

    subject: str
    text: str
    html: str


def render(letter: Letter) -> Words:
    """`letter` in its own language, from templates/letters/<kind>/. Raises TemplateDoesNotExist, or VaultError."""
    with override(letter.language):
        known = {
            "link": settings.SITE_URL,
            **letter.facts,
            "written_at": letter.created_at,
            "lender": Lender.objects.current(),
            "case_reference": letter.case_reference,
            "language": letter.language,
            "right_to_left": get_language_bidi(),
            "SITE_URL": settings.SITE_URL,
        }
        return Words(
            subject=" ".join(_fill(f"{letter.kind}/subject.txt", known).split()),
            text=_without_gaps(_fill(f"{letter.kind}/body.txt", known)),
            html=_fill(f"{letter.kind}/body.html", known),
        )


def _fill(name, known):
    # Only HTML is escaped: in plain text an apostrophe stays an apostrophe.
    context = Context(known, autoescape=name.endswith(".html"))
    return get_template(f"letters/{name}").template.render(context)


def _without_gaps(text):
    """At most one empty line between two lines: template tags leave more behind."""
    paragraphs = "\n".join(line.rstrip() for line in text.splitlines()).split("\n\n")
    return "\n\n".join(filter(None, (paragraph.strip("\n") for paragraph in paragraphs))) + "\n"
