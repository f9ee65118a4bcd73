"""Five hundred hostile or broken files: each refused with a known code, or made anew with nothing active in it."""

import io
import os
import re
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image

from tests.vault.cleaning.hostile import corpus
from vault.cleaning import Unclean, clean
from vault.cleaning.cleaned import CODES
from vault.cleaning.drawing import sheets_in_small
from vault.cleaning.pdfs import PDF
from vault.cleaning.pictures import LONGEST_SIDE
from vault.cleaning.room import clean_apart
from vault.cleaning.sheets import SHEET

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
SEEDS = range(1, 6) if IS_LONG else [1]
ACTIVE = re.compile(
    rb"/(JS|JavaScript|OpenAction|AA|A|Launch|URI|SubmitForm|ImportData|GoToR|GoToE|EmbeddedFiles?|EF|AF|Filespec|XFA"
    rb"|AcroForm|RichMedia\w*|Rendition|Annots|Names|Metadata|PieceInfo|Collection|Encrypt|Info|3D|PS)\b"
)
MARKUP = re.compile(rb"<script|<html|<svg|<\?php|SECRET|MZ SECRET", re.I)


@pytest.fixture(scope="module")
def files():
    """{name: (bytes, what may come of it)}."""
    return {f"{name} #{seed}": (data, may_be) for seed in SEEDS for name, data, may_be in corpus(seed)}


def outcome(data, cleaning=clean):
    """("clean", what was made) or (a code, nothing)."""
    try:
        return "clean", cleaning(data, sheets=True)
    except Unclean as unclean:
        return unclean.code if unclean.code in CODES else "no known code", None


def test_each_of_them_is_refused_with_a_known_code_or_made_anew_and_harmless(files):
    assert len(files) >= 500
    wrong, kept, drawn = [], 0, 0
    for name, (data, may_be) in files.items():
        code, cleaned = outcome(data)
        if code not in may_be:
            wrong.append((name, code))
        if cleaned:
            kept += 1
            wrong += [(name, trouble) for trouble in troubles(cleaned)]
        if cleaned and cleaned.content_type == PDF and (small := sheets_in_small(cleaned.data)):
            drawn += 1
            wrong += [(name, trouble) for trouble in picture_troubles(small, ("JPEG",))]
    assert wrong == []
    assert kept > 150
    assert drawn > 150


def test_a_file_with_a_bare_number_where_a_list_was_is_judged_too():
    made = pikepdf.new()
    made.add_blank_page()
    made.pages[0].obj.Contents = made.make_stream(b"0 0 m 10 10 l S")
    made.save(written := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    damaged, number = re.subn(rb"(4 0 obj\n)<<", rb"\g<1>7 ", written.getvalue())
    cleaned = clean(damaged, sheets=True)
    with pikepdf.open(io.BytesIO(cleaned.data)) as pdf:
        assert (number, 7 in pdf.objects) == (1, True)
    assert list(troubles(cleaned)) == []


def troubles(cleaned):
    """What is wrong with a file that was made anew: nothing, one hopes."""
    if cleaned.thumbnail:
        yield from picture_troubles(cleaned.thumbnail, ("JPEG",))
    if cleaned.content_type == "application/pdf":
        yield from pdf_troubles(cleaned)
    elif cleaned.content_type == SHEET:
        yield from sheet_troubles(cleaned.data)
    else:
        assert cleaned.thumbnail
        yield from picture_troubles(cleaned.data, ("JPEG", "PNG"))


def picture_troubles(data, formats):
    with Image.open(io.BytesIO(data), formats=formats) as picture:
        picture.load()
        if picture.getexif() or set(picture.info) & {"exif", "icc_profile", "xmp", "comment", "Comment", "photoshop"}:
            yield f"it tells {picture.info}"
        if getattr(picture, "n_frames", 1) > 1 or max(picture.size) > LONGEST_SIDE:
            yield "it is more than one picture, or too large"
    if MARKUP.search(data):
        yield "words stayed in it"
    if not data.endswith((b"\xff\xd9", b"IEND\xaeB`\x82")):
        yield "something is behind its end"


def pdf_troubles(cleaned):
    with pikepdf.open(io.BytesIO(cleaned.data)) as pdf:
        if pdf.is_encrypted or len(pdf.pages) != cleaned.sheets or set(pdf.Root.keys()) != {"/Type", "/Pages"}:
            yield f"its root holds {pdf.Root.keys()}"
        if set(pdf.trailer.keys()) - {"/Root", "/Size", "/ID", "/Type", "/W", "/Index", "/Length", "/Filter"}:
            yield f"its trailer holds {pdf.trailer.keys()}"
        for thing in pdf.objects:
            written = _written(thing)
            if isinstance(thing, pikepdf.Stream):
                written += thing.read_raw_bytes() if b"DCT" in written else _unpacked(thing)
                if "/F" in thing or isinstance(thing.get("/Filter"), pikepdf.Array):
                    yield "a stream lies elsewhere, or hides a photo in another packing"
            if found := ACTIVE.search(without_namings(written)):
                yield f"{found.group()} is in {written[:200]!r}"
            if MARKUP.search(written) or b"Exif" in written:
                yield f"words stayed in {written[:200]!r}"


def _written(thing):
    """What stands in a file for one of its objects, without the data of a stream; a bare number or name is one too."""
    if isinstance(thing, pikepdf.Stream):
        return thing.stream_dict.unparse()
    return thing.unparse(resolved=True) if isinstance(thing, pikepdf.Object) else str(thing).encode()


def _unpacked(stream):
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, zlib.error):
        return b""


def without_namings(written):
    """A page may call a font /AA: a name, and no action."""
    return re.sub(rb"/(F|AA) (?=\d+ 0 R|<< /BaseFont)", b"", written)


def sheet_troubles(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.testzip() or archive.comment or MARKUP.search(data):
            yield "the archive is not sound"
        for part in archive.infolist():
            if (
                part.extra
                or part.comment
                or part.date_time[0] != 1980
                or re.search("vba|external|embed", part.filename)
            ):
                yield f"{part.filename} tells too much"


def test_the_locked_room_gives_the_same_answer(files):
    """A few of each sort, each in a process of its own; all of them in the long run."""
    some = list(files.items()) if IS_LONG else list(files.items())[::40]
    assert len(some) >= 15
    for name, (data, _) in some:
        code, cleaned = outcome(data)
        apart = outcome(data, clean_apart)
        assert apart[0] == code or apart[0] == "too_hard", name
        if cleaned and apart[1]:
            assert apart[1].content_type == cleaned.content_type, name
            assert list(troubles(apart[1])) == [], name
