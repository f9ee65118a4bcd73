"""What a language from right to left needs of every page: no side has a name, and no figure is turned around."""

import re
from pathlib import Path

import pytest

from config.languages import is_for_applicants

ROOT = Path(__file__).resolve().parent.parent
PHYSICAL = re.compile(
    r"(?<![\w-])(margin|padding|border|inset)-(left|right|top-left|top-right|bottom-left|bottom-right)\b"
    r"|(?<![\w-])(left|right)\s*:"
    r"|(text-align|float|clear)\s*:\s*(left|right)\b"
    r"|border-(top|bottom)-(left|right)-radius"
)
ARROWS = re.compile("[←→↦⇒⇐‹›«»◀▶◂▸]")


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.*"))


@pytest.mark.parametrize("sheet", ["tremplin.css", "paper.css"])
def test_no_style_names_a_side(sheet: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", (ROOT / "static/css" / sheet).read_text(), flags=re.S)
    assert [found.group() for found in PHYSICAL.finditer(text)] == []


@pytest.mark.parametrize("style", ["margin-left: 1rem", "left: 0", "text-align: right", "border-top-left-radius: 1px"])
def test_a_side_that_is_named_would_be_found(style: str) -> None:
    assert PHYSICAL.search(f"p {{ {style}; }}")


def test_no_template_of_an_applicant_draws_an_arrow() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in templates()
        if is_for_applicants(path.relative_to(ROOT).as_posix()) and ARROWS.search(path.read_text())
    }
    assert found == set()


def test_a_telephone_number_in_a_sentence_is_not_turned_around() -> None:
    """`phone=lender.phone|ltr`: beside Arabic letters 613-555-0142 would read 0142-555-613."""
    bare = re.compile(r"\w+=lender\.phone(?!\|ltr)")
    assert [path.name for path in templates() if bare.search(path.read_text())] == []
