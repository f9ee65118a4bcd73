"""What changes a running loan's plan: a pause, another rate, a new spread of what is owed. Each makes a new version of
the plan, tells the parties, and is refused where the cost would break section 347 of the Criminal Code.
"""

from datetime import date, timedelta
from decimal import Decimal

from accounts.actors import CLOCK, Actor
from accounts.models import User
from config import clock
from loans.lifecycle.contracts.statements import amended
from loans.lifecycle.ledger import books, chain
from loans.lifecycle.lending import debits, planning
from loans.lifecycle.lending.debits import Debit
from loans.lifecycle.lending.outlook import MOST_MONTHS, Change, Comparison, seen_from
from loans.lifecycle.offering import limits
from loans.lifecycle.once import Once, loan_of, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import Tally, deed, one_by_one
from loans.lifecycle.tell import tell_parties
from loans.models import DebitChange, IndexRate, Loan
from money.amounts import round_cent
from money.book import Balance, Book, BookError, FactKind, replay
from money.calendar import add_months
from money.interest import is_rate

MOST_PAUSED = 6  # instalments of one pause


def a_pause(instalments: int) -> Change:
    """The next `instalments` (1 to 6) ask for nothing. Raises Refused("out_of_bounds")."""
    if not 1 <= instalments <= MOST_PAUSED:
        raise Refused("out_of_bounds", field="instalments", least=1, most=MOST_PAUSED)
    return Change(FactKind.PAUSE, clock.today(), {"instalments": instalments})


def a_lower_rate(loan: Loan, annual_rate: Decimal) -> Change:
    """Another rate, a fraction a year, from today. Raises Refused: not_lower (with the one in force), follows_index."""
    if loan.follows_index:
        raise Refused("follows_index")
    today = clock.today()
    in_force = books.stands(loan, today).version.rate_on(today)
    if not is_rate(annual_rate) or annual_rate >= in_force:
        raise Refused("not_lower", rate=in_force)
    return Change(FactKind.RATE_CHANGE, today, {"annual_rate": str(annual_rate)})


def a_new_spread(loan: Loan, months: int, first_due: date) -> Change:
    """All that is owed, over `months` (1 to 120) from `first_due`, a day of the next two months.

    What came in today counts for the new plan: in the written order of a day a reschedule stands before payments.
    Raises Refused: out_of_bounds, first_due_too_far, nothing_to_spread.
    """
    today = clock.today()
    if not 1 <= months <= MOST_MONTHS:
        raise Refused("out_of_bounds", field="months", least=1, most=MOST_MONTHS)
    if not today < first_due <= add_months(today, 2):
        raise Refused("first_due_too_far", least=today + timedelta(days=1), most=add_months(today, 2))
    book = _before_payments_of(loan, today)
    if not book.principal_cents:
        raise Refused("nothing_to_spread")
    detail = {
        "instalments": months,
        "first_due": first_due.isoformat(),
        "interest_cents": round_cent(book.interest_exact),
        "fees_cents": book.fees_cents,
    }
    return Change(FactKind.RESCHEDULE, today, detail, book.principal_cents)


def _before_payments_of(loan: Loan, day: date) -> Balance:
    """The book of a day as a reschedule on it finds it."""
    if not loan.facts.filter(on=day, kind=FactKind.PAYMENT).exists():
        return books.stands(loan, day)
    facts = chain.facts_of(loan)
    void = {fact.reverses for fact in facts}
    later = {f.number for f in facts if f.on == day and f.kind is FactKind.PAYMENT and f.number not in void}
    return replay(loan.terms, [fact for fact in facts if fact.number not in later], day)


@once_only(loan_of)
def pause(loan: Loan, *, by: User, instalments: int, note: str, once: Once | None = None) -> Loan:
    """The next `instalments` (1 to 6) ask for nothing. Interest runs on and is due with the first one after them.

    Raises Refused: empty_note, out_of_bounds, no_plan_left.
    """
    _needs_note(note)
    with deed(loan.pause, by=by, note=note.strip(), once=once, detail={"instalments": instalments}) as loan:
        _make(loan, a_pause(instalments))
    return loan


@once_only(loan_of)
def lower_rate(loan: Loan, *, by: User, annual_rate: Decimal, note: str, once: Once | None = None) -> Loan:
    """From today the loan bears a lower rate (a fraction a year); to raise one, the borrower would have to agree.

    Raises Refused: empty_note, not_lower (with the rate in force), follows_index, no_plan_left.
    """
    _needs_note(note)
    with deed(loan.lower_rate, by=by, note=note.strip(), once=once, detail={"rate": str(annual_rate)}) as loan:
        _make(loan, a_lower_rate(loan, annual_rate))
    return loan


