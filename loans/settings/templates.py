"""Message templates: what the office writes often, in its own words. One person changes them; the history stays."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from loans.fields import Field, Text
from loans.lifecycle.refusal import Refused
from loans.models import MessageTemplate
from loans.placeholders import PLACEHOLDERS, listed, strays_in
from loans.settings.kind import CODE, Answers, Group, Kind, in_further_languages, takes_one


def check_placeholders(answers: Answers) -> None:
    """Every placeholder is one that we know, in every language. Raises Refused as `refuse_strays`."""
    refuse_strays(answers, (field.name for field in _WORDS), PLACEHOLDERS)


def refuse_strays(answers: Answers, names: Iterable[str], places: Mapping[str, Text]) -> None:
    """The texts of these names hold no placeholder but these.

    Raises Refused: unknown_placeholder, beside its field, with what is written (`strays`) and what may be (`known`).
    """
    for name in names:
        said: Any = answers.get(name) or ""
        if strays := strays_in(said, places):
            known = " ".join(f"{{{place}}}" for place in places)
            raise Refused("unknown_placeholder", field=name, strays=" ".join(strays), known=known)


_WORDS = (
    Field("text_en", "longtext", _("Text in English"), max_length=3000),
    Field("text_fr", "longtext", _("Text in French"), max_length=3000),
    *in_further_languages("text", "longtext", _("Text"), 3000),
)
TEMPLATES = Kind(
    slug="templates",
    title=_("Message templates"),
    about=_("Ready words for messages to applicants. Whoever writes chooses one, changes it and sends it."),
    one=_("Message template"),
    model=MessageTemplate,
    starts="effective_from",
    ends="effective_to",
    further=("text",),
    can_add=True,
    can_end=True,
    needs_two=takes_one,
    check=check_placeholders,
    name=lambda row: row.name,
    first_fields=(CODE,),
    groups=(
        Group(
            _("What we call it"),
            (
                Field("name_en", "text", _("Name in English"), max_length=100),
                Field("name_fr", "text", _("Name in French"), max_length=100),
            ),
        ),
        Group(_("What it says"), _WORDS, listed()),
    ),
)
