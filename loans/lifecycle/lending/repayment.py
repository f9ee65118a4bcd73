"""Money in: payments, their reversal, and the end that follows from the books."""

from datetime import date
from typing import Any

from accounts.actors import LEDGER
from accounts.models import User
from config import clock
from letters.models import Letter
from letters.post import post_all
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.books import Posting
from loans.lifecycle.lending import early, planning
from loans.lifecycle.lending.disbursement import nothing_on_its_way
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed, follow_on, step
from loans.lifecycle.tell import drafts_to_parties, tell_parties
from loans.models import Event, Fact, Loan, Receipt
from loans.models.history import new_salt, words_hash
from money.book import Balance, FactKind

METHODS = ("transfer", "cheque", "card", "cash", "debit")  # how money may come in
MOST_CENTS = 100_000_000
MONEY_IN = (FactKind.PAYMENT, FactKind.RECOVERY)


def fact_of(event: Event) -> Fact:
    """The fact that an event wrote."""
    fact: Fact = Fact.objects.get(event=event)
    return fact


@once_only(fact_of)
def record_payment(
    loan: Loan,
    *,
    by: User,
    on: date,
    cents: int,
    method: str,
    payer: str,
    more_than_owed: bool = False,
    once: Once | None = None,
) -> Fact:
    """Money that came in on `on`. The books share it out; the borrower gets a receipt; a loan that owes 0 is repaid.

    What comes in by the business day to which a due day was moved is valued at the due day itself; the fact's detail
    then says when it was received.

    Raises Refused: no_amount, too_large, unknown_method, no_payer, in_the_future, before_advance, and
    more_than_owed (with `owed_cents`) unless `more_than_owed` says that this is known: the rest is held as credit.
    """
    check_payment(cents, method, payer, on)
    with deed(loan.record_payment, by=by, once=once, detail={"cents": cents, "method": method}) as loan:
        if on < loan.advance_on:
            raise Refused("before_advance", on=loan.advance_on)
        owed = books.stands(loan, max(on, clock.today())).owed_cents
        if cents > owed and not more_than_owed:
            raise Refused("more_than_owed", owed_cents=owed)
        valued_on = planning.value_date(loan, on)
        posting = receive(loan, FactKind.PAYMENT, on=on, valued_on=valued_on, cents=cents, method=method, payer=payer)
        now = books.balance_then(posting, clock.today())
        post_all(receipt_letters(posting.fact, on, now))
        if unsettled(loan, now):
            follow_on(settle, loan)
    return posting.fact


def receive(loan: Loan, kind: FactKind, *, on: date, valued_on: date, cents: int, method: str, payer: str) -> Posting:
    """Write down money that came in on `on` and counts from `valued_on`."""
    receipt, detail = receipt_for(payer, method, on, valued_on)
    posting = books.posted(loan, kind, on=valued_on, cents=cents, event=loan.event, detail=detail)
    receipt.fact = posting.fact
    receipt.save()
    return posting


def receipt_for(payer: str, method: str, on: date, valued_on: date) -> tuple[Receipt, dict[str, Any]]:
    """Who paid, in a row of its own, not saved; and what the fact says: how, when, and a hash of who."""
    salt = new_salt()
    detail = {"method": method, "payer": words_hash(salt, payer)}
    if valued_on != on:
        detail["received_on"] = on.isoformat()
    return Receipt(salt=salt, payer=payer), detail


@once_only(fact_of)
def reverse_payment(loan: Loan, *, by: User, fact: Fact, note: str, once: Once | None = None) -> Fact:
    """A payment (or recovery) was entered wrongly or came back: everything after it is worked out again, and the
    parties are told.

    Raises Refused: empty_note, not_a_payment, reversed_already.
    """
    if not note.strip():
        raise Refused("empty_note")
    with deed(loan.reverse_payment, by=by, note=note.strip(), once=once, detail={"fact": fact.number}) as loan:
        target = loan.facts.filter(pk=fact.pk, kind__in=MONEY_IN).first()
        if target is None:
            raise Refused("not_a_payment")
        if Fact.objects.filter(reverses=target).exists():
            raise Refused("reversed_already")
        reversal = books.write(
            loan, FactKind.REVERSAL, on=target.on, cents=target.cents, event=loan.event, reverses=target
        )
        tell_parties(
            loan.application,
            "payment_reversed",
            occasion=f"reversal:{reversal.pk}",
            cents=target.cents,
            on=target.detail.get("received_on", target.on.isoformat()),
        )
        follow_on(settle, loan)
    return reversal


def settle(loan: Loan) -> None:
    """What follows from the books: a loan that owes nothing is repaid, and a part of its fee given back when that was
    early; one that owes again is active.
    """
    book = books.stands(loan, clock.today())
    if not unsettled(loan, book):
        return
    if loan.state == Loan.State.REPAID:
        with step(loan.resume, by=LEDGER) as loan:
            early.take_back_refund(loan)
    elif nothing_on_its_way(loan):
        with step(loan.finish, by=LEDGER) as loan:
            refund = early.give_back_fee(loan)
            tell_parties(
                loan.application,
                "repaid",
                occasion=f"repaid:{loan.event.pk}",
                number=loan.number,
                refund_cents=refund,
            )


def unsettled(loan: Loan, book: Balance) -> bool:
    """Whether the loan's state says other than its book of today: active but owing nothing, or repaid but owing."""
    clear = book.lent_cents > 0 and book.owes_nothing
    return clear if loan.state == Loan.State.ACTIVE else loan.state == Loan.State.REPAID and not clear


def check_payment(cents: int, method: str, payer: str, on: date) -> None:
    """Raise Refused for what no payment can be: see `record_payment`."""
    if cents <= 0:
        raise Refused("no_amount")
    if cents > MOST_CENTS:
        raise Refused("too_large")
    if method not in METHODS:
        raise Refused("unknown_method")
    if not payer.strip():
        raise Refused("no_payer")
    if on > clock.today():
        raise Refused("in_the_future")


def receipt_letters(fact: Fact, received_on: date, book: Balance) -> list[Letter]:
    """The receipts for a payment, to everybody who stands in the loan; `book` is that of today."""
    loan, following = fact.loan, book.next_unpaid
    payable_by = planning.payable_by(loan, following.number) if following else None
    return drafts_to_parties(
        loan.application,
        "payment_received",
        occasion=f"payment:{fact.pk}",
        cents=fact.cents,
        on=received_on.isoformat(),
        owed_cents=book.owed_cents,
        next_due_on=payable_by.isoformat() if payable_by else None,
        next_due_cents=following.lacking_cents if following else None,
    )
