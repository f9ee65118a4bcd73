"""Several pages bound into one PDF, for reading. Takes only what the cleaning gave."""

import io
from collections.abc import Iterable

import pikepdf
from PIL import Image

LETTER = (612.0, 792.0)  # points, upright


def bind(pages: Iterable[tuple[bytes, str]]) -> bytes:
    """One PDF of (bytes, content type) pairs: pictures a page each, turned as they lie; PDFs with all their pages."""
    bound = pikepdf.Pdf.new()
    for data, content_type in pages:
        if content_type == "application/pdf":
            with pikepdf.open(io.BytesIO(data)) as part:
                bound.pages.extend(part.pages)
        else:
            _add_picture(bound, data)
    out = io.BytesIO()
    bound.save(out, deterministic_id=True)
    return out.getvalue()


def _add_picture(bound: pikepdf.Pdf, data: bytes) -> None:
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
        if picture.format == "PNG":
            jpeg = io.BytesIO()
            picture.save(jpeg, "JPEG", quality=90)
            data = jpeg.getvalue()
        width, height, is_grey = *picture.size, picture.mode == "L"
    image = pikepdf.Stream(bound, data)
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceGray if is_grey else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    across, down = LETTER if height >= width else LETTER[::-1]
    scale = min(across / width, down / height)
    drawn = f"q {width * scale:.2f} 0 0 {height * scale:.2f} 0 {down - height * scale:.2f} cm /Photo Do Q"
    page = bound.add_blank_page(page_size=(across, down))
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=image))
    page.obj.Contents = pikepdf.Stream(bound, drawn.encode())
