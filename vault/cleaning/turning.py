"""A picture turned for looking at it: what is kept stays as it is. Takes only what the cleaning gave."""

import io

from PIL import Image

QUARTERS = {  # degrees to the right
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def turned(data: bytes, degrees: int) -> bytes:
    """A JPEG or PNG turned to the right by 0, 90, 180 or 270 degrees, in its own format. Raises KeyError."""
    if not degrees:
        return data
    out = io.BytesIO()
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
        kind = picture.format
        picture.transpose(QUARTERS[degrees]).save(out, kind, quality=90)
    return out.getvalue()