@once_only(loan_of)
def reschedule(loan: Loan, *, by: User, months: int, first_due: date, note: str, once: Once | None = None) -> Loan:
    """All that is owed is spread anew over `months` (1 to 120) instalments from `first_due`; nothing is late then.

    Overdue interest and fees are asked with the first of them and never become principal.
    Raises Refused: empty_note, out_of_bounds, first_due_too_far (within two months), nothing_to_spread, no_plan_left,
    criminal_rate (with `months` that fit).
    """
    _needs_note(note)
    with deed(loan.reschedule, by=by, note=note.strip(), once=once, detail={"months": months}) as loan:
        _make(loan, a_new_spread(loan, months, first_due))
    return loan


def follow_indexes(day: date) -> Tally:
    """The clock gives every running loan that follows an index the rates published up to `day`, each from its day."""
    loans = Loan.objects.running().filter(follows_index=True)
    return one_by_one(loans, "follow_index", lambda loan: [follow_index(loan, row) for row in _unheard(loan, day)])


def follow_index(loan: Loan, row: IndexRate, by: Actor = CLOCK) -> Loan:
    """The loan bears the published rate and its margin from the row's day, or from its own first day.

    Raises Refused: criminal_rate, no_plan_left.
    """
    with deed(loan.follow_index, by=by, detail={"index": row.index, "starts": row.starts.isoformat()}) as loan:
        rate = max(Decimal(0), row.annual_rate + loan.margin)
        detail = {"annual_rate": str(rate), "index": row.index, "starts": row.starts.isoformat()}
        _make(loan, Change(FactKind.RATE_CHANGE, max(row.starts, loan.advance_on), detail))
    return loan


def _unheard(loan: Loan, day: date) -> list[IndexRate]:
    """The index's values since the offer that this loan has not been given yet."""
    heard = {fact.detail.get("starts") for fact in loan.facts.filter(kind=FactKind.RATE_CHANGE, reversed_by=None)}
    rows = IndexRate.objects.filter(index=loan.rate_index, starts__gt=clock.day_of(loan.offered_at), starts__lte=day)
    return [row for row in rows.order_by("starts") if row.starts.isoformat() not in heard]


def _make(loan: Loan, change: Change) -> None:
    """Write the fact, and with it the new version of the plan; tell the parties what it asks now and what it costs.

    The letter is the law's statement of an amendment: the new schedule, and the increase in the total and in the cost
    of borrowing (SOR/2001-104 s. 13; DOMAIN 1.5).
    """
    today, by_index = clock.today(), "index" in change.detail
    book = books.book_of(loan, today)
    before, drawn = seen_from(book), list(debits.all_debits(loan, book))
    try:
        books.write(loan, change.kind, on=change.on, cents=change.cents, event=loan.event, detail=change.detail)
    except BookError as error:
        raise Refused("no_plan_left") from error
    book = books.book_of(loan, max(change.on, today))
    limits.refuse_criminal_version(loan, book.version, change.most_months)
    after, occasion = seen_from(book), f"plan:{planning.plan_in_force(loan).version}"
    said = {"instalments": change.detail.get("instalments")}
    papers = {}
    if not by_index:
        papers = amended(loan, Comparison(before, after, change), occasion=occasion, what=change.kind.value, **said)
    _draw_otherwise(loan, change, drawn, book, occasion)
    tell_parties(
        loan.application,
        "plan_changed",
        occasion=f"plan:{loan.pk}:{occasion.removeprefix('plan:')}",
        attachments=papers,
        change=change.kind.value,
        by_index=by_index,
        rate=str(after.annual_rate),
        payment_cents=after.payment_cents,
        late_cents=after.late_cents,
        dues=[{"on": due.payable_by.isoformat(), "cents": due.cents} for due in after.dues],
        interest_before_cents=before.interest_cents,
        interest_after_cents=after.interest_cents,
        total_before_cents=before.total_cents,
        total_after_cents=after.total_cents,
        **said,
    )


def _draw_otherwise(loan: Loan, change: Change, drawn: list[Debit], book: Book, occasion: str) -> None:
    """A pause and a new spread were asked for, and what is drawn follows at once; a rate is told of ten days ahead."""
    if change.kind is not FactKind.RATE_CHANGE:
        debits.agreed(loan)
        return
    by_index = "index" in change.detail
    why = DebitChange.Why.INDEX if by_index else DebitChange.Why.RATE
    debits.changed(loan, drawn, book, occasion=occasion, why=why)
    if not by_index:  # the night that follows an index sends the notices behind it
        debits.ring(loan)


def _needs_note(note: str) -> None:
    if not note.strip():
        raise Refused("empty_note")
