"""What a loan costs besides its interest, and what is forgiven. There is no late fee: only what a bank really charged
for a payment that came back may be passed on (DOMAIN 1.7; CPA 2002 s. 75).
"""

from accounts.models import User
from config import clock
from loans.lifecycle.contracts.statements import amended, own_fee
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import debits, planning
from loans.lifecycle.lending.debits import Debit
from loans.lifecycle.lending.outlook import Comparison, seen_from
from loans.lifecycle.lending.repayment import fact_of, settle
from loans.lifecycle.offering import limits
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed, follow_on
from loans.lifecycle.tell import tell_parties
from loans.models import DebitChange, Fact, Loan
from money.book import Book, FactKind, Part
from money.schedule import FeePaid, Terms

MOST_CENTS = 10_000  # what a bank may charge for one payment that came back


@once_only(fact_of)
def charge_return(loan: Loan, *, by: User, reversal: Fact, cents: int, once: Once | None = None) -> Fact:
    """What the bank charged the office for a payment that came back is asked with the next instalment, once.

    Raises Refused: no_amount, too_large, not_a_return, charged_already, criminal_rate (with `charge_cents`, what
    would fit).
    """
    if cents <= 0:
        raise Refused("no_amount")
    if cents > MOST_CENTS:
        raise Refused("too_large")
    with deed(loan.charge_return, by=by, once=once, detail={"fact": reversal.number, "cents": cents}) as loan:
        returned = loan.facts.filter(
            pk=reversal.pk, kind=FactKind.REVERSAL, reverses__kind=FactKind.PAYMENT, reversed_by=None
        ).first()
        if returned is None:
            raise Refused("not_a_return")
        charged = loan.facts.filter(kind=FactKind.FEE, reversed_by=None)
        if any(fee.detail.get("returned") == returned.number for fee in charged):
            raise Refused("charged_already")
        _refuse_criminal_with(loan, cents)
        detail = {"paid": FeePaid.SEPARATELY.value, "returned": returned.number}
        was = books.book_of(loan, clock.today())
        drawn = list(debits.all_debits(loan, was))
        fact = books.write(loan, FactKind.FEE, on=clock.today(), cents=cents, event=loan.event, detail=detail)
        _tell_of_fee(loan, was, drawn, fact)
    return fact


def _tell_of_fee(loan: Loan, was: Book, drawn: list[Debit], fee: Fact) -> None:
    """The letter with the statement of what the fee changes; the debit that takes it is told of ten days ahead."""
    book, occasion = books.book_of(loan, clock.today()), f"fee:{fee.number}"
    comparison = Comparison(seen_from(was), seen_from(book))
    papers = amended(loan, comparison, occasion=occasion, what="fee", fee_cents=fee.cents)
    debits.changed(loan, drawn, book, occasion=occasion, why=DebitChange.Why.FEE)
    debits.ring(loan)
    tell_parties(
        loan.application,
        "fee_charged",
        occasion=f"fee:{fee.pk}",
        attachments=papers,
        cents=fee.cents,
        **planning.next_due(loan, book),
    )


@once_only(fact_of)
def waive(loan: Loan, *, by: User, part: Part, cents: int, note: str, once: Once | None = None) -> Fact:
    """So much of the fees, the interest or the principal that is owed is forgiven.

    Raises Refused: empty_note, no_amount, part_not_owed (with `owed_cents` of that part).
    """
    if not note.strip():
        raise Refused("empty_note")
    if cents <= 0:
        raise Refused("no_amount")
    detail = {"part": part.value, "cents": cents}
    with deed(loan.waive, by=by, note=note.strip(), once=once, detail=detail) as loan:
        was = books.book_of(loan, clock.today())
        owed = was.owed_of(part)
        if cents > owed:
            raise Refused("part_not_owed", owed_cents=owed)
        own_fee_cents = own_fee(loan)
        fact = books.write(
            loan, FactKind.WAIVER, on=clock.today(), cents=cents, event=loan.event, detail={"part": part.value}
        )
        _tell_of_waiver(loan, was, fact, part, own_fee_cents)
        follow_on(settle, loan)
    return fact


def _tell_of_waiver(loan: Loan, was: Book, waiver: Fact, part: Part, own_fee_cents: int) -> None:
    """The letter with the statement of what is asked no longer."""
    book = books.book_of(loan, clock.today())
    said = {"part": part.value, "cents": waiver.cents}
    papers = amended(
        loan,
        Comparison(seen_from(was), seen_from(book)),
        occasion=f"waiver:{waiver.number}",
        what="waiver",
        fee_before_cents=own_fee_cents,
        **said,
    )
    tell_parties(
        loan.application,
        "waived",
        occasion=f"waiver:{waiver.pk}",
        attachments=papers,
        owed_cents=book.owed_cents,
        **said,
    )


def near_the_limit(loan: Loan) -> limits.Near | None:
    """What to warn of, once the bank's charges so far are counted; None: of nothing."""
    terms = limits.with_charges(*_charged(loan))
    return limits.warning_of(planning.figures_of(terms).cost)


def _refuse_criminal_with(loan: Loan, cents: int) -> None:
    limits.refuse_criminal_charge(*_charged(loan), cents)


def _charged(loan: Loan) -> tuple[Terms, int]:
    """The terms as section 347 looks at them, and the bank's charges so far, in cents."""
    version = books.stands(loan, clock.today()).version
    return limits.by_law(loan, version), limits.charged_cents(loan)
