"""French says everything that English says, with the same figures in the sentence."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ["accounts", "applicants", "config", "letters", "loans", "money", "reports", "vault", "templates"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*\}")


def catalogue(root: Path) -> Catalog:
    with (root / "locale/fr/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file)


def words(message: Message) -> list[str]:
    """What the message says, once or in each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def key(message: Message) -> tuple[str | None, str]:
    msgid = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, msgid


@pytest.fixture(scope="module")
def french() -> list[Message]:
    return [message for message in catalogue(ROOT) if message.id]


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    """The messages of the sources as they are now, gathered by `bin/make_messages.py` in a copy of the tree."""
    copy = tmp_path_factory.mktemp("tree")
    for name in [*SOURCES, "bin", "locale"]:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "static").mkdir()
    subprocess.run([sys.executable, "bin/make_messages.py"], cwd=copy, check=True, capture_output=True, timeout=120)
    return [message for message in catalogue(copy) if message.id]


def test_every_string_of_the_sources_is_in_french(french: list[Message], gathered: list[Message]) -> None:
    assert {key(message) for message in gathered} - {key(message) for message in french} == set()


def test_french_keeps_no_string_that_the_sources_have_dropped(french: list[Message], gathered: list[Message]) -> None:
    assert {key(message) for message in french} - {key(message) for message in gathered} == set()


def test_there_is_something_to_translate(french: list[Message]) -> None:
    assert len(french) > 100


def test_no_french_string_is_missing(french: list[Message]) -> None:
    assert [key(message) for message in french if not all(words(message))] == []


def test_no_french_string_is_fuzzy(french: list[Message]) -> None:
    assert [key(message) for message in french if message.fuzzy] == []


def test_french_puts_the_same_figures_into_the_sentence(french: list[Message]) -> None:
    wrong = []
    for message in french:
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        allowed = set(PLACEHOLDER.findall(" ".join(english)))
        needed = set(PLACEHOLDER.findall(english[-1]))
        *others, last = [set(PLACEHOLDER.findall(form)) for form in words(message)]
        if last != needed or any(form - allowed for form in others):
            wrong.append(key(message))
    assert wrong == []
