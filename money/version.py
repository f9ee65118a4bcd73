"""The plan in force: the agreed one, and what a change of the rate, a pause or a reschedule made of it.

A version follows from terms and facts alone, never from what was paid, so it can be told to the borrower beforehand.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from money.amounts import NOTHING, Cents
from money.facts import BookError, Fact, FactKind
from money.schedule import Instalment, plan
from money.terms import Advance, Pause, RateChange, Terms, TermsError


@dataclass(frozen=True)
class Version:
    """One version of the plan: `kept` instalments of earlier terms, then those of `terms`, numbered on.

    `interest_cents` and `fees_cents` were owing when these terms began and are asked with their first instalment.
    """

    terms: Terms
    kept: tuple[Instalment, ...] = ()
    interest_cents: Cents = NOTHING
    fees_cents: Cents = NOTHING
    is_rescheduled: bool = False

    @cached_property
    def instalments(self) -> tuple[Instalment, ...]:
        """All instalments in order, numbered from 1. Raises TermsError."""
        rows = plan(self.terms).instalments
        if not self.is_rescheduled:
            return rows
        asking = next(number for number in range(1, len(rows) + 1) if number not in self.terms.silent)
        moved = [self._with_arrears(row) if row.number == asking else row for row in rows]
        return self.kept + tuple(replace(row, number=len(self.kept) + row.number) for row in moved)

    @cached_property
    def dues(self) -> tuple[date, ...]:
        """The due day of each instalment."""
        return tuple(row.due_on for row in self.kept) + self.terms.dues

    @cached_property
    def silent(self) -> frozenset[int]:
        """The numbers of the instalments to come that ask for nothing: grace and pauses."""
        return frozenset(len(self.kept) + number for number in self.terms.silent)

    @property
    def grace_ends(self) -> int:
        """The number of the last instalment of a grace phase to come; 0 when there is none."""
        return 0 if self.is_rescheduled else self.terms.grace_ends

    def rate_on(self, day: date) -> Decimal:
        """The yearly rate in force on a day, of two that begin on one day the later listed."""
        known = [change for change in self.terms.rates if change.starts <= day]
        newest = max((change.starts for change in known), default=None)
        rates = [change.annual_rate for change in known if change.starts == newest]
        return rates[-1] if rates else self.terms.annual_rate

    def after(self, fact: Fact) -> "Version":
        """The version that a change of the rate, a pause or a reschedule puts in force. Raises BookError("no_plan")."""
        changed = self.changed_by(fact)
        try:
            plan(changed.terms)
        except TermsError as error:
            raise BookError("no_plan", fact.number) from error
        return changed

    def changed_by(self, fact: Fact) -> "Version":
        """`after` for a change that is known to leave a plan."""
        match fact.kind:
            case FactKind.RATE_CHANGE:
                rates = (*self.terms.rates, RateChange(fact.on, fact.annual_rate))
                return replace(self, terms=replace(self.terms, rates=rates))
            case FactKind.PAUSE:
                pauses = (*self.terms.pauses, Pause(fact.on, fact.count("instalments")))
                return replace(self, terms=replace(self.terms, pauses=pauses))
            case _:
                return self._rescheduled(fact)

    def _rescheduled(self, fact: Fact) -> "Version":
        """What is owing when the day begins is spread anew; what had fallen due before it stays as it was."""
        terms = replace(
            self.terms,
            advances=(Advance(fact.on, fact.cents), *(each for each in self.terms.advances if each.on > fact.on)),
            annual_rate=self.rate_on(fact.on),
            instalments=fact.count("instalments"),
            first_due=fact.first_due,
            interest_only=fact.count("interest_only", 0),
            grace=0,
            fees=(),
            rates=tuple(change for change in self.terms.rates if change.starts > fact.on),
            pauses=(),
        )
        return Version(
            terms,
            tuple(row for row in self.instalments if row.due_on < fact.on),
            Cents(fact.count("interest_cents", 0)),
            Cents(fact.count("fees_cents", 0)),
            is_rescheduled=True,
        )

    def _with_arrears(self, row: Instalment) -> Instalment:
        return replace(
            row,
            interest_cents=Cents(row.interest_cents + self.interest_cents),
            fees_cents=Cents(row.fees_cents + self.fees_cents),
        )
