"""Files that arrive in pieces: a line that breaks goes on where it was, today or tomorrow."""

import hashlib
import re
from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from config import clock
from loans.lifecycle.applying import filling
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.papers import clean_paper
from loans.lifecycle.step import Tally, one_by_one
from loans.models import Application, Piece, Upload
from loans.paper_kinds import NEVER_ASKED, PAPER_KINDS
from vault.cleaning import MOST_PHOTO_BYTES, Cleaned, most_bytes
from vault.models import StoredFile

MOST_UNFINISHED = 10  # files that one person may have on their way at once
MOST_PIECE_BYTES = 1024 * 1024
DAYS = 3  # a file of which nothing came for so long is forgotten
KEPT = "kept"
_SHA256 = re.compile(r"[0-9a-f]{64}|")


@transaction.atomic
def begin(application: Application, kind: str, *, name: str, size: int, sha256: str, by: User) -> Upload:
    """Announce a file of `size` bytes. The same file announced again (kind, size, `sha256`) is the same upload.

    Raises Refused: not_open, unknown_paper, empty_file, too_big, too_many_uploads.
    """
    if kind not in PAPER_KINDS or kind in NEVER_ASKED or not _SHA256.fullmatch(sha256):
        raise Refused("unknown_paper")
    application = filling.open_for_paper(application, kind, by)
    if size <= 0:
        raise Refused("empty_file")
    if size > MOST_PHOTO_BYTES:
        raise Refused("too_big")
    if same := _announced_before(application, kind, size, sha256, by):
        return same
    if Upload.objects.filter(by=by, outcome="").count() >= MOST_UNFINISHED:
        raise Refused("too_many_uploads")
    upload: Upload = Upload.objects.create(
        application=application,
        by=by,
        kind=kind,
        name=name[-150:],
        size=size,
        sha256=sha256,
        touched_at=clock.now(),
    )
    return upload


def _announced_before(application: Application, kind: str, size: int, sha256: str, by: User) -> Upload | None:
    if not sha256:
        return None
    same = application.uploads.filter(by=by, kind=kind, size=size, sha256=sha256)
    going_on: Upload | None = same.filter(outcome="").last() or same.filter(outcome=KEPT, page__isnull=False).last()
    return going_on


@transaction.atomic
def append(upload: Upload, start: int, data: bytes, *, by: User) -> Upload:
    """Keep the next bytes, sealed. What is over already stays as it is; a PDF that is too large is over at once.

    Raises Refused: not_open (not this person's), other_place (`start` is not where it stands), too_big.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.by_id != by.pk:
        raise Refused("not_open")
    if upload.outcome:
        return upload
    if start != upload.arrived:
        raise Refused("other_place")
    if len(data) > min(MOST_PIECE_BYTES, upload.size - start):
        raise Refused("too_big")
    if start == 0 and upload.size > most_bytes(data):
        return _over(upload, "too_big")
    if data:
        file = StoredFile.objects.put(data, name="", content_type="application/octet-stream")
        Piece.objects.create(upload=upload, start=start, file=file)
        upload.arrived += len(data)
        upload.touched_at = clock.now()
        upload.save(update_fields=["arrived", "touched_at"])
    return upload


def finish(upload: Upload, *, by: User) -> Upload:
    """Once all bytes are here: clean them and keep them as a page. `outcome` says "kept" or why not; done once."""
    if upload.outcome or upload.arrived < upload.size:
        return upload
    data = b"".join(piece.file.read() for piece in upload.pieces.select_related("file"))
    try:
        if upload.sha256 not in ("", hashlib.sha256(data).hexdigest()):
            raise Refused("lost_on_the_way")
        cleaned = clean_paper(data, upload.kind)
        with transaction.atomic():
            return _kept(upload, cleaned, by)
    except Refused as refused:
        with transaction.atomic():
            return _over(Upload.objects.select_for_update().get(pk=upload.pk), refused.code)


def _kept(upload: Upload, cleaned: Cleaned, by: User) -> Upload:
    case = Application.objects.select_for_update().select_related(None).get(pk=upload.application_id)
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if not upload.outcome:
        upload.page = filling.keep_paper(case, upload.kind, cleaned, name=upload.name, by=by)
    return _over(upload, KEPT)


def _over(upload: Upload, outcome: str) -> Upload:
    if not upload.outcome:
        upload.outcome, upload.touched_at = outcome, clock.now()
        upload.save(update_fields=["outcome", "touched_at", "page"])
        _drop_pieces(upload)
    return upload


def _drop_pieces(upload: Upload) -> None:
    for piece in upload.pieces.select_related("file"):
        piece.delete()
        piece.file.discard()


@transaction.atomic
def forget(upload: Upload) -> None:
    """Drop an upload and what has arrived of it; a page that it became stays."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    _drop_pieces(upload)
    upload.delete()


def forget_refused(application: Application, kind: str, *, by: User) -> None:
    """Another file is sent instead: what was refused of this kind need not be told any more."""
    application.uploads.filter(by=by, kind=kind).exclude(outcome__in=["", KEPT]).delete()


def forget_old_uploads(day: date) -> Tally:
    """The clock forgets uploads of which nothing came for DAYS days, and those that are over for so long."""
    old = Upload.objects.filter(touched_at__date__lt=day - timedelta(days=DAYS))
    return one_by_one(old, "forget_old_uploads", forget)
