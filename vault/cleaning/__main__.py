"""Inside the locked room: bytes in on one side, an answer out on the other. See `vault.cleaning.room`."""

import json
import math
import resource
import sys
from pathlib import Path
from typing import BinaryIO

HOUSE = Path(__file__).resolve().parent.parent.parent


def lock() -> None:
    """From here on: no file is written, none grows, and whoever takes too long or too much ends."""
    from vault.cleaning.room import MOST_MEMORY_BYTES, MOST_SECONDS

    _limit(resource.RLIMIT_CPU, MOST_SECONDS)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":  # elsewhere this limit is refused or ignored
        _limit(resource.RLIMIT_AS, MOST_MEMORY_BYTES)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def answer(data: bytes, *, sheets: bool, out: BinaryIO) -> None:
    """One line of JSON, then the cleaned bytes, then the thumbnail.

    A PDF is drawn once its cleaned bytes have left the room: whatever comes of the drawing, they are kept.
    """
    from vault.cleaning import clean
    from vault.cleaning.cleaned import Unclean
    from vault.cleaning.pdfs import PDF

    try:
        cleaned = clean(data, sheets=sheets)
    except Unclean as unclean:
        out.write(json.dumps({"unclean": unclean.code}).encode() + b"\n")
        return
    except MemoryError:
        out.write(json.dumps({"unclean": "too_hard"}).encode() + b"\n")
        return
    head = {"content_type": cleaned.content_type, "sheets": cleaned.sheets, "size": len(cleaned.data)}
    out.write(json.dumps(head).encode() + b"\n" + cleaned.data)
    out.flush()
    out.write(drawn(cleaned.data) if cleaned.content_type == PDF else cleaned.thumbnail)


def drawn(pdf: bytes) -> bytes:
    """A small picture of a clean PDF; who takes too long over it ends."""
    from vault.cleaning.room import DRAWING_SECONDS

    spent = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, math.ceil(spent.ru_utime + spent.ru_stime) + DRAWING_SECONDS)
    from vault.cleaning.drawing import sheets_in_small

    return sheets_in_small(pdf)


def show(pdf: bytes, number: int, out: BinaryIO) -> None:
    """One sheet of a clean PDF as a picture."""
    from vault.cleaning.drawing import sheet_in_full

    out.write(sheet_in_full(pdf, number))


if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))
    lock()
    if sys.argv[1] == "sheet":
        show(sys.stdin.buffer.read(), int(sys.argv[2]), sys.stdout.buffer)
        sys.exit()
    answer(sys.stdin.buffer.read(), sheets=sys.argv[1:] == ["sheets"], out=sys.stdout.buffer)
