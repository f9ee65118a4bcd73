"""A locked room for hostile bytes: another process, without keys, database or files, that may not take long or grow.

It is started anew for each file and knows nothing of the house: it gets the bytes and gives the cleaned ones back. If
it runs out of time or memory, or dies of what it reads, the file is refused and nothing else has happened. If
it does so over the small picture of a PDF that is clean already, the paper is kept without the picture.
"""

import json
import subprocess
import sys
from pathlib import Path

from vault.cleaning.cleaned import CODES, Cleaned, Unclean

MOST_MEMORY_BYTES = 1536 * 1024 * 1024  # of address space; a photo of 50 million pixels needs less than half
MOST_SECONDS = 15  # of work by the processor
DRAWING_SECONDS = 4  # of these at most for a small picture of a PDF, which is kept without one otherwise
PATIENCE_SECONDS = 40  # by the clock on the wall: a busy machine is no reason to refuse
DOOR = Path(__file__).resolve().parent / "__main__.py"


def clean_apart(data: bytes, *, sheets: bool = False) -> Cleaned:
    """What `vault.cleaning.clean` gives, worked out in the locked room. Raises Unclean, also "too_hard"."""
    command = [sys.executable, "-I", str(DOOR), "sheets" if sheets else "papers"]
    try:
        ended = subprocess.run(  # noqa: S603
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, timeout=PATIENCE_SECONDS
        )
    except subprocess.TimeoutExpired as late:
        return _understood(late.stdout or b"", is_whole=False)
    return _understood(ended.stdout, is_whole=ended.returncode == 0)


def draw_apart(pdf: bytes, number: int) -> bytes:
    """A JPEG of one sheet of a PDF that is clean already, counted from 1; empty bytes when it could not be drawn."""
    command = [sys.executable, "-I", str(DOOR), "sheet", str(number)]
    try:
        ended = subprocess.run(  # noqa: S603
            command, input=pdf, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, timeout=PATIENCE_SECONDS
        )
    except subprocess.TimeoutExpired:
        return b""
    return ended.stdout if ended.returncode == 0 else b""


def _understood(answer: bytes, *, is_whole: bool) -> Cleaned:
    """What was said until it ended; the thumbnail comes last, and is taken only when it ended well."""
    head, end, body = answer.partition(b"\n")
    if not end:
        raise Unclean("too_hard")
    told = json.loads(head)
    if code := told.get("unclean"):
        raise Unclean(code if code in CODES else "too_hard")
    size = told["size"]
    if len(body) < size:
        raise Unclean("too_hard")
    return Cleaned(body[:size], told["content_type"], told["sheets"], body[size:] if is_whole else b"")
