"""The one place where the bulk asks the engine: facts go in; lines by fact, and books, come out."""

from collections import defaultdict

from loans.lifecycle import books
from money.book import replay
from money.facts import Fact, FactKind


class Account:
    """A loan's facts as they are written down one by one, and what the engine makes of them."""

    def __init__(self, terms, instalments):
        self._terms, self._instalments = terms, instalments
        self.facts = []

    def take(self, kind, on, cents, detail=None, reverses=None):
        """Write down a fact; returns it, with its number."""
        fact = Fact(len(self.facts) + 1, kind, on, cents, detail or {}, reverses)
        self.facts.append(fact)
        return fact

    def book(self, on):
        """The book at the end of a day."""
        return self._replay(len(self.facts), on)

    def close(self):
        """(lines, book): {number of a fact: the (day, debit, credit, cents) it wrote}, and the book on its last day."""
        lines, straight = defaultdict(list), self._first_reversal() - 1
        book = self._replay(straight, self._last_day(straight))
        for entry in book.entries:
            lines[entry.fact].append((entry.on, entry.debit, entry.credit, entry.cents))
        for count in range(straight + 1, len(self.facts) + 1):
            written = [line for number in lines for line in lines[number]]
            book = self._replay(count, self._last_day(count))
            lines[count] = books.difference(book, written)
        return lines, book

    def _first_reversal(self):
        numbers = (fact.number for fact in self.facts if fact.kind is FactKind.REVERSAL)
        return next(numbers, len(self.facts) + 1)

    def _last_day(self, count):
        return max(fact.on for fact in self.facts[:count])

    def _replay(self, count, until):
        return replay(self._terms, self._instalments, self.facts[:count], until)
