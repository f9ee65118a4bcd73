"""Sheets of a PDF as pictures: the first in small side by side, or one in full. Reads only what the cleaning gave."""

import pypdfium2
from PIL import Image

from vault.cleaning.pictures import LONGEST_SIDE, THUMBNAIL_SIDE, WRONG, full_jpeg, small_jpeg

MOST_DRAWN = 6  # sheets: a row of them fits on a desk's screen, and a statement is known by its first
GAP = 6  # pixels between two sheets
BEHIND = (208, 208, 208)  # the grey that they lie on


def sheets_in_small(data: bytes) -> bytes:
    """A small JPEG of up to MOST_DRAWN sheets, each as it is turned; empty bytes when none can be drawn.

    May run long, or out of memory, or end this process: call it behind the locked door.
    """
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            drawn = [_drawn(pdf, number) for number in range(min(len(pdf), MOST_DRAWN))]
    except (*WRONG, MemoryError):
        return b""
    return small_jpeg(_in_a_row(drawn))


def sheet_in_full(data: bytes, number: int) -> bytes:
    """A JPEG of one sheet, counted from 1, at most LONGEST_SIDE; empty bytes when there is none or it cannot be drawn.

    May end this process, as above.
    """
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            return full_jpeg(_drawn(pdf, number - 1, LONGEST_SIDE)) if 1 <= number <= len(pdf) else b""
    except (*WRONG, MemoryError):
        return b""


def _drawn(pdf: pypdfium2.PdfDocument, number: int, side: int = THUMBNAIL_SIDE) -> Image.Image:
    page = pdf[number]
    scale = side / max(page.get_size())
    bitmap = page.render(scale=scale, draw_annots=False, limit_image_cache=True, rev_byteorder=True)
    picture = bitmap.to_pil().convert("RGB")
    picture.thumbnail((side, side))  # a side is rounded up
    page.close()
    return picture


def _in_a_row(sheets: list[Image.Image]) -> Image.Image:
    width = sum(sheet.width for sheet in sheets) + GAP * (len(sheets) - 1)
    row, at = Image.new("RGB", (width, max(sheet.height for sheet in sheets)), BEHIND), 0
    for sheet in sheets:
        row.paste(sheet, (at, 0))
        at += sheet.width + GAP
    return row
