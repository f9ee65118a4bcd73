"""A letter put into words, in the language of the person who gets it."""

from typing import NamedTuple

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import get_language_bidi, override

from letters.codes import grouped
from letters.kinds import KINDS
from letters.models import POST, Lender, Letter


class Words(NamedTuple):
    """A letter as it is read: a subject of one line, the plain text, the same as HTML."""

    subject: str
    text: str
    html: str


def render(letter: Letter) -> Words:
    """`letter` in its own language, from templates/letters/<kind>/. Raises TemplateDoesNotExist, or VaultError.

    One that binds in another language (`binds_in`) says so, and carries its words in that one below.
    """
    binding = {}
    if letter.facts.get("binds_in"):
        binding = {name: _binding_words(letter, name) for name in ("body.txt", "body.html")}
    with override(letter.language):
        return Words(
            subject=" ".join(_letter(letter, "subject.txt").split()),
            text=_without_gaps(_letter(letter, "body.txt", binding_words=binding.get("body.txt", ""))),
            html=_letter(letter, "body.html", binding_words=binding.get("body.html", "")),
        )


def _binding_words(letter, name):
    """What the letter says between its greeting and its signature, in the language that binds."""
    with override(letter.facts["binds_in"]):
        return _letter(letter, name, only_words=True, **letter.facts.get("in_binding_language", {}))


def _letter(letter, name, **more):
    return _fill(f"letters/{letter.kind}/{name}", {**_known(letter), **more})


def render_text(letter: Letter) -> str:
    """`letter` as a text message of one line, from templates/texts/. Raises as `render`."""
    with override(letter.language):
        return " ".join(_fill(f"texts/{KINDS[letter.kind].text}.txt", _known(letter)).split())


def _known(letter):
    lender = Lender.objects.current()
    return {
        "link": settings.SITE_URL,
        **letter.facts,
        "written_at": letter.created_at,
        "lender": lender,
        "house": lender.short_name or lender.name,
        "by_post": letter.channel == POST,
        "case_reference": letter.case_reference,
        "language": letter.language,
        "right_to_left": get_language_bidi(),
        "SITE_URL": settings.SITE_URL,
        "message_code": grouped(letter.code),
        "really_us": settings.SITE_URL + reverse("really_us"),
    }


def _fill(name, known):
    # Only HTML is escaped: in plain text an apostrophe stays an apostrophe.
    context = Context(known, autoescape=name.endswith(".html"))
    return get_template(name).template.render(context)


def _without_gaps(text):
    """At most one empty line between two lines: template tags leave more behind."""
    paragraphs = "\n".join(line.rstrip() for line in text.splitlines()).split("\n\n")
    return "\n\n".join(filter(None, (paragraph.strip("\n") for paragraph in paragraphs))) + "\n"
