"""The photos inside PDFs: the same picture, bit for bit, without the segments that tell of camera, place and author.

Source: ITU-T T.81, annex B: segments between SOI and SOS, each with its length behind its marker.
"""

from vault.cleaning.cleaned import Unclean

START, END = b"\xff\xd8", b"\xff\xd9"
QUANTIZATION, HUFFMAN, RESTART, SCAN = 0xDB, 0xC4, 0xDD, 0xDA
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
TELLING = {*range(0xE0, 0xF0), 0xFE}  # what applications and people wrote into it
JFIF, ADOBE = 0xE0, 0xEE  # of those, two say how the picture is meant


def plain_jpeg(data: bytes) -> bytes:
    """The JPEG without what it tells. Raises Unclean("broken_pdf") if it is none, or a damaged one."""
    kept, at = [START], len(START)
    while data.startswith(START) and at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:  # a marker may be led in by more of these
            at += 1
            continue
        if marker == SCAN:  # the picture itself, to its end
            end = data.rfind(END)
            return b"".join([*kept, data[at : end + 2] if end > at else data[at:]])
        said = data[at + 4 : at + 2 + length]
        if _is_of_the_picture(marker, said):
            kept.append(data[at : at + 2 + length])
        elif marker not in TELLING:
            break
        at += 2 + length
    raise Unclean("broken_pdf")


def _is_of_the_picture(marker: int, said: bytes) -> bool:
    """Whether a segment is what its marker promises and nothing more: words in disguise are not."""
    if marker == JFIF:
        return said.startswith(b"JFIF\0") and len(said) == 14
    if marker == ADOBE:
        return said.startswith(b"Adobe") and len(said) == 12
    if marker in FRAMES:
        return len(said) >= 6 and len(said) == 6 + 3 * said[5]
    if marker == RESTART:
        return len(said) == 2
    if marker == QUANTIZATION:
        return _is_filled(said, lambda rest: 1 + 64 * (2 if rest[0] >> 4 else 1))
    return marker == HUFFMAN and _is_filled(said, lambda rest: 17 + sum(rest[1:17]))


def _is_filled(said, size_of) -> bool:
    while said:
        size = size_of(said)
        if size > len(said):
            return False
        said = said[size:]
    return True
