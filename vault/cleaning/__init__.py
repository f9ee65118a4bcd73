"""Bytes in, harmless bytes out: whatever a stranger sends is made anew, and only what was made anew is kept.

Plain Python without Django or a database. `clean` reads hostile bytes: the house calls it through `room.clean_apart`.
"""

from vault.cleaning.cleaned import Cleaned, Unclean
from vault.cleaning.pdfs import clean_pdf
from vault.cleaning.pictures import clean_picture
from vault.cleaning.sheets import clean_sheet

MOST_BYTES = 10 * 1024 * 1024
MOST_PHOTO_BYTES = 25 * 1024 * 1024  # a photo is kept much smaller than it came

__all__ = ["MOST_BYTES", "MOST_PHOTO_BYTES", "Cleaned", "Unclean", "clean", "most_bytes"]


def clean(data: bytes, *, sheets: bool = False) -> Cleaned:
    """A JPEG, PNG or HEIC of up to 25 MB made anew, or a PDF of up to 10 MB; with `sheets` also an .xlsx.

    Its type is judged by content. Raises Unclean with one of `cleaned.CODES`.
    """
    if not data:
        raise Unclean("empty_file")
    if len(data) > most_bytes(data):
        raise Unclean("too_big")
    if _is_pdf(data):
        return clean_pdf(data)
    if sheets and _is_archive(data):
        return clean_sheet(data)
    return clean_picture(data)


def most_bytes(head: bytes) -> int:
    """How large a file may be that begins like this: the pages of a PDF are not made smaller, a photo is."""
    return MOST_BYTES if _is_pdf(head) or _is_archive(head) else MOST_PHOTO_BYTES


def _is_pdf(head: bytes) -> bool:
    return head[:1024].lstrip().startswith(b"%PDF-")


def _is_archive(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")
