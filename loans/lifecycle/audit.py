"""The proof of the books: every loan replayed, every difference named."""

from collections.abc import Iterator
from dataclasses import dataclass

from loans.lifecycle import books
from loans.models import Loan, Position
from money.book import Book


@dataclass(frozen=True)
class Finding:
    """Something in the books that does not add up."""

    loan: str
    what: str


def audit() -> Iterator[Finding]:
    """Replay every loan and yield what is wrong; nothing when the books are whole."""
    for loan in Loan.objects.order_by("pk").iterator(chunk_size=500):
        for what in (*_plan(loan), *_chain(loan), *_replay(loan)):
            yield Finding(loan.number, what)


def _plan(loan: Loan) -> Iterator[str]:
    for plan in loan.plans.prefetch_related("rows"):
        if sum(row.principal_cents for row in plan.rows.all()) != _planned_principal(loan):
            yield f"plan {plan.version} does not add up to the principal"


def _planned_principal(loan: Loan) -> int:
    return int(loan.principal_cents + (loan.fee_cents if loan.fee_paid == "added" else 0))


def _chain(loan: Loan) -> Iterator[str]:
    previous = books.START
    for number, fact in enumerate(loan.facts.select_related("reverses"), start=1):
        if fact.number != number:
            yield f"fact {number} is missing"
            return
        if fact.previous_hash != previous or fact.hash != books.chained_hash(fact):
            yield f"the chain breaks at fact {number}"
            return
        previous = fact.hash


def _replay(loan: Loan) -> Iterator[str]:
    last = loan.facts.order_by("-number").first()
    if last is None:
        if loan.entries.exists():
            yield "entries without a fact"
        return
    book = books.book_of(loan)
    for on, debit, credit, cents in books.missing_lines(loan, book):
        yield f"entries differ from the replay on {on}: {debit} / {credit} by {cents} cents"
    yield from _position(loan, book, last.number)
    if loan.state == Loan.State.REPAID and not book.owes_nothing:
        yield "repaid, but owes something"


def _position(loan: Loan, book: Book, last_number: int) -> Iterator[str]:
    position = Position.objects.filter(loan=loan).first()
    if position is None:
        yield "no position"
        return
    for name, value in books.position_values(loan, book, last_number).items():
        if getattr(position, name) != value:
            yield f"position: {name} differs from the fold"
