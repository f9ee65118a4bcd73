"""The root of the night: one hash over every loan's chain and every signing, which leaves the house.

A chain proves itself; it cannot prove that its end, or a whole loan, is still there. The root can, to whoever got it by
mail and compares it (docs/verifying.md).
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date

from django.db import transaction
from django.db.models import Max

from accounts.models import Role, User
from config import clock
from letters.post import post
from loans.lifecycle.ledger.chain import START
from loans.lifecycle.ledger.closing import hold_back_writers
from loans.lifecycle.step import Tally
from loans.models import Fact, Root, SigningRecord

HASH_VERSION = 2  # 1: without the signings
Tip = tuple[str, int, str]  # a loan's number, the number of its last fact, that fact's hash


def make_root(day: date) -> Tally:
    """The clock seals the books of `day` and tells the auditors; nothing to do when that day, or a later one, has its
    root, or while the books are empty. No fact can slip in behind a root: who writes one waits until it is made.
    """
    with transaction.atomic():
        hold_back_writers()
        last = Root.objects.last()
        through = Fact.objects.aggregate(newest=Max("pk"))["newest"]
        if through is None or (last and last.on >= day):
            return Tally()
        root = Root(
            number=last.number + 1 if last else 1,
            on=day,
            made_at=clock.now(),
            through=through,
            previous_hash=last.hash if last else START,
            hash_version=HASH_VERSION,
        )
        tips = sorted(last_facts())
        root.loan_count = len(tips)
        _take_up_signings(root)
        root.hash = sealed(root, map(line, tips))
        root.save(force_insert=True)
        _tell(root)
    return Tally(done=1)


def last_facts() -> Iterable[Tip]:
    """Every loan's last fact, in one query."""
    newest = Fact.objects.values("loan").annotate(newest=Max("pk")).values("newest")
    return Fact.objects.filter(pk__in=newest).values_list("loan__number", "number", "hash")


def _take_up_signings(root: Root) -> None:
    digest = hashlib.sha256()
    for key, said in signings():
        digest.update(said)
        root.signed_through, root.signing_count = key, root.signing_count + 1
    root.signings_hash = digest.hexdigest()


def signings() -> Iterable[tuple[int, bytes]]:
    """What each signing adds to a root, with its id, in the order of recording: the loan's number, the file's hash."""
    rows = SigningRecord.objects.order_by("pk").values_list("pk", "loan__number", "hash")
    return ((key, f"{loan} {hash}\n".encode()) for key, loan, hash in rows.iterator(chunk_size=2000))


def line(tip: Tip) -> bytes:
    """What one loan adds to a root."""
    return "{} {} {}\n".format(*tip).encode()


def sealed(root: Root, lines: Iterable[bytes]) -> str:
    """The root's hash: SHA-256 over its own columns as a line of JSON, then the loans' lines by number.

    Version 1 had no columns of signings.
    """
    head: list[object] = [
        root.hash_version,
        root.previous_hash,
        root.number,
        root.on.isoformat(),
        root.made_at.astimezone(UTC).isoformat(),
        root.through,
        root.loan_count,
    ]
    if root.hash_version > 1:
        head += [root.signed_through, root.signing_count, root.signings_hash]
    digest = hashlib.sha256(json.dumps(head, separators=(",", ":")).encode() + b"\n")
    digest.update(b"".join(lines))
    return digest.hexdigest()


def _tell(root: Root) -> None:
    for auditor in User.objects.holding(Role.AUDITOR):
        post(
            "books_sealed",
            to=auditor,
            facts={
                "number": root.number,
                "on": root.on.isoformat(),
                "count": root.loan_count,
                "hash": root.hash,
                "previous_hash": root.previous_hash,
            },
            occasion=f"root:{root.number}",
        )
