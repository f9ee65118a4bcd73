"""Facts folded into a loan's money one after the other."""

from collections.abc import Sequence
from datetime import date

from money.accounts import Entry
from money.amounts import NOTHING
from money.facts import CHANGES, Ahead, BookError, Fact, FactKind, Happening, Part, Place
from money.ledger import Ledger
from money.rows import rows_of
from money.terms import Terms
from money.version import Version

USUAL_ORDER = (Part.FEES, Part.INTEREST, Part.PRINCIPAL)


class OutOfTurn(ValueError):
    """A fact that belongs before one already taken, or reverses one: all facts must be replayed."""


class Fold:
    """A loan's money while facts come in, in their written order. Lines are told as they arise; none is kept.

    `last`: the place of the last fact in that order; `last_number`: its number, 0 before the first; `last_is_void`:
    whether it was reversed. `changes`: the facts that made the version of the plan that is in force. A fold that raised
    BookError is spent.
    """

    def __init__(self, terms: Terms, order: Sequence[Part] = USUAL_ORDER, ledger: Ledger | None = None) -> None:
        """Raises BookError("payment_order"), TermsError."""
        if set(order) != set(Part) or len(order) != len(Part):
            raise BookError("payment_order")
        version = Version(terms)
        self.ledger = ledger or Ledger(version, order, rows_of(version))
        self.changes: list[Fact] = []
        self.last: Place = (date.min, 0, NOTHING, "")
        self.last_number, self.last_is_void = 0, False

    def take(self, fact: Fact) -> tuple[Entry, ...]:
        """The lines that a fact and the time before it bring about. Raises OutOfTurn (nothing happened), BookError."""
        fact.check()
        place = (*fact.place, False, fact.number)
        if fact.kind is FactKind.REVERSAL or place <= (*self.last, self.last_is_void, self.last_number):
            raise OutOfTurn(f"fact {fact.number} does not follow fact {self.last_number}")
        return tuple(self.follow(Happening(fact, ())))

    def follow(self, happening: Happening) -> list[Entry]:
        """The lines of the next happening, which the caller takes from the written order. Raises BookError."""
        fact = happening.fact
        self.ledger.move_to(fact.on)
        entries = _entries(self.ledger, fact.number)
        ledger = self.ledger.as_if() if happening.is_void else self.ledger
        if not (happening.is_void and fact.kind in CHANGES) and _apply(ledger, fact):
            self.changes.append(fact)
        last = _entries(ledger, fact.number)
        entries += last
        for reversal in happening.reversals:
            last = [entry.mirrored(reversal.number, reversal.on) for entry in last]
            entries += last
        self.last, self.last_number, self.last_is_void = fact.place, fact.number, happening.is_void
        return entries

    def run_to(self, day: date) -> list[Entry]:
        """The lines that time alone brings about up to a day; they carry the number of the last fact."""
        if day > self.ledger.day:
            self.ledger.move_to(day)
        return _entries(self.ledger, self.last_number) if self.last_number else []


def _entries(ledger: Ledger, number: int) -> list[Entry]:
    return [Entry(number, on, debit, credit, cents) for (on, debit, credit), cents in ledger.take_lines()]


def _apply(ledger: Ledger, fact: Fact) -> bool:
    """Do to the ledger what the fact says; return whether it put another version of the plan in force."""
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
        case FactKind.REFUND:
            ledger.give_back(fact.cents)
        case FactKind.RATE_CHANGE | FactKind.PAUSE:
            ledger.change(ledger.version.after(fact))
            return True
        case FactKind.RESCHEDULE:
            ledger.reschedule(ledger.version.after(fact), fact.cents)
            return True
        case FactKind.REVERSAL:
            """It voids its fact, and is told with it."""
    return False
