"""The proof of the roots: each made again from the facts and signings up to it."""

import hashlib
from collections.abc import Iterator

from loans.lifecycle.ledger import roots
from loans.lifecycle.ledger.chain import START
from loans.models import Fact, Root


class Tips:
    """The last fact of every loan, while facts come in by their order of recording."""

    def __init__(self) -> None:
        self._lines: dict[str, bytes] = {}
        self._sorted: list[str] = []

    def take(self, tip: roots.Tip) -> None:
        """A fact was recorded."""
        self._lines[tip[0]] = roots.line(tip)

    def lines(self) -> list[bytes]:
        """The loans' lines in the order of their numbers."""
        if len(self._sorted) < len(self._lines):
            known = set(self._sorted)
            self._sorted += [loan for loan in self._lines if loan not in known]
            self._sorted.sort()
        return [self._lines[loan] for loan in self._sorted]


class Signings:
    """The running hash over all signings, while roots come in by their number."""

    def __init__(self) -> None:
        self._rows = iter(roots.signings())
        self._next = next(self._rows, None)
        self._digest, self._count = hashlib.sha256(), 0

    def agree(self, root: Root) -> bool:
        """Whether a root counts and hashes exactly the signings up to its last one; those of version 1 know none."""
        if root.hash_version == 1:
            return True
        while self._next and self._next[0] <= root.signed_through:
            self._digest.update(self._next[1])
            self._count, self._next = self._count + 1, next(self._rows, None)
        return (root.signing_count, root.signings_hash) == (self._count, self._digest.hexdigest())


def wrong() -> Iterator[tuple[int, str]]:
    """What is wrong with the roots, as (number, sentence): all facts are read once, in their order of recording.

    What is gone is lacking in every root after it, so only the first that does not follow is named.
    """
    rows = Fact.objects.order_by("pk").values_list("pk", "loan__number", "number", "hash").iterator(chunk_size=2000)
    tips, signings, fact, before = Tips(), Signings(), next(rows, None), None
    follows = are_signed = True
    for number, root in enumerate(Root.objects.order_by("number"), start=1):
        while fact and fact[0] <= root.through:
            tips.take((fact[1], fact[2], fact[3]))
            fact = next(rows, None)
        if root.number != number:
            yield number, "the root is missing"
            return
        if root.previous_hash != (before.hash if before else START):
            yield number, "the root does not hold on to the one before it"
        if before and (root.on <= before.on or root.through < before.through):
            yield number, "the root lies before an earlier one"
        lines = tips.lines()
        if root.loan_count != len(lines):
            yield number, f"the root counts {root.loan_count} loans, the facts up to it are of {len(lines)}"
        if follows and root.hash != roots.sealed(root, lines):
            follows = False
            yield number, "the root does not follow from the facts up to it"
        if are_signed and not signings.agree(root):
            are_signed = False
            yield number, "the root does not follow from the signings up to it"
        before = root
