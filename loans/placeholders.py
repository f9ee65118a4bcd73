"""The placeholders of message templates: `{name}` and a few more, each a fact of the case. Anything else is refused.

Nothing is ever evaluated: a placeholder is one of these names in braces, and its fact is put in as it is.
"""

import re
from collections.abc import Container, Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from loans.fields import Text

PLACEHOLDERS: dict[str, Text] = {
    "name": _("the name by which the applicant wants to be called"),
    "reference": _("the number of the case"),
    "product": _("the loan they asked for"),
    "officer": _("the officer of the case; while nobody has it, whoever writes"),
    "promise_day": _("the day by which we promised an answer"),
    "answer_day": _("the day until which we wait for their answer"),
    "missing_papers": _("the papers that are missing still, one a line"),
    "link": _("the address of their case with us"),
    "office": _("our own name"),
    "office_phone": _("our telephone"),
}
_PIECE = re.compile(r"\{([^{}]*)\}")


def listed(places: Mapping[str, Text] = PLACEHOLDERS) -> Text:
    """Every placeholder with what it stands for, as one sentence after the other."""
    lines = [format_lazy("{{{name}}}: {says}.", name=name, says=says) for name, says in places.items()]
    return format_lazy(" ".join(["{}"] * len(lines)), *lines)


def named_in(text: str) -> list[str]:
    """The known placeholders in a text, each once, in their order."""
    return list(dict.fromkeys(name for name in _PIECE.findall(text) if name in PLACEHOLDERS))


def strays_in(text: str, places: Container[str] = PLACEHOLDERS) -> list[str]:
    """Whatever stands in braces and is no known placeholder, and braces that are not closed, as they are written."""
    strays = [piece.group() for piece in _PIECE.finditer(text) if piece.group(1) not in places]
    return list(dict.fromkeys([*strays, *re.findall(r"[{}]", _PIECE.sub("", text))]))


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with each fact in its place; a placeholder without a fact (none, or an empty one) stays as it is.

    What stands inside a fact is never read as a placeholder.
    """
    return _PIECE.sub(lambda piece: facts.get(piece.group(1)) or piece.group(), text)
