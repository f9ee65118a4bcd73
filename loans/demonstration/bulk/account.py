"""The one place where the bulk asks the engine: facts go in, one after the other; lines, sums and the book come out."""

from loans.lifecycle.ledger import books
from money.book import balance_of, book_of, replayed
from money.facts import Fact, FactKind
from money.fold import USUAL_ORDER, Fold
from money.ledger import Ledger
from money.rows import rows_of
from money.standing import standings


class Account:
    """A loan's facts as they are written down one by one. `lines`: {number of a fact: the (day, debit, credit, cents)
    that it wrote}.
    """

    def __init__(self, version):
        self._terms = version.terms
        self._fold = Fold(self._terms, ledger=Ledger(version, USUAL_ORDER, rows_of(version)))
        self.facts, self.lines = [], {}

    def take(self, kind, on, cents, detail=None, reverses=None):
        """Write down a fact; returns it, with its number."""
        fact = Fact(len(self.facts) + 1, kind, on, cents, detail or {}, reverses)
        self.facts.append(fact)
        if kind is FactKind.REVERSAL:
            self.lines[fact.number] = self._difference(on)
        else:
            entries = self._fold.take(fact)
            self.lines[fact.number] = [(each.on, str(each.debit), str(each.credit), each.cents) for each in entries]
        return fact

    def owed(self, day):
        """What closes the loan on a day."""
        ledger = self._as_on(day).ledger
        return max(0, ledger.closing_cents - ledger.credit)

    def lacking(self, row, day):
        """What the instalments up to `row` lack on a day."""
        fold = self._as_on(day)
        if day < row.due_on:  # interest is still to come: the book knows how much
            return sum(each.lacking_cents for each in standings(fold.ledger, day) if each.number <= row.number)
        rows = fold.ledger.rows[: row.number]
        return max(0, sum(each.lacking(part) for each in rows for part in each.asked) - fold.ledger.credit)

    def close(self):
        """(fold, balance) on the day of the last fact. Nothing more is taken after it."""
        return self._fold, balance_of(self._fold, self.facts[-1].on)

    def _as_on(self, day):
        """A duplicate of the fold on a later day."""
        twin = Fold(self._terms, ledger=self._fold.ledger.as_if())
        twin.run_to(day)
        return twin

    def _difference(self, day):
        """A reversal changes the past: all is folded again, and what the lines so far lack against it is written."""
        self._fold, entries = replayed(self._terms, self.facts, day)
        written = [line for lines in self.lines.values() for line in lines]
        return books.difference(book_of(self._fold, day, entries), written)
