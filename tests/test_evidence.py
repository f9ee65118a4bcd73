"""What docs/evidence.md names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs/evidence.md").read_text())


def test_there_is_evidence():
    assert len(NAMED) > 50


@pytest.mark.parametrize(("file", "name"), NAMED, ids=["::".join(filter(None, each)) for each in NAMED])
def test_the_test_that_is_named_exists(file, name):
    source = (ROOT / file).read_text()
    assert f"def {name}(" in source if name else "def test_" in source
