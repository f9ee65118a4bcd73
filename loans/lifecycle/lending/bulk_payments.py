"""Many payments at once: the same rules, books and receipts as one, a handful of queries for a chunk of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_fsm import TransitionNotAllowed

from accounts.actors import Actor
from accounts.models import User
from config import clock
from letters.post import post_all
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.books import Posting
from loans.lifecycle.lending import planning
from loans.lifecycle.lending.repayment import check_payment, receipt_for, receipt_letters, settle, unsettled
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import line, locked_loans, may
from loans.models import Event, Loan, Receipt
from money.book import FactKind

CHUNK = 200  # payments a transaction


@dataclass(frozen=True)
class Incoming:
    """A payment as a bank's file tells it: into which loan (its key), when, how much, how, from whom.

    `key` is the bank's own name for it: one that was recorded before is not recorded again.
    """

    loan: int
    on: date
    cents: int
    method: str
    payer: str
    key: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of an incoming payment: the number of its fact; or why there is none, by a code of Refused, or
    known, no_such_loan, not_now, not_allowed.
    """

    payment: Incoming
    fact: int | None = None
    refused: str = ""


def record_payments(payments: Iterable[Incoming], *, by: User | Actor) -> list[Outcome]:
    """Record what came in, in the order told; what cannot be recorded is told and passed over.

    A loan that is paid twice is met in two chunks. Each chunk is one transaction: what was done stays done. More than
    is owed is held as the borrower's credit: the money is there.
    """
    outcomes: list[Outcome] = []
    for chunk in _chunks(payments):
        with transaction.atomic():
            outcomes += _record(chunk, by)
    return outcomes


def _chunks(payments: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    """Runs of payments in which no loan stands twice."""
    chunk: list[Incoming] = []
    met: set[int] = set()
    for payment in payments:
        if payment.loan in met or len(chunk) == CHUNK:
            yield chunk
            chunk, met = [], set()
        chunk.append(payment)
        met.add(payment.loan)
    if chunk:
        yield chunk


def _record(chunk: Sequence[Incoming], by: User | Actor) -> list[Outcome]:
    loans = locked_loans(payment.loan for payment in chunk)
    planning.read_days(loans.values())
    keys = {payment.key for payment in chunk if payment.key}
    known = set(Event.objects.filter(once_key__in=keys).values_list("once_key", flat=True))
    refused = {payment: _why_not(payment, loans.get(payment.loan), by, known) for payment in chunk}
    taken = [payment for payment in chunk if not refused[payment]]
    postings = dict(zip(taken, _post(taken, loans, by), strict=True))
    recorded = {payment: posting.fact.number for payment, posting in postings.items()}
    return [Outcome(payment, recorded.get(payment), refused[payment]) for payment in chunk]


def _why_not(payment: Incoming, loan: Loan | None, by: User | Actor, known: set[str | None]) -> str:
    """Why a payment cannot be recorded, as a code; empty when it can."""
    if loan is None:
        return "no_such_loan"
    if payment.key in known:
        return "known"
    try:
        check_payment(payment.cents, payment.method, payment.payer, payment.on)
        may(loan, "record_payment", by)
    except Refused as refusal:
        return refusal.code
    except TransitionNotAllowed:
        return "not_now"
    except PermissionDenied:
        return "not_allowed"
    return "before_advance" if payment.on < loan.advance_on else ""


def _post(taken: Sequence[Incoming], loans: dict[int, Loan], by: User | Actor) -> list[Posting]:
    events, today = _events(taken, loans, by), clock.today()
    postings, receipts = [], []
    for payment, event in zip(taken, events, strict=True):
        loan = loans[payment.loan]
        valued_on = planning.value_date(loan, payment.on)
        receipt, detail = receipt_for(payment.payer, payment.method, payment.on, valued_on)
        posting = books.drafted(loan, FactKind.PAYMENT, on=valued_on, cents=payment.cents, event=event, detail=detail)
        receipt.fact = posting.fact
        postings.append(posting)
        receipts.append(receipt)
    books.write_all(postings)
    Receipt.objects.bulk_create(receipts)
    letters = []
    for payment, posting in zip(taken, postings, strict=True):
        letters += receipt_letters(posting.fact, payment.on, books.balance_then(posting, today))
    post_all(letters)
    for posting in postings:
        if unsettled(posting.fact.loan, books.balance_then(posting, today)):
            settle(posting.fact.loan)
    return postings


def _events(taken: Sequence[Incoming], loans: dict[int, Loan], by: User | Actor) -> list[Event]:
    events = []
    for payment in taken:
        loan = loans[payment.loan]
        event = line(loan, "record_payment", loan.state, by, {"cents": payment.cents, "method": payment.method})
        event.once_key = payment.key or None
        events.append(event)
    return Event.objects.bulk_create(events)
