"""The book of a loan: what follows from its terms, its plan and all that happened, on any day.

`replay` is a pure function of its arguments. Two rules carry it: facts are taken in their written order whatever the
order of recording, and a fact that was reversed is left out of every balance while its lines and their mirror stay.
Paid exactly as planned, the book equals the plan row for row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from money.accounts import Account, Entry, balances
from money.amounts import Cents, round_cent
from money.facts import Ahead, BookError, Fact, FactKind, Happening, Part, in_written_order
from money.interest import Rates
from money.ledger import Ledger
from money.schedule import Instalment
from money.standing import Standing, standings
from money.terms import LAST_DAY, Terms

__all__ = [
    "Account", "Ahead", "Book", "BookError", "Entry", "Fact", "FactKind", "Part", "Standing", "replay",
]  # fmt: skip

USUAL_ORDER = (Part.FEES, Part.INTEREST, Part.PRINCIPAL)
PLACES = 10**10  # of a cent, to which exact interest is told


@dataclass(frozen=True)
class Book:
    """Where a loan stands at the end of the day `until`. Amounts are in cents.

    `balances`: debits less credits by account. `interest_exact`: accrued and unpaid, to ten places of a cent.
    `credit_cents`: paid ahead. `lent_cents`: advances. `paid_cents`: payments and recoveries.
    `written_off_cents`: given up and not recovered. `owed_cents`: what closes the loan on this day.
    """

    until: date
    entries: tuple[Entry, ...]
    balances: Mapping[Account, Cents]
    principal_cents: Cents
    interest_exact: Decimal
    fees_cents: Cents
    credit_cents: Cents
    lent_cents: Cents
    paid_cents: Cents
    written_off_cents: Cents
    owed_cents: Cents
    standings: tuple[Standing, ...]

    @property
    def owes_nothing(self) -> bool:
        """Whether the borrower owes nothing more, on the books or written off."""
        return not self.owed_cents and not self.written_off_cents

    @property
    def next_unpaid(self) -> Standing | None:
        """The first instalment that lacks something."""
        return next((standing for standing in self.standings if standing.lacking_cents), None)

    @property
    def next_unpaid_on(self) -> date | None:
        """The contractual due day, past or future, of the first instalment that lacks something."""
        return self.next_unpaid.due_on if self.next_unpaid else None


def replay(
    terms: Terms,
    instalments: Sequence[Instalment],
    facts: Iterable[Fact],
    until: date,
    order: tuple[Part, ...] = USUAL_ORDER,
) -> Book:
    """The book at the end of the day `until`; facts after it are left out.

    `instalments`: the plan in force, numbered from 1. `order`: how a payment is shared in an instalment.
    The lines that time brought about carry the number of the fact that took the book past that day. Raises BookError.
    """
    if set(order) != set(Part) or len(order) != len(Part):
        raise BookError("payment_order")
    if not instalments:
        raise BookError("no_instalments")
    if until > LAST_DAY:
        raise BookError("out_of_calendar")
    happenings = in_written_order(facts, until)
    ledger = Ledger(terms, instalments, order, _rates(terms, happenings), _start(terms, happenings))
    entries: list[Entry] = []
    for happening in happenings:
        ledger.move_to(happening.fact.on)
        entries += _entries(ledger, happening.fact.number)
        entries += _consequences(ledger, happening)
    if until > ledger.day:
        ledger.move_to(until)
    if happenings:
        entries += _entries(ledger, happenings[-1].fact.number)
    return _book(ledger, until, sorted(entries, key=lambda entry: entry.on))


def _rates(terms: Terms, happenings: Sequence[Happening]) -> Rates:
    agreed = [(change.starts, change.annual_rate) for change in terms.rates]
    changes = [each.fact for each in happenings if each.fact.kind is FactKind.RATE_CHANGE and not each.is_void]
    return Rates(terms.annual_rate, agreed + [(fact.on, fact.annual_rate) for fact in changes])


def _start(terms: Terms, happenings: Sequence[Happening]) -> date:
    advances = [each.fact.on for each in happenings if each.fact.kind is FactKind.ADVANCE and not each.is_void]
    return min([terms.starts, *advances])


def _entries(ledger: Ledger, number: int) -> list[Entry]:
    return [Entry(number, on, debit, credit, cents) for (on, debit, credit), cents in ledger.take_lines()]


def _consequences(ledger: Ledger, happening: Happening) -> list[Entry]:
    """The lines of a fact and, when it is reversed, their mirror (and the mirror's, when that is reversed in turn)."""
    fact = happening.fact
    lines_from = ledger.as_if() if happening.is_void else ledger
    _apply(lines_from, fact)
    last = _entries(lines_from, fact.number)
    entries = list(last)
    for reversal in happening.reversals:
        last = [entry.mirrored(reversal.number, reversal.on) for entry in last]
        entries += last
    return entries


def _apply(ledger: Ledger, fact: Fact) -> None:
    match fact.kind:
        case FactKind.ADVANCE:
            ledger.advance(fact.cents)
        case FactKind.FEE:
            ledger.fee(fact.cents, fact.fee_paid)
        case FactKind.WAIVER:
            ledger.waive(fact.cents, fact.part)
        case FactKind.PAYMENT:
            ledger.receive(fact.cents, fact.ahead)
        case FactKind.RECOVERY:
            ledger.receive(fact.cents, Ahead.CREDIT)
        case FactKind.WRITE_OFF:
            ledger.write_off()
        case FactKind.RATE_CHANGE | FactKind.PAUSE | FactKind.RESCHEDULE | FactKind.REVERSAL:
            """They move no money: rates run in the ledger's time, plans are given, reversals void their fact."""


def _book(ledger: Ledger, until: date, entries: Sequence[Entry]) -> Book:
    unbooked = ledger.exact - ledger.booked if ledger.principal else Fraction(ledger.accrued_cents)
    interest = round_cent((ledger.owing[Part.INTEREST] + unbooked) * PLACES)
    return Book(
        until=until,
        entries=tuple(entries),
        balances=balances(entries),
        principal_cents=Cents(ledger.principal),
        interest_exact=Decimal(interest) / PLACES,
        fees_cents=Cents(ledger.owing[Part.FEES]),
        credit_cents=Cents(ledger.credit),
        lent_cents=Cents(ledger.lent),
        paid_cents=Cents(ledger.paid),
        written_off_cents=Cents(ledger.written_off),
        owed_cents=Cents(max(0, ledger.closing_cents - ledger.credit)),
        standings=standings(ledger, until),
    )
