"""What docs/first-change.md tells a newcomer to do works, word for word, in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^ *```text title=(?P<file>\S+)(?P<how>[^\n]*)\n(?P<code>.*?)^ *```$", re.M | re.S)
MOST_LINES = 15

SEEN = """
import pytest
from tests.cases import again
from tests.journeys.person import Person, as_typed
from tests.cases import SAID

pytestmark = pytest.mark.django_db


def test_the_new_field_is_asked_kept_and_read(draft, amina, omar):
    applicant = Person("en", amina)
    assert "Which languages do you speak?" in applicant.opens("section", draft.reference, "about-me").content.decode()
    applicant.sends("section", draft.reference, "about-me", **as_typed(SAID["about-me"]), languages="Arabic, French")
    applicant.sends("check_answers", draft.reference, once_key="send")
    Person("en", omar).sends("review", draft.reference, once_key="take")
    page = Person("en", omar).opens("case", again(draft).reference).content.decode()
    assert "Which languages do you speak?" in page
    assert "Arabic, French" in page


def test_the_new_report_has_its_page_its_csv_and_its_audience(in_review, mariam, felix):
    manager = Person("en", mariam)
    assert "Desks" in manager.opens("reports").content.decode()
    assert "Omar Diallo" in manager.opens("report", "officers").content.decode()
    assert b"Omar Diallo,1" in manager.browser.get("/reports/officers.csv").content
    assert Person("en", felix).browser.get("/reports/officers/").status_code == 404
"""


def changes():
    """(file, how, lines) of each block that the page names a file for."""
    text = (ROOT / "docs/first-change.md").read_text()
    for found in BLOCK.finditer(text):
        yield found["file"], found["how"].strip(), found["code"]


def apply(copy, file, how, code):
    path = copy / file
    if how.startswith("after="):
        lines = path.read_text().splitlines(keepends=True)
        begins = next(n for n, line in enumerate(lines) if line.strip().startswith(how.removeprefix("after=")))
        ends = next(n for n in range(begins, len(lines)) if lines[n].rstrip().endswith("),"))
        lines.insert(ends + 1, textwrap.indent(textwrap.dedent(code), " " * 8))
        path.write_text("".join(lines))
    elif how.startswith("instead-of="):
        kept = [line for line in path.read_text().splitlines() if how.removeprefix("instead-of=") not in line]
        path.write_text("\n".join(kept) + "\n" + textwrap.dedent(code))
    else:
        assert not path.exists()
        path.write_text(textwrap.dedent(code))


def test_each_change_takes_fewer_than_fifteen_lines():
    lines = {}
    for file, _how, code in changes():
        kind = file.split("/")[0]
        lines[kind] = lines.get(kind, 0) + len([line for line in code.splitlines() if line.strip()])
    assert set(lines) == {"loans", "reports"}
    assert all(0 < count < MOST_LINES for count in lines.values()), lines


def test_the_page_can_be_followed_in_a_copy_of_the_project(tmp_path):
    copy = tmp_path / "copy"
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.splitlines():
        if (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    for file, how, code in changes():
        apply(copy, file, how, code)
    (copy / "tests/test_seen.py").write_text(SEEN)
    known = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO", "DATABASE"))}
    rooms = {"VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": f"sqlite:///{tmp_path}/copy.sqlite3"}
    command = [sys.executable, "-m", "pytest", "tests/test_seen.py", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=copy, env={**known, **rooms}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "2 passed" in done.stdout
