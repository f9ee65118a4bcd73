"""What tests read out of a PDF: its text, and whether it is one that everybody can read."""

import io
import re
import subprocess

import pikepdf

LETTER = (0, 0, 612, 792)


def text_of(data, *options):
    """The words of a PDF as `pdftotext` finds them, in the order in which they are read."""
    run = subprocess.run(["pdftotext", "-raw", *options, "-", "-"], input=data, capture_output=True, check=True)
    return run.stdout.decode()


def bare(text):
    """A text without spaces, line ends and marks of direction: lines of a PDF break where there is room."""
    return re.sub(r"[\s\u00a0\u202f\u202a-\u202e\u2066-\u2069]+", "", text)


def tags(element):
    """The tags below an element, in the order in which they are read."""
    if not isinstance(element, pikepdf.Dictionary):
        return
    if "/S" in element:
        yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        yield from tags(kid)


def check_for_everybody(data, *, language, title):
    """Tags, language, title, tab order, bookmarks, letter size, and headers by which every cell of a table is read."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert str(pdf.docinfo["/Title"]) == title
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert {str(page.obj.Tabs) for page in pdf.pages} == {"/S"}
        assert {tuple(map(int, page.mediabox)) for page in pdf.pages} == {LETTER}
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
        with pdf.open_outline() as outline:
            assert str(outline.root[0].title) == title
            assert outline.root[0].children
        _check_headers(list(tags(pdf.Root.StructTreeRoot)))


def _check_headers(found):
    kinds = {str(tag.S) for tag in found}
    assert {"/H1", "/H2", "/P"} <= kinds
    headers = {str(tag.ID) for tag in found if tag.S == "/TH"}
    cells = [tag for tag in found if tag.S == "/TD"]
    assert bool(headers) == bool(cells)
    for cell in cells:
        named = [str(header) for header in cell.A.Headers]
        assert named
        assert set(named) <= headers


def fonts_of(data):
    """{name: (encoding, is embedded)} of the fonts, as `pdffonts` tells them."""
    run = subprocess.run(["pdffonts", "-"], input=data, capture_output=True, check=True)
    lines = [re.split(r"\s{2,}|\s(?=yes|no)", line.strip()) for line in run.stdout.decode().splitlines()[2:]]
    return {line[0]: (line[2], line[3] == "yes") for line in lines}


def fonts_with_gaps(data):
    """The fonts that drew an empty box for a sign they lack: WeasyPrint gives those an encoding of their own."""
    return [name for name, (encoding, _embedded) in fonts_of(data).items() if encoding != "Identity-H"]
