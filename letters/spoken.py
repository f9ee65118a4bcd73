"""Words that stand in rows: in English and French always, in further languages where somebody has written them.

A row has a column for each of the two (`name_en`, `name_fr`) and may have `in_other_languages`, a JSON of
{language: {"name": …}}. What a language lacks is told in English, and whoever shows it says so (`lang`, `dir`).
"""

from typing import Any, NamedTuple

from django.utils.translation import get_language

from config.languages import ENGLISH, FRENCH


class Spoken(NamedTuple):
    """A text and the language it is in."""

    text: str
    language: str


def spoken(row: Any, what: str) -> Spoken:
    """`what` of the row ("name" reads `name_en`, `name_fr` or `in_other_languages`) as near as it has it."""
    language = get_language() or ENGLISH
    if language.startswith(FRENCH):
        return Spoken(getattr(row, f"{what}_fr"), FRENCH)
    further = getattr(row, "in_other_languages", {}).get(language, {}).get(what, "")
    return Spoken(further, language) if further else Spoken(getattr(row, f"{what}_en"), ENGLISH)
