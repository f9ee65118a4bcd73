"""Photos: decoded, turned upright, made smaller, and written anew from their pixels alone.

Nothing but pixels goes over: no EXIF (which tells the place), no XMP, comments, profiles or embedded previews, nothing
that hides behind the end of the picture, no second picture.
"""

import io
import warnings

from pi_heif import register_heif_opener
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from vault.cleaning.cleaned import Cleaned, Unclean

register_heif_opener(thumbnails=False, decode_threads=1)

FORMATS = ("JPEG", "PNG", "HEIF")
MOST_PIXELS = 60_000_000  # a phone of today takes 50 million
LONGEST_SIDE = 2000  # pixels, as static/js/uploads.js has it: a sheet of letter paper at 180 dots an inch
THUMBNAIL_SIDE = 240
QUALITY, THUMBNAIL_QUALITY = 85, 70
MOST_PNG_BYTES = 2 * 1024 * 1024  # a larger one is a photo, and a JPEG serves it better
WRONG = (OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, ArithmeticError, RuntimeError)


def clean_picture(data: bytes) -> Cleaned:
    """A JPEG or PNG of at most LONGEST_SIDE, upright, with a thumbnail. Raises Unclean."""
    try:
        pixels, was_png = _pixels_of(data)
    except UnidentifiedImageError:
        raise Unclean("wrong_type") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unclean("too_many_pixels") from None
    except WRONG:
        raise Unclean("broken_picture") from None
    if was_png and len(png := _written(pixels, "PNG")) <= MOST_PNG_BYTES:
        return Cleaned(png, "image/png", thumbnail=thumbnail_of(pixels))
    return Cleaned(_written(pixels, "JPEG"), "image/jpeg", thumbnail=thumbnail_of(pixels))


def thumbnail_of(pixels: Image.Image) -> bytes:
    """A small JPEG of a picture that is clean already."""
    small = pixels.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return small_jpeg(small)


def small_jpeg(pixels: Image.Image) -> bytes:
    """A picture that is small already, as a JPEG of a thumbnail's quality."""
    return _written(pixels, "JPEG", quality=THUMBNAIL_QUALITY)


def full_jpeg(pixels: Image.Image) -> bytes:
    """A picture as a JPEG of the quality that photos are kept in."""
    return _written(pixels, "JPEG")


def _pixels_of(data: bytes) -> tuple[Image.Image, bool]:
    """The upright pixels, in grey or colour, and whether they came as a PNG."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # other libraries in this process may have switched it on
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unclean("too_many_pixels")
            was_png = picture.format == "PNG"
            if picture.format == "JPEG":
                picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # decodes a large photo at a fraction of its size
            picture.load()
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
    return _in_grey_or_colour(upright), was_png


def _in_grey_or_colour(picture: Image.Image) -> Image.Image:
    """A copy that remembers nothing but its pixels; what shows through, shows white paper."""
    if picture.mode in ("1", "L", "I", "F", "I;16", "I;16B", "I;16L") and "transparency" not in picture.info:
        plain = picture.point(lambda value: value / 256).convert("L") if picture.mode.startswith("I") else picture
        plain = plain.convert("L")
    elif picture.mode in ("RGB", "CMYK", "YCbCr") and "transparency" not in picture.info:
        plain = picture.convert("RGB")
    else:
        layered = picture.convert("RGBA")
        plain = Image.new("RGB", picture.size, "white")
        plain.paste(layered, mask=layered.getchannel("A"))
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh


def _written(pixels: Image.Image, kind: str, quality: int = QUALITY) -> bytes:
    out = io.BytesIO()
    pixels.save(out, kind, quality=quality, optimize=True)
    return out.getvalue()
