"""PDFs: every page is carried over into a new file, and with it only what the page shows.

What a reader could run or follow stays behind (ISO 32000-1, 12.6 actions; 7.11.4 embedded files; 12.7 forms; 13
multimedia): a new document knows no JavaScript, no opening action, no attachment, because nothing brings it along.
What was filled into a form, or stamped on a page, is drawn onto the page first.
"""

import base64
import io
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from vault.cleaning.cleaned import Cleaned, Unclean
from vault.cleaning.jpegs import START, plain_jpeg
from vault.cleaning.pdf_objects import scrub

PDF = "application/pdf"
MOST_SHEETS = 60
MOST_UNPACKED = 200 * 1024 * 1024  # bytes that the streams of a file hold together
MOST_PIXELS = 100_000_000  # of one picture on a page
KEPT = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents"}
RATIOS = {"/FlateDecode": 1032, "/LZWDecode": 2730, "/RunLengthDecode": 64}  # the most that each can unpack a byte to
FILTERS = {
    *RATIOS,
    *("/ASCII85Decode", "/ASCIIHexDecode", "/CCITTFaxDecode", "/DCTDecode", "/JBIG2Decode", "/JPXDecode"),
}
TAIL = 2048  # bytes in which the end of a whole file stands
BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, zlib.error)


def clean_pdf(data: bytes) -> Cleaned:
    """The same pages in a new PDF. Raises Unclean: broken, locked, a form nobody can show, too long, too hard."""
    if b"%%EOF" not in data[-TAIL:]:
        raise Unclean("broken_pdf")
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as source:
            return _made_anew(source)
    except pikepdf.PasswordError:
        raise Unclean("locked_pdf") from None
    except RecursionError:
        raise Unclean("too_hard") from None
    except BROKEN:
        raise Unclean("broken_pdf") from None


def _made_anew(source: Pdf) -> Cleaned:
    _refuse_what_has_no_pages_of_its_own(source)
    count = len(source.pages)
    if count == 0:
        raise Unclean("broken_pdf")
    if count > MOST_SHEETS:
        raise Unclean("too_long_pdf")
    _draw_what_was_filled_in(source)
    fresh = Pdf.new()
    for page in source.pages:
        for key in set(page.obj.keys()) - KEPT - {"/Parent"}:
            del page.obj[key]
        fresh.pages.append(page)
    scrub(fresh)
    for stream in _streams(fresh):
        _weigh(stream)
    return Cleaned(_saved(fresh), PDF, sheets=count)


def _refuse_what_has_no_pages_of_its_own(source: Pdf) -> None:
    """A form drawn by a program inside it, and a folder of other files, would lose all they hold."""
    root = source.Root
    if root.get("/NeedsRendering", False) is True:
        raise Unclean("form_pdf")
    if "/Collection" in root:
        raise Unclean("pdf_of_files")


def _draw_what_was_filled_in(source: Pdf) -> None:
    form = source.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        del form["/XFA"]
    if isinstance(form, Dictionary) and form.get("/NeedAppearances", False) is True:
        source.generate_appearance_streams()
    source.flatten_annotations("screen")


def _streams(pdf: Pdf) -> Iterator[Stream]:
    return (each for each in pdf.objects if isinstance(each, Stream))


def _weigh(stream: Stream) -> None:
    """Refuse a picture too large to show, and take what a photo tells of its place and device out of it."""
    width, height = (_whole(stream.get(key, 0)) for key in ("/Width", "/Height"))
    if width * height > MOST_PIXELS:
        raise Unclean("too_hard")
    filters = _filters(stream)
    if not set(filters) <= FILTERS or (not filters and stream.read_raw_bytes().startswith(START)):
        raise Unclean("broken_pdf")  # packed in a way that nobody knows, or a photo that does not say so
    if "/DCTDecode" in filters:
        stream.write(plain_jpeg(_photo_in(stream)), filter=Name.DCTDecode)


def _photo_in(stream: Stream) -> bytes:
    """The bytes of a JPEG in a PDF, taken out of what it is packed in besides."""
    raw, packing = stream.read_raw_bytes(), _filters(stream)[:-1]
    if packing == ["/ASCII85Decode"]:
        return base64.a85decode(b"<~" + raw.strip(), adobe=True)
    if packing == ["/FlateDecode"]:
        return zlib.decompressobj().decompress(raw, MOST_UNPACKED)
    if packing:
        raise Unclean("too_hard")
    return raw


def _whole(number: object) -> int:
    try:
        return max(int(number), 0)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        raise Unclean("broken_pdf") from None


def _filters(stream: Stream) -> list[str]:
    named = stream.get("/Filter")
    if isinstance(named, Array):
        return [str(each) for each in named]
    return [str(named)] if isinstance(named, Object) else []


def _saved(fresh: Pdf) -> bytes:
    _refuse_bombs(fresh)
    out = io.BytesIO()
    fresh.save(out, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _refuse_bombs(fresh: Pdf) -> None:
    """Unpack what is packed, a little at a time and only to count: a small file must not hold a large one."""
    left = MOST_UNPACKED
    for stream in _streams(fresh):
        packing = [name for name in _filters(stream) if name in RATIOS]
        if len(packing) > 1:
            raise Unclean("too_hard")
        for name in packing:
            left -= _size_behind(stream, name, left)
        if left <= 0:
            raise Unclean("too_hard")


def _size_behind(stream: Stream, name: str, most: int) -> int:
    """How many bytes a stream unpacks to; the most it could, where that is not counted."""
    raw, filters = stream.read_raw_bytes(), _filters(stream)
    if filters[0] == "/FlateDecode":
        return _unpacked_size(raw, most)
    if filters[:2] == ["/ASCII85Decode", "/FlateDecode"]:
        return _unpacked_size(base64.a85decode(b"<~" + raw.strip(), adobe=True), most)
    return len(raw) * RATIOS[name]


def _unpacked_size(packed: bytes, most: int) -> int:
    unpacking, size = zlib.decompressobj(), 0
    try:
        while packed and size < most and not unpacking.eof:
            size += len(unpacking.decompress(packed, 1 << 20))
            packed = unpacking.unconsumed_tail
    except zlib.error:
        if size == 0:
            raise  # it is no packed stream at all; a damaged one shows less, and what could be read was counted
    return size
