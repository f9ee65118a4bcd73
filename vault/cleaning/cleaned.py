"""What comes out of the cleaning, and why nothing did."""

from dataclasses import dataclass

CODES = (
    "empty_file",
    "too_big",
    "wrong_type",
    "broken_picture",
    "too_many_pixels",
    "broken_pdf",
    "locked_pdf",
    "form_pdf",
    "pdf_of_files",
    "too_long_pdf",
    "broken_sheet",
    "sheet_with_macros",
    "sheet_with_links",
    "too_hard",
)


@dataclass(frozen=True)
class Cleaned:
    """A file made anew: its bytes and type, how many sheets of paper it shows, and a small JPEG of it (or nothing)."""

    data: bytes
    content_type: str
    sheets: int = 1
    thumbnail: bytes = b""


class Unclean(Exception):
    """This file cannot be taken; `code` is one of CODES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
