import gettext
import os
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from bin.compile_messages import compile_catalogue

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "The loan is repaid."
msgstr "Le prêt est remboursé."

#, fuzzy
msgid "The loan is late."
msgstr "Le prêt est tardif."
"""


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "django.po"
    path.write_text(PO, encoding="utf-8")
    return path


def said(po: Path, english: str) -> str:
    with po.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext(english)


def test_the_pages_find_the_french_words(po: Path) -> None:
    assert compile_catalogue(po) is True
    assert said(po, "The loan is repaid.") == "Le prêt est remboursé."


def test_a_doubtful_translation_is_not_shown(po: Path) -> None:
    compile_catalogue(po)
    assert said(po, "The loan is late.") == "The loan is late."


def test_a_fresh_catalogue_is_left_alone(po: Path) -> None:
    compile_catalogue(po)
    assert compile_catalogue(po) is False


def test_a_newer_text_is_compiled_again(po: Path) -> None:
    compile_catalogue(po)
    po.write_text(PO.replace("remboursé", "payé"), encoding="utf-8")
    os.utime(po.with_suffix(".mo"), (1, 1))
    assert compile_catalogue(po) is True
    assert said(po, "The loan is repaid.") == "Le prêt est payé."


def test_a_broken_catalogue_spoils_nothing(po: Path) -> None:
    compile_catalogue(po)
    before = po.with_suffix(".mo").read_bytes()
    po.write_text(PO + '\nmsgid "Half', encoding="utf-8")
    os.utime(po.with_suffix(".mo"), (1, 1))
    with pytest.raises(PoFileError):
        compile_catalogue(po)
    assert po.with_suffix(".mo").read_bytes() == before
