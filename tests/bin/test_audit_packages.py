"""What the check of the packages says and decides, for each way a pip-audit may end."""

import json
import sys
from pathlib import Path

import pytest

from bin import audit_packages

CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
SKIPPED = {"name": "django", "skip_reason": "Dependency not found and could not be audited: django (5.2.19)"}
ADVISORY = {"id": "GHSA-1234", "fix_versions": ["5.2.20"], "aliases": [], "description": "…"}
VULNERABLE = {"name": "pillow", "version": "1.0", "vulns": [ADVISORY]}

FAKE = """
import pathlib, sys
here = pathlib.Path(__file__).parent
(here / "asked").write_text(" ".join(sys.argv[1:]))
sys.stdout.write((here / "stdout").read_text())
sys.stderr.write((here / "stderr").read_text())
sys.exit({code})
"""


@pytest.fixture
def pip_audit(tmp_path: Path):
    """`pip_audit(packages, complaints, code)`: the command of a pip-audit that ends so."""

    def make(packages=None, complaints="", code=0):
        answer = "" if packages is None else json.dumps({"dependencies": packages, "fixes": []})
        (tmp_path / "stdout").write_text(answer)
        (tmp_path / "stderr").write_text(complaints)
        (tmp_path / "fake.py").write_text(FAKE.format(code=code))
        return [sys.executable, str(tmp_path / "fake.py")]

    return make


def test_packages_without_advisories_pass(pip_audit, capsys, tmp_path):
    assert audit_packages.main(pip_audit([CLEAN, CLEAN]), audit_packages.LOCK) == 0
    assert capsys.readouterr().out == "2 packages, no known vulnerability.\n"
    assert (tmp_path / "asked").read_text().endswith("--requirement " + str(audit_packages.LOCK))


def test_a_known_vulnerability_fails_and_is_named(pip_audit, capsys):
    assert audit_packages.main(pip_audit([CLEAN, VULNERABLE], "Found 1 known vulnerability", 1), Path("lock")) == 1
    assert "pillow 1.0: GHSA-1234 (mended in 5.2.20)" in capsys.readouterr().out


def test_a_vulnerability_among_packages_that_were_skipped_fails(pip_audit):
    assert audit_packages.main(pip_audit([SKIPPED, VULNERABLE], code=1), Path("lock")) == 1


@pytest.mark.parametrize(
    "complaints",
    [
        "ERROR:pip_audit._cli:Could not connect to the vulnerability feed\nERROR:pip_audit._cli:Tip: your network",
        "Traceback (most recent call last):\n  …\nrequests.exceptions.ProxyError: HTTPSConnectionPool: Max retries",
        "Traceback (most recent call last):\n  …\nrequests.exceptions.ConnectionError: Name or service not known",
        "Traceback (most recent call last):\n  …\nrequests.exceptions.ReadTimeout: Read timed out.",
    ],
)
def test_a_service_that_cannot_be_reached_passes_and_says_so(pip_audit, capsys, complaints):
    assert audit_packages.main(pip_audit(None, complaints, 1), Path("lock")) == 0
    assert "The advisory service could not be reached" in capsys.readouterr().out


def test_a_mirror_that_knows_no_advisories_is_not_the_service(pip_audit, capsys):
    assert audit_packages.main(pip_audit([SKIPPED, SKIPPED]), Path("lock")) == 0
    assert "The advisory service could not be reached" in capsys.readouterr().out


def test_one_package_that_was_not_looked_at_fails(pip_audit, capsys):
    assert audit_packages.main(pip_audit([CLEAN, SKIPPED]), Path("lock")) == 1
    assert "Not looked at: django." in capsys.readouterr().out


@pytest.mark.parametrize("code", [0, 1, 2])
@pytest.mark.parametrize("complaints", ["", "No module named pip_audit", "pip_audit._service.interface.ServiceError"])
def test_any_other_end_fails(pip_audit, complaints, code):
    assert audit_packages.main(pip_audit(None, complaints, code), Path("lock")) == 1


def test_an_empty_answer_is_no_answer(pip_audit):
    assert audit_packages.main(pip_audit([]), Path("lock")) == 1
