"""Whatever a folder holds, its program names what is wrong and never ends in a traceback."""

import json
import os
import random
import shutil

import pytest

from tests.loans.export.books_folder import (
    DATA,
    rewrite,
    rows,
    verify,
)

pytestmark = pytest.mark.django_db
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def test_a_missing_file_is_named(folder):
    program = shutil.copy(folder / "verify_books.py", folder.parent / "elsewhere.py")
    for name in (*DATA, "manifest.json", "verify_books.py", "money/book.py"):
        (folder / name).rename(folder.parent / "away")
        code, said = verify(folder, "--replay", program=program)
        assert (code, f"{name}: the file is missing" in said) == (1, True)
        (folder.parent / "away").rename(folder / name)


def test_a_file_that_nobody_listed_is_named(folder):
    (folder / "money" / "more.py").write_text("")
    code, said = verify(folder)
    assert (code, "money/more.py: not as the manifest says, but not listed, or no file" in said) == (1, True)


def test_changed_code_is_not_run(folder):
    with (folder / "money" / "book.py").open("a") as file:
        file.write("raise SystemExit(0)\n")
    code, said = verify(folder, "--replay")
    assert (code, "money/book.py: not as the manifest says" in said) == (1, True)
    assert "money/: not run: see above first" in said


SPOILT = {
    "no JSON": b"{oops\n",
    "no object": b"[]\n",
    "no text": b'"\xff"\n',
    "nested too deeply": b'{"a":' * 100_000 + b"\n",
    "a huge number": b'{"number": ' + b"9" * 5_000 + b"}\n",
    "a fraction": b'{"number": 1.5}\n',
    "no number": b'{"number": NaN}\n',
    "a name twice": b'{"number": 1, "number": 2}\n',
    "nothing": b"\n",
}


@pytest.mark.parametrize("name", [*DATA, "manifest.json"])
def test_what_is_no_line_is_told_and_never_ends_in_a_traceback(folder, name):
    path = folder / name
    before = path.read_bytes()
    for spoilt in SPOILT.values():
        path.write_bytes(spoilt + b"".join(before.splitlines(keepends=True)[1:]))
        code, said = verify(folder, "--replay")
        assert (code, f"{name}, line 1: cannot be read" in said) == (1, True), spoilt[:40]


WRONG = [None, True, -1, 0, 10**18, "", "x", "é\ud800", "2026-02-31", [], [1], {}, {"a": 1}]


def test_wrong_values_with_all_else_made_anew_never_end_in_a_traceback(folder):
    chance = random.Random(3)
    for _ in range(400 if IS_LONG else 20):
        name = chance.choice(DATA)
        path = folder / name
        before, manifest = path.read_text(), (folder / "manifest.json").read_text()
        said = rows(folder, name)
        field = chance.choice(sorted(said[0]))
        if name == "terms.jsonl" and field in ("terms", "plan"):
            inner = chance.choice(sorted(said[0][field]))
            said[0][field][inner] = chance.choice(WRONG)
        else:
            said[0][field] = chance.choice(WRONG)
        rewrite(folder, name, said)
        manifest_now = json.loads(manifest)
        manifest_now["files"].pop(name)
        (folder / "manifest.json").write_text(json.dumps(manifest_now) + "\n")
        verify(folder, "--replay")
        path.write_text(before)
        (folder / "manifest.json").write_text(manifest)


def test_wrong_calls_are_told_apart_from_findings(folder):
    assert verify(folder, "--root", "short")[0] == 2
    assert verify(folder / "money" / "book.py", program=folder / "verify_books.py")[0] == 2
    assert verify(folder / "nowhere", program=folder / "verify_books.py")[0] == 2
