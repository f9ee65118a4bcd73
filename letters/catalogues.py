"""The catalogue of a language as it is installed: whether it is whole, and the fingerprint of its words."""

import json
from hashlib import sha256

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale


def fingerprint(language: str) -> str:
    """The SHA-256 of all that the catalogue says, in hexadecimal; its order and its dates do not count.

    Raises FileNotFoundError where a language has no catalogue.
    """
    said = sorted([message.context or "", *_forms(message.id), *_forms(message.string)] for message in _all(language))
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def lacking(language: str) -> int:
    """How many sentences of the catalogue have no words yet, or words that are marked as a guess."""
    return sum(1 for message in _all(language) if message.fuzzy or not all(_forms(message.string)))


def _all(language: str) -> list[Message]:
    path = settings.LOCALE_PATHS[0] / to_locale(language) / "LC_MESSAGES/django.po"
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def _forms(words: str | tuple[str, ...] | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)
