"""Paid back early: the part of the fee that is given back (SOR/2001-104; DOMAIN 1.6; the agreement's "Paying sooner").

It becomes the borrower's credit on the day the loan is repaid. A loan that owes again takes it back.
"""

from collections.abc import Sequence
from datetime import date

from config import clock
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import planning
from loans.models import Fact, Loan
from money.amounts import NOTHING, Cents
from money.book import FactKind
from money.cost import prepayment_refund


def give_back_fee(loan: Loan) -> Cents:
    """Give back the fee's part of the months that are left when the last payment closed the loan; return how much.

    Nothing for a rest that was forgiven: nobody paid it early.
    """
    last = loan.facts.filter(reversed_by=None).exclude(kind=FactKind.REVERSAL).latest("number")
    if not loan.fee_cents or last.kind != FactKind.PAYMENT:
        return NOTHING
    cents = part_of_fee(loan, [due_on for _, due_on, _ in planning.days_of(loan)], last.on)
    if cents:
        books.write(loan, FactKind.REFUND, on=clock.today(), cents=cents, event=loan.event)
    return cents


def part_of_fee(loan: Loan, dues: Sequence[date], paid_on: date) -> Cents:
    """The fee × (n − m) ÷ n: n due days of the plan, of which m are gone on the day on which all was paid."""
    gone = sum(1 for due_on in dues if due_on <= paid_on)
    return prepayment_refund(Cents(loan.fee_cents), len(dues), gone)


def take_back_refund(loan: Loan) -> None:
    """The loan was not paid back after all: what was given back of its fee is owed again."""
    refund: Fact | None = loan.facts.filter(kind=FactKind.REFUND, reversed_by=None).first()
    if refund:
        books.write(loan, FactKind.REVERSAL, on=refund.on, cents=refund.cents, event=loan.event, reverses=refund)
