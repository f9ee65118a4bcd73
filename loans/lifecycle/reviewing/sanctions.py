"""Lists of sanctions: loaded whole by a manager, in place of the version before. They never leave the house.

No case stands behind it, so no state moves and no event is written: the rows of the versions are the history.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role, User
from applicants.spelled import LONGEST_WORD, folded, forms_of
from config import clock
from loans.lifecycle.once import key_of, made_before
from loans.lifecycle.refusal import Refused
from loans.models import SanctionEntry, SanctionList, SanctionWord
from loans.sanction_files import ListRefused, Row, read_list

READ = frozenset({Role.MANAGER, Role.AUDITOR})
LOAD = frozenset({Role.MANAGER})
CHUNK = 2000


def load(name: str, data: bytes, *, by: User, once_key: str = "") -> SanctionList:
    """Load a list that the office calls `name` from the bytes of a file, in place of its version before.

    The one before holds until the new one is whole. The same form sent twice gives the first version again. Raises
    PermissionDenied for anybody but a manager, and Refused: no_words, list_too_big, list_empty, list_unreadable,
    list_without_names, list_rows (`count`, and `lines` of the first ones), list_is_newest, once_key_reused.
    """
    if not by.roles & LOAD:
        raise PermissionDenied("a list of sanctions is loaded by a manager")
    said = {"name": " ".join(name.split())[:120], "sha256": hashlib.sha256(data).hexdigest()}
    if not said["name"]:
        raise Refused("no_words", field="name")
    key, same = key_of(once_key), {**said, "loaded_by_id": by.pk}
    before: SanctionList | None = made_before(SanctionList, key, same)
    if before:
        return before
    try:
        rows = read_list(data)
    except ListRefused as refused:
        told = {"count": refused.count, "lines": refused.lines}
        raise Refused(refused.code, field="file", **told) from refused
    try:
        return _put(said, rows, len(data), by, key)
    except (Refused, IntegrityError):  # the same form, or the same list, at the same moment
        before = made_before(SanctionList, key, same)
        if before:
            return before
        raise Refused("list_is_newest", field="file") from None


@transaction.atomic
def _put(said: dict[str, str], rows: Sequence[Row], size: int, by: User, key: str | None) -> SanctionList:
    folded_name = folded(said["name"])[:120]
    current = SanctionList.objects.select_for_update().filter(key=folded_name, is_current=True)
    for before in current:
        if before.sha256 == said["sha256"]:
            raise Refused("list_is_newest", field="file")
        _empty(before)
    version: SanctionList = SanctionList.objects.create(
        **said, key=folded_name, loaded_at=clock.now(), loaded_by=by, size=size, count=len(rows), once_key=key
    )
    for chunk in _chunks(rows):
        entries = SanctionEntry.objects.bulk_create(_entry(version, row) for row in chunk)
        SanctionWord.objects.bulk_create(word for entry in entries for word in _words(entry))
    return version


def _empty(version: SanctionList) -> None:
    """Its entries go; the row says what it was."""
    SanctionWord.objects.filter(entry__version=version).delete()
    version.entries.all().delete()
    version.is_current = False
    version.save(update_fields=["is_current"])


def _chunks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _entry(version: SanctionList, row: Row) -> SanctionEntry:
    told = {"part": row.part, "item": row.item, "name": row.name, "aliases": list(row.aliases), "born": row.born}
    return SanctionEntry(version=version, line=row.line, **told)


def _words(entry: SanctionEntry) -> Iterator[SanctionWord]:
    forms = [form for name in (entry.name, *entry.aliases) for form in forms_of(name)]
    whole = {word for form in forms if len(form) == 1 for word in form}
    for word in sorted({word for form in forms for word in form}):
        yield SanctionWord(entry=entry, word=word[:LONGEST_WORD], is_whole=word in whole)
