"""What a paper is, by its content: names and declared types are not believed."""

import io
import warnings

from PIL import Image, UnidentifiedImageError

from loans.lifecycle.refusal import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}


def read_paper(data: bytes) -> str:
    """The content type of a PDF, JPEG or PNG of up to 10 MB.

    Raises Refused: empty_file, too_big, wrong_type, broken_picture, broken_pdf.
    """
    if not data:
        raise Refused("empty_file")
    if len(data) > MOST_BYTES:
        raise Refused("too_big")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        if b"%%EOF" not in data[-2048:]:
            raise Refused("broken_pdf")
        return "application/pdf"
    return _read_picture(data)


def _read_picture(data: bytes) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(PICTURES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Refused("too_big")
                picture.load()
                return PICTURES[str(picture.format)]
    except UnidentifiedImageError:
        raise Refused("wrong_type") from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("broken_picture") from None
