"""PDFs: every page goes over, and what was written on it; nothing that acts does. Several papers bind into one."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.cases import pdf, picture
from tests.vault.cleaning.hostile import bomb, locked, with_root
from tests.vault.cleaning.whole import restricted
from vault.cleaning import Unclean, clean
from vault.cleaning.binding import bind
from vault.cleaning.pdfs import MOST_SHEETS


def opened(data):
    return pikepdf.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (locked(user="secret"), "locked_pdf"),
        (pdf(3)[:-40], "broken_pdf"),
        (pdf(MOST_SHEETS + 1), "too_long_pdf"),
        (with_root("NeedsRendering", True), "form_pdf"),
        (with_root("Collection", Dictionary()), "pdf_of_files"),
        (bomb(), "too_hard"),
        (bomb(twice=True), "too_hard"),
    ],
    ids=["locked", "cut", "long", "form", "folder", "bomb", "bomb in a bomb"],
)
def test_what_cannot_be_taken_is_named(data, code):
    with pytest.raises(Unclean, match=code):
        clean(data)


def test_a_pdf_that_opens_without_a_password_is_taken_though_its_bank_forbids_printing():
    with opened(clean(restricted()).data) as kept:
        assert not kept.is_encrypted


def test_all_pages_go_over_as_they_lie():
    with pikepdf.new() as made:
        for _ in range(MOST_SHEETS):
            made.add_blank_page(page_size=(200, 300))
        made.pages[1].obj.Rotate = 90
        made.Root.Pages.CropBox = Array([0, 0, 100, 150])
        out = io.BytesIO()
        made.save(out)
    cleaned = clean(out.getvalue())
    with opened(cleaned.data) as kept:
        assert (len(kept.pages), cleaned.sheets) == (MOST_SHEETS, MOST_SHEETS)
        assert kept.pages[1].obj.Rotate == 90
        assert list(kept.pages[2].cropbox) == [0, 0, 100, 150]


def test_what_was_filled_into_a_form_stays_on_the_page_without_the_form():
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(600, 800))
        drawn = pikepdf.Stream(made, b"BT 12 0 0 12 2 2 Tm (Amina El-Sayed) Tj ET")
        drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 20])
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="name",
            V="Amina El-Sayed",
            Rect=Array([50, 50, 250, 70]),
            F=4,
        )
        field.AP = Dictionary(N=drawn)
        field = made.make_indirect(field)
        page.obj.Annots = Array([field])
        made.Root.AcroForm = Dictionary(Fields=Array([field]))
        out = io.BytesIO()
        made.save(out)
    with opened(clean(out.getvalue()).data) as kept:
        assert "/AcroForm" not in kept.Root
        assert "/Annots" not in kept.pages[0].obj
        streams = [thing.read_bytes() for thing in kept.objects if isinstance(thing, pikepdf.Stream)]
        assert any(b"(Amina El-Sayed)" in stream for stream in streams)


def test_a_paper_of_photos_and_pdfs_binds_into_one_pdf():
    pages = [(clean(picture(kind)).data, f"image/{kind.lower()}") for kind in ("JPEG", "PNG")]
    with opened(bind([*pages, (clean(pdf(3)).data, "application/pdf")])) as bound:
        assert len(bound.pages) == 5
        across, down = bound.pages[0].mediabox[2:]
        assert across > down  # a photo wider than high lies
        assert "/Photo" in bound.pages[1].Resources.XObject
