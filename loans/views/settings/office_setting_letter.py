"""A reason as the letter of a no will tell it, in each language, before anybody proposes or confirms its words."""

from django.utils.translation import override

from config.languages import NAMES
from letters.spoken import spoken
from loans.reasons import DECLINE
from loans.settings import REASONS


def letter_of(kind, made):
    """[{name, language, text}] by language, of a reason against a loan; of any other setting nothing.

    `language` is the one the words are in: English where nobody has written them in the language of that name.
    """
    if kind is not REASONS or made.kind != DECLINE:
        return []
    return [_told(made, code, name) for code, name in NAMES.items()]


def _told(made, code, name):
    with override(code):
        text = f"{made.sentence} {made.what_would_change_it}".strip()
        return {"name": name, "language": spoken(made, "sentence").language, "text": text}
