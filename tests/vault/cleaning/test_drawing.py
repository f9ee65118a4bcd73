"""PDFs in small: every sheet of the first few as it stands; whoever cannot be drawn is kept all the same."""

import io
import time

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.cases import pdf
from tests.vault.cleaning.whole import saved, scan
from vault.cleaning import clean
from vault.cleaning.drawing import BEHIND, GAP, MOST_DRAWN, sheets_in_small
from vault.cleaning.pictures import THUMBNAIL_SIDE
from vault.cleaning.room import PATIENCE_SECONDS, clean_apart


def in_small(data):
    return Image.open(io.BytesIO(sheets_in_small(data)))


def black_below(size=(600, 800), *, rotate=0, pages=1):
    """A PDF whose sheets are black in their lower half: drawn with lines, not a scan."""
    with pikepdf.new() as made:
        for _ in range(pages):
            page = made.add_blank_page()
            page.MediaBox = Array([0, 0, *size])
            page.Contents = pikepdf.Stream(made, b"0 g 0 0 %d %d re f" % (size[0], size[1] // 2))
            page.obj.Rotate = rotate
        return saved(made)


def test_a_page_that_is_no_scan_is_drawn():
    with in_small(black_below()) as small:
        assert small.size == (180, THUMBNAIL_SIDE)
        assert small.getpixel((90, 200))[0] < 20
        assert small.getpixel((90, 40))[0] > 235
        assert not small.getexif()


@pytest.mark.parametrize(("rotate", "size"), [(0, (240, 160)), (90, (160, 240))])
def test_a_scan_stands_as_its_page_does(rotate, size):
    with pikepdf.open(io.BytesIO(scan())) as made:
        made.pages[0].obj.Rotate = rotate
        data = saved(made)
    with in_small(data) as small:
        assert small.size == size


def test_the_first_sheets_lie_side_by_side_each_whole():
    with in_small(black_below(pages=3)) as small:
        assert small.size == (3 * 180 + 2 * GAP, THUMBNAIL_SIDE)
        for number in range(3):
            assert small.getpixel((number * (180 + GAP) + 90, 200))[0] < 20
        assert abs(small.getpixel((180 + GAP // 2, 40))[0] - BEHIND[0]) < 20
    with in_small(pdf(MOST_DRAWN + 9)) as small:
        assert small.width < MOST_DRAWN * (THUMBNAIL_SIDE + GAP)


@pytest.mark.parametrize("size", [(3, 14_400), (14_400, 3), (200_000, 300_000), (1, 1)])
def test_odd_sizes_are_drawn_small_too(size):
    with in_small(clean(black_below(size)).data) as small:
        assert max(small.size) <= THUMBNAIL_SIDE


def test_what_is_no_pdf_gives_no_picture():
    assert sheets_in_small(b"%PDF-1.7 nothing") == b""


def laughs(deep=9, wide=10):
    """A page that draws a form that draws ten forms that each draw ten …: a thousand million squares."""
    with pikepdf.new() as made:
        drawn = pikepdf.Stream(made, b"0 0 5 5 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        for _ in range(deep):
            inner = Dictionary(XObject=Dictionary(X=drawn))
            drawn = pikepdf.Stream(made, b"/X Do " * wide, Type=Name.XObject, Subtype=Name.Form, Resources=inner)
            drawn.BBox = Array([0, 0, 9, 9])
        page = made.add_blank_page(page_size=(600, 800))
        page.Resources, page.Contents = Dictionary(XObject=Dictionary(X=drawn)), pikepdf.Stream(made, b"/X Do")
        return saved(made)


def test_a_pdf_that_draws_without_end_is_kept_without_a_picture_and_soon():
    began = time.monotonic()
    cleaned = clean_apart(laughs())
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert (cleaned.content_type, cleaned.sheets, cleaned.thumbnail) == ("application/pdf", 1, b"")
    with pikepdf.open(io.BytesIO(cleaned.data)) as kept:
        assert len(kept.pages) == 1
