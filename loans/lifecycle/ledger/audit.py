"""The proof of the books: every loan replayed, every root made again, every difference named."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Prefetch

from loans.lifecycle.contracts import evidence
from loans.lifecycle.deciding import record
from loans.lifecycle.ledger import books, chain, positions, root_proof
from loans.lifecycle.lending.planning import Versions, read_versions
from loans.models import Entry, Fact, Loan
from money.book import Book, BookError, FactKind
from money.fold import Fold

AT_ONCE = 200  # loans
Written = tuple[date, str, str, int, int]  # day, debit, credit, cents, key of the fact


@dataclass(frozen=True)
class Finding:
    """Something that does not add up; of the loan, fact, root and case it names those that are known."""

    loan: str | None
    what: str
    fact: int | None = None
    root: int | None = None
    case: str | None = None

    def __str__(self) -> str:
        where = [("loan", self.loan), ("fact", self.fact), ("root", self.root), ("case", self.case)]
        return ", ".join(f"{name} {number}" for name, number in where if number is not None) + f": {self.what}"


def audit() -> Iterator[Finding]:
    """Replay every loan, make every root again, prove every signing and every record of a decision, and yield what is
    wrong."""
    for loans in _chunks():
        written, plans = _entries_of(loans), read_versions(loans)
        for loan in loans:
            for fact, what in _wrong_with(loan, written[loan.pk], plans[loan.pk]):
                yield Finding(loan.number, what, fact=fact)
    for root, what in root_proof.wrong():
        yield Finding(None, what, root=root)
    for number, what in evidence.wrong():
        yield Finding(number, what)
    for case, what in record.wrong():
        yield Finding(None, what, case=case)


def _chunks() -> Iterator[list[Loan]]:
    """All loans, so many at once, each with its facts and its position."""
    facts = Prefetch("facts", Fact.objects.prefetch_related("reverses"))  # no join: it would read every fact there is
    loans = Loan.objects.order_by("pk").select_related("position").prefetch_related(facts)
    last = 0
    while chunk := list(loans.filter(pk__gt=last)[:AT_ONCE]):
        yield chunk
        last = chunk[-1].pk


def _entries_of(loans: list[Loan]) -> dict[int, list[Written]]:
    found: dict[int, list[Written]] = defaultdict(list)
    rows = Entry.objects.filter(loan__in=loans)
    columns = ("loan_id", "on", "debit", "credit", "cents", "fact_id")
    for loan, on, debit, credit, cents, fact in rows.values_list(*columns).iterator():
        found[loan].append((on, debit, credit, cents, fact))
    return found


def _wrong_with(loan: Loan, written: list[Written], versions: Versions) -> Iterator[tuple[int | None, str]]:
    """What is wrong with a loan: (number of the fact or None, sentence)."""
    yield from _plan(loan, versions)
    yield from _chain(loan)
    facts = list(loan.facts.all())
    numbers = {fact.pk: fact.number for fact in facts}
    if any(key not in numbers for *_, key in written):
        yield None, "entries without a fact of this loan"
    if not facts:
        return
    try:
        fold, book = books.folded(loan)
    except (BookError, ValueError) as error:
        yield getattr(error, "number", None), f"the facts cannot be replayed ({error})"
        return
    for on, debit, credit, cents in books.difference(book, (line[:4] for line in written)):
        fact = _latest_on((on, debit, credit), book, written, numbers)
        yield fact, f"entries differ from the replay on {on}: {debit} / {credit} by {cents} cents"
    newest = max(versions, default=0)
    if tuple(versions.get(newest, ())) != book.version.instalments:
        yield None, f"plan {newest} is not the one that terms and facts put in force"
        return
    yield from _position(loan, book, fold, facts[-1])
    if loan.state == Loan.State.REPAID and not book.owes_nothing:
        yield None, "repaid, but owes something"


def _plan(loan: Loan, versions: Versions) -> Iterator[tuple[None, str]]:
    """Each version adds up to the principal; but once rescheduled, to what was owed then."""
    if not versions:
        yield None, "no plan"
    if any(fact.kind == FactKind.RESCHEDULE for fact in loan.facts.all()):
        return
    planned = loan.principal_cents + (loan.fee_cents if loan.fee_paid == "added" else 0)
    for version, rows in versions.items():
        if sum(row.principal_cents for row in rows) != planned:
            yield None, f"plan {version} does not add up to the principal"


def _chain(loan: Loan) -> Iterator[tuple[int, str]]:
    previous = chain.START
    for number, fact in enumerate(loan.facts.all(), start=1):
        if fact.number != number:
            yield number, "the fact is missing"
            return
        if fact.previous_hash != previous or fact.hash != chain.chained_hash(fact):
            yield number, "the chain breaks at the fact"
            return
        previous = fact.hash
    for earlier, later in pairwise(loan.facts.all()):
        if later.pk < earlier.pk:
            yield later.number, "the fact was slipped in before an earlier one"


def _latest_on(line: tuple[date, str, str], book: Book, written: list[Written], numbers: dict[int, int]) -> int | None:
    """The newest fact that wrote, or should have written, on a line or its mirror."""
    on, debit, credit = line
    sides = {debit, credit}
    found = [entry.fact for entry in book.entries if entry.on == on and {entry.debit, entry.credit} == sides]
    found += [numbers.get(key, 0) for day, one, other, _, key in written if day == on and {one, other} == sides]
    return max(found, default=None)


def _position(loan: Loan, book: Book, fold: Fold, last: Fact) -> Iterator[tuple[int, str]]:
    position = getattr(loan, "position", None)
    if position is None:
        yield last.number, "no position"
        return
    for name, value in positions.position_values(loan, book, fold, last).items():
        if getattr(position, name) != value and (name != "checkpoint" or positions.is_readable(position)):
            yield last.number, f"position: {name} differs from the fold"
