import re
import subprocess
import sys
import zlib

import pytest
from django.template import engines

from letters import pdf
from letters.pdf import OutsideSource, render_pdf, static_file

PAPER = """<!doctype html><html lang="{{ language }}"><head><title>{{ title }}</title>
<link rel="stylesheet" href="paper.css"><link rel="stylesheet" href="http://127.0.0.1:9/outside.css"></head>
<body><h1>{{ title }}</h1><p>{{ lender.name }} {{ cents|money }}</p><img src="file:///etc/hostname" alt="no"></body>
</html>"""


def unpacked(paper):
    """The bytes of a PDF with its compressed parts opened."""
    parts = re.findall(rb"stream\n(.*?)\nendstream", paper, re.DOTALL)
    return paper + b"".join(zlib.decompressobj().decompress(part) for part in parts if part.startswith(b"\x78"))


@pytest.fixture
def paper(monkeypatch, tmp_path, settings):
    (tmp_path / "paper.css").write_text("h1 { color: #123456 }")
    (tmp_path / "a b.css").write_text("")
    settings.STATICFILES_DIRS = [tmp_path]
    settings.STATIC_ROOT = str(tmp_path / "collected")
    monkeypatch.setattr(pdf, "render_to_string", lambda name, known: engines["django"].from_string(PAPER).render(known))


@pytest.mark.django_db
def test_a_paper_is_accessible_and_speaks_its_language(paper, lender):
    english = render_pdf("paper.html", {"cents": 1050}, language="en", title="Loan agreement")
    french = render_pdf("paper.html", {"cents": 1050}, language="fr", title="Contrat de prêt")
    assert english.startswith(b"%PDF-")
    assert b"pdfuaid:part" in unpacked(english)
    assert b"/Lang (en)" in unpacked(english)
    assert b"/Lang (fr)" in unpacked(french)
    assert b"/Title (Loan agreement)" in unpacked(english)


@pytest.mark.django_db
def test_a_paper_takes_pictures_and_styles_from_our_own_files_only(paper, lender, monkeypatch):
    asked = []

    def watch(url):
        try:
            found = static_file(url)
        except OutsideSource:
            asked.append((url, "refused"))
            raise
        asked.append((url, found.name))
        return found

    monkeypatch.setattr(pdf, "static_file", watch)
    render_pdf("paper.html", {}, language="en", title="Loan agreement")
    assert dict(asked) == {
        "file:///static/paper.css": "paper.css",
        "http://127.0.0.1:9/outside.css": "refused",
        "file:///etc/hostname": "refused",
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/static/paper.css",
        "file:///etc/passwd",
        "file:///static/../etc/passwd",
        "file:///static/%2e%2e/settings.py",
        "file:///static//etc/passwd",
        "file:///static/gone.css",
        "data:text/css,body{}",
        "",
    ],
)
def test_any_other_source_is_refused(paper, url):
    with pytest.raises(OutsideSource):
        static_file(url)


def test_a_file_that_was_collected_under_its_hashed_name_is_found(paper, tmp_path):
    (tmp_path / "collected").mkdir()
    (tmp_path / "collected" / "paper.3f2a.css").write_text("")
    assert static_file("file:///static/paper.3f2a.css").parent.name == "collected"


def test_an_address_with_spaces_and_a_version_is_found(paper):
    assert static_file("file:///static/a%20b.css?v=2").name == "a b.css"


def test_weasyprint_is_loaded_by_whoever_makes_a_paper_only():
    code = "import django, sys; django.setup(); import letters.pdf; print('weasyprint' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
