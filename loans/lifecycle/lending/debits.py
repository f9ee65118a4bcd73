"""What is drawn from the borrower's account, and when: a thing of its own beside what the plan asks.

A debit may only change ten calendar days after its payer was told (Payments Canada, Rule H1; DOMAIN 3.4), unless they
asked for the change. So a debit that comes sooner keeps the amount that was announced: it is held. What the plan asks
besides is drawn with the debit after it, and nobody is late by it meanwhile. The engine knows nothing of this.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import Exists, OuterRef

from config import clock
from loans.lifecycle.contracts.loan_papers import papers_in_each_language
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import planning
from loans.lifecycle.lending.held import rest_on, unpaid_from, waits
from loans.lifecycle.step import Tally, locked_loans, one_by_one
from loans.lifecycle.tell import tell_parties
from loans.models import DebitChange, Loan, LoanPaper, Position
from money.book import Book
from money.standing import Standing

NOTICE_DAYS = 10  # calendar days
SHOWN = 7  # of the changed debits, on the notice: the others follow in the plan


@dataclass(frozen=True)
class Debit:
    """One debit, in cents: `asked_cents` as announced, `cents` less what was paid for it already."""

    due_on: date
    on: date
    cents: int
    asked_cents: int
    is_held: bool = False

    def as_codes(self) -> dict[str, Any]:
        """As a DebitChange keeps it."""
        return {
            "due_on": self.due_on.isoformat(),
            "on": self.on.isoformat(),
            "cents": self.cents,
            "asked_cents": self.asked_cents,
        }


def debits_of(loan: Loan, book: Book) -> list[Debit]:
    """The debits to come on the day of the loan's book, in order; a payment that asks for nothing has one of 0 cents.

    What a held one left open comes with the next. What is late for another reason is drawn with none of them.
    """
    return [debit for debit in all_debits(loan, book) if debit.on >= book.until]


def all_debits(loan: Loan, book: Book) -> Iterator[Debit]:
    """`debits_of`, behind those whose day is over."""
    days = {number: payable for number, _, payable in planning.days_of(loan)}
    carried = 0
    for row in book.standings:
        on, held = days[row.number], loan.held_debits.get(row.due_on.isoformat())
        is_held, paid = held is not None, row.paid_cents + row.credit_cents
        if on < book.until:
            carried += waits(loan, row)
            yield Debit(row.due_on, on, 0, held if is_held else row.due_cents, is_held)
            continue
        cents = max(0, _wanted(row, None if held is None else held - paid, carried))
        carried += row.lacking_cents - cents
        yield Debit(row.due_on, on, cents, held if is_held else cents + paid, is_held)
    if carried > 0 and (day := rest_on(loan)) >= book.until:
        yield Debit(day, day, carried, carried)


def _wanted(row: Standing, held_cents: int | None, carried: int) -> int:
    """What is drawn for an instalment: the announced sum while it lacks anything, else what it lacks and is carried."""
    if held_cents is not None:
        return held_cents if row.lacking_cents else 0
    return row.lacking_cents + carried if row.due_cents else 0


def changed(loan: Loan, before: Sequence[Debit], book: Book, *, occasion: str, why: DebitChange.Why) -> None:
    """Coming debits of the locked loan are not what they were `before`, and nobody asked for it: those too near are
    held, and the notice waits to go out (`announce`). Nothing happens when all of them stayed.
    """
    was = [debit.as_codes() for debit in before]
    if _differing(was, all_debits(loan, book)):
        DebitChange.objects.create(loan=loan, occasion=occasion, why=why, debits=was, made_at=clock.now())
        _hold(loan, was, book)


def agreed(loan: Loan) -> None:
    """The payer asked for the plan now in force, and was told all of it: no debit to come is held any more."""
    today = clock.today().isoformat()
    loan.held_debits = {due_on: cents for due_on, cents in loan.held_debits.items() if due_on < today}
    loan.debit_changes.filter(told_at=None).update(told_at=clock.now())


def ring(loan: Loan) -> None:
    """Once this is committed, let a worker send the notice; what a dead broker drops goes out at night."""
    transaction.on_commit(lambda: announce_debits.delay(loan.pk), robust=True)


@shared_task  # type: ignore[untyped-decorator, unused-ignore]
def announce_debits(loan_pk: int) -> None:
    """Send the notice of a loan's changed debits. Safe to ring twice."""
    announce(Loan.objects.get(pk=loan_pk))


