"""Photos: upright, smaller, and of nothing but pixels."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.vault.cleaning.heic import HEIC
from vault.cleaning import Unclean
from vault.cleaning.pictures import LONGEST_SIDE, MOST_PIXELS, MOST_PNG_BYTES, THUMBNAIL_SIDE, clean_picture

RED, BLUE = (220, 20, 20), (20, 20, 220)


def photo(kind="JPEG", turned=1, size=(80, 40)):
    """Red on the left, blue on the right, with the place and the way the camera was held."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    said = Image.Exif()
    said[0x0112] = turned
    said.get_ifd(0x8825).update({1: "N", 2: (45.0, 25.0, 29.0)})
    out = io.BytesIO()
    picture.save(out, kind, exif=said.tobytes(), quality=95)
    return out.getvalue()


def opened(data):
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def is_near(colour, wanted):
    return all(abs(a - b) < 40 for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("data", [photo(), photo("PNG"), HEIC], ids=["JPEG", "PNG", "HEIC"])
def test_the_place_is_gone(data):
    assert opened(data).getexif().get_ifd(0x8825)
    assert not opened(clean_picture(data).data).getexif()
    assert not opened(clean_picture(data).thumbnail).getexif()


@pytest.mark.parametrize(
    ("turned", "size", "first"), [(1, (80, 40), RED), (3, (80, 40), BLUE), (6, (40, 80), RED), (8, (40, 80), BLUE)]
)
def test_a_photo_taken_sideways_stands_upright_before_that_is_forgotten(turned, size, first):
    kept = opened(clean_picture(photo(turned=turned)).data)
    assert kept.size == size
    assert is_near(kept.getpixel((4, 4)), first)


def test_a_heic_becomes_a_jpeg():
    cleaned = clean_picture(HEIC)
    assert cleaned.content_type == "image/jpeg"
    assert is_near(opened(cleaned.data).getpixel((5, 5)), RED)


def test_a_large_photo_is_made_smaller_and_its_thumbnail_small():
    cleaned = clean_picture(photo(size=(5000, 2500)))
    assert max(opened(cleaned.data).size) == LONGEST_SIDE
    assert max(opened(cleaned.thumbnail).size) == THUMBNAIL_SIDE
    assert len(cleaned.thumbnail) < 20_000


def test_a_photo_is_kept_as_large_as_the_phone_would_have_made_it():
    script = (Path(settings.BASE_DIR) / "static/js/uploads.js").read_text()
    assert f"const LONGEST = {LONGEST_SIDE};" in script


@pytest.mark.parametrize("side", [7700, 7800])
def test_a_photo_of_more_than_60_million_pixels_is_not_opened(side):
    out = io.BytesIO()
    Image.new("L", (side, side)).save(out, "PNG")
    if side * side <= MOST_PIXELS:
        assert max(opened(clean_picture(out.getvalue()).data).size) == LONGEST_SIDE
    else:
        with pytest.raises(Unclean, match="too_many_pixels"):
            clean_picture(out.getvalue())


def test_what_shows_through_shows_white_paper():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(clean_picture(out.getvalue()).data).getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_of_grey_stay_grey():
    out = io.BytesIO()
    Image.new("I;16", (10, 10), 0x8000).save(out, "PNG")
    assert abs(opened(clean_picture(out.getvalue()).data).getpixel((5, 5)) - 0x80) < 3


def test_a_photo_saved_as_png_is_kept_as_jpeg():
    out = io.BytesIO()
    Image.effect_noise((2000, 1500), 90).convert("RGB").save(out, "PNG")
    assert len(out.getvalue()) > MOST_PNG_BYTES
    assert clean_picture(out.getvalue()).content_type == "image/jpeg"
