"""French says all that English says; Arabic, Spanish and Chinese all that applicants read; with the same figures."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from config.languages import FURTHER, is_for_applicants, is_for_the_office

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ["accounts", "applicants", "config", "letters", "loans", "money", "reports", "vault", "templates"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*\}")
LOCALES = ["fr", "ar", "es", "zh_Hans"]
FORMS = {"fr": 2, "ar": 6, "es": 3, "zh_Hans": 1}  # of a count; French as gettext has it, the others as Django
EVERY_LANGUAGE = pytest.mark.parametrize("locale", LOCALES)


def catalogue(root: Path, locale: str) -> Catalog:
    with (root / f"locale/{locale}/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file)


def messages(root: Path, locale: str) -> list[Message]:
    return [message for message in catalogue(root, locale) if message.id]


def words(message: Message) -> list[str]:
    """What the message says, once or in each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def key(message: Message) -> tuple[str | None, str]:
    msgid = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, msgid


def sources(message: Message) -> list[str]:
    return [file for file, _line in message.locations]


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which `bin/make_messages.py` has gathered the messages of the sources as they are now."""
    copy = tmp_path_factory.mktemp("tree")
    for name in [*SOURCES, "bin", "locale"]:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "static").mkdir()
    subprocess.run([sys.executable, "bin/make_messages.py"], cwd=copy, check=True, capture_output=True, timeout=240)
    return copy


def test_every_source_with_words_is_read_by_applicants_or_by_the_office(gathered: Path) -> None:
    files = {file for message in messages(gathered, "fr") for file in sources(message)}
    assert [file for file in sorted(files) if not (is_for_applicants(file) or is_for_the_office(file))] == []


def test_the_further_languages_are_those_with_a_catalogue() -> None:
    assert [code.replace("-h", "_H") for code in FURTHER] == LOCALES[1:]
    assert sorted(path.name for path in (ROOT / "locale").iterdir()) == sorted(LOCALES)


@EVERY_LANGUAGE
def test_every_string_of_the_sources_is_there(gathered: Path, locale: str) -> None:
    """Of the sources that applicants read, in a further language; gathered from French, which has them all."""
    needed = {
        key(message)
        for message in messages(gathered, "fr")
        if locale == "fr" or any(is_for_applicants(file) for file in sources(message))
    }
    assert needed - {key(message) for message in messages(ROOT, locale)} == set()


@EVERY_LANGUAGE
def test_no_string_is_kept_that_nobody_reads(gathered: Path, locale: str) -> None:
    """What the sources have dropped; in a further language also what only the office reads."""
    kept = {key(message) for message in messages(ROOT, locale)}
    assert kept - {key(message) for message in messages(gathered, locale)} == set()
    assert catalogue(ROOT, locale).obsolete == {}


@EVERY_LANGUAGE
def test_there_is_something_to_translate(locale: str) -> None:
    assert len(messages(ROOT, locale)) > 100


@EVERY_LANGUAGE
def test_no_string_is_missing(locale: str) -> None:
    assert [key(message) for message in messages(ROOT, locale) if not all(words(message))] == []


@EVERY_LANGUAGE
def test_no_string_is_fuzzy(locale: str) -> None:
    assert [key(message) for message in messages(ROOT, locale) if message.fuzzy] == []


@EVERY_LANGUAGE
def test_each_language_counts_in_its_own_forms(locale: str) -> None:
    assert catalogue(ROOT, locale).num_plurals == FORMS[locale]
    counted = [message for message in messages(ROOT, locale) if not isinstance(message.id, str)]
    assert counted
    assert [key(message) for message in counted if len(words(message)) != FORMS[locale]] == []


@EVERY_LANGUAGE
def test_the_same_figures_are_put_into_the_sentence(locale: str) -> None:
    wrong = []
    for message in messages(ROOT, locale):
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        allowed = set(PLACEHOLDER.findall(" ".join(english)))
        needed = set(PLACEHOLDER.findall(english[-1]))
        *others, last = [set(PLACEHOLDER.findall(form)) for form in words(message)]
        if last != needed or any(form - allowed for form in others):
            wrong.append(key(message))
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES[1:])
def test_what_a_sentence_shows_as_a_code_stays_as_it_is(locale: str) -> None:
    """Tags of HTML in a sentence are the same ones, as often, in every language."""
    tag = re.compile(r"</?\w+[^>]*>")
    wrong = [
        key(message)
        for message in messages(ROOT, locale)
        if isinstance(message.id, str) and sorted(tag.findall(message.id)) != sorted(tag.findall(message.string))
    ]
    assert wrong == []


def test_french_is_set_as_canada_sets_it() -> None:
    """No space before ? ! and ;, one before a colon and inside « », and none of these lets a line break.

    So says the Office québécois de la langue française. A text message is written with the signs of its alphabet
    (GSM 03.38), which has no such space: there the one before a colon is an ordinary one.
    """
    loose = re.compile(r"\s[?!;]|[\w)]:(?!\S)|«(?!\u00a0)|(?<!\u00a0)»")
    breaking = re.compile(rf"{loose.pattern}| :")
    wrong = [
        text
        for message in messages(ROOT, "fr")
        for text in words(message)
        if (loose if any(file.startswith("templates/texts/") for file in sources(message)) else breaking).search(text)
    ]
    assert wrong == []