def announce_waiting(_day: date) -> Tally:
    """Send every notice of changed debits that waits."""
    waiting = DebitChange.objects.filter(loan=OuterRef("pk"), told_at=None)
    return one_by_one(Loan.objects.filter(Exists(waiting)), "announce_debits", announce)


def announce(loan: Loan) -> None:
    """Tell the parties of the first debit that changes, ten days ahead or more, by a paper and a letter; once.

    Counted from today: what has come too near since the change is held as well.
    """
    with transaction.atomic():
        loan = locked_loans([loan.pk])[loan.pk]
        waiting = list(loan.debit_changes.filter(told_at=None))
        if not waiting:
            return
        loan.debit_changes.filter(pk__in=[each.pk for each in waiting]).update(told_at=clock.now())
        if loan.state != Loan.State.ACTIVE:
            return
        book = books.book_of(loan, max(clock.today(), loan.advance_on))
        _hold(loan, waiting[0].debits, book)
        loan.save(update_fields=["held_debits"])
        if facts := _notice(waiting, debits_of(loan, book)):
            _tell(loan, waiting[-1], facts, rate=str(book.version.rate_on(book.until)))


def _tell(loan: Loan, change: DebitChange, facts: dict[str, Any], rate: str) -> None:
    said = {"why": change.why, "rate": rate, **facts}
    papers = papers_in_each_language(
        loan, LoanPaper.Kind.CHANGED_DEBIT, occasion=change.occasion, template="loans/statement_debit.html", facts=said
    )
    told = {name: fact for name, fact in said.items() if name != "lines"}
    occasion = f"debits:{loan.pk}:{change.occasion}"
    tell_parties(loan.application, "debit_changed", occasion=occasion, attachments=papers, **told)


def _notice(waiting: Sequence[DebitChange], now: Sequence[Debit]) -> dict[str, Any]:
    """The facts of the notice: the first changed debit before and after, the one after it, what is held until then."""
    before = {was["due_on"]: was["asked_cents"] for was in waiting[0].debits}
    lines = []
    for debit in now:
        risen = debit.asked_cents - before.get(debit.due_on.isoformat(), 0)
        was = max(0, debit.cents - risen)  # what was paid ahead counts for both
        lines.append({"on": debit.on.isoformat(), "before_cents": was, "cents": debit.cents})
    changing = [number for number, line in enumerate(lines) if line["before_cents"] != line["cents"]]
    if not changing:
        return {}
    first = changing[0]
    held = next((debit for debit in now[:first] if debit.is_held), None)
    following = next((debit.cents for debit in now[first + 1 :] if debit.cents), None)
    return {
        "on": lines[first]["on"],
        "before_cents": lines[first]["before_cents"],
        "cents": lines[first]["cents"],
        "following_cents": following if following != lines[first]["cents"] else None,
        "held_on": held.on.isoformat() if held else None,
        "held_cents": held.cents if held else None,
        "lines": lines[: first + SHOWN],
    }


def _differing(was: Iterable[dict[str, Any]], now: Iterable[Debit]) -> list[dict[str, Any]]:
    """Those of the debits before that are another sum now, or none."""
    asked = {debit.due_on.isoformat(): debit.asked_cents for debit in now}
    return [each for each in was if each["asked_cents"] != asked.get(each["due_on"], 0)]


def _hold(loan: Loan, was: Sequence[dict[str, Any]], book: Book) -> None:
    """Let each debit that comes before a notice could reach its payer be what it was."""
    first = (clock.today() + timedelta(days=NOTICE_DAYS)).isoformat()
    known = {row.due_on.isoformat() for row in book.standings}
    near = [each for each in _differing(was, all_debits(loan, book)) if each["on"] < first and each["due_on"] in known]
    if near:
        loan.held_debits = {**loan.held_debits, **{each["due_on"]: each["asked_cents"] for each in near}}
        if book.next_unpaid:
            day = unpaid_from(loan, book.next_unpaid)
            Position.objects.filter(loan=loan).update(next_unpaid_on=day)
