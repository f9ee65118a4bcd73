"""What happens to a loan's money: facts, and the order in which they are taken."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property

from money.amounts import Cents
from money.interest import is_rate
from money.terms import FeePaid


class FactKind(StrEnum):
    """What can happen. The order is the one in which facts of one day are taken."""

    ADVANCE = "advance"
    REVERSAL = "reversal"
    FEE = "fee"
    WAIVER = "waiver"
    RATE_CHANGE = "rate_change"
    PAUSE = "pause"
    RESCHEDULE = "reschedule"
    PAYMENT = "payment"
    WRITE_OFF = "write_off"
    RECOVERY = "recovery"
    REFUND = "refund"  # of a fee's part, to whoever paid everything back early


CHANGES = frozenset((FactKind.RATE_CHANGE, FactKind.PAUSE, FactKind.RESCHEDULE))  # of the plan; they move no money
WRITTEN_ORDER = {kind: place for place, kind in enumerate(FactKind)}


class Part(StrEnum):
    """What a debt is made of."""

    FEES = "fees"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class Ahead(StrEnum):
    """Where money goes that is paid before it is due: kept for the next dues, or put to principal at once."""

    CREDIT = "credit"
    PRINCIPAL = "principal"


class BookError(ValueError):
    """Facts of which no book can be made: a code and the number of the fact.

    Codes: number_twice, negative, unknown_detail, unknown_fact, reversed_twice, reversal_before_its_fact,
    payment_order, out_of_calendar, no_plan.
    """

    def __init__(self, code: str, number: int | None = None) -> None:
        super().__init__(code if number is None else f"fact {number}: {code}")
        self.code, self.number = code, number


Place = tuple[date, int, Cents, str]


@dataclass(frozen=True)
class Fact:
    """One thing that happened on a value date. `detail` by kind, all optional but for the rate:

    fee: `paid` = deducted | added | separately (the default: due with the next instalment);
    waiver: `part` = fees (the default) | interest | principal; payment: `ahead` = credit (the default) | principal;
    rate_change: `annual_rate`, a fraction as text; pause: `instalments` that ask for nothing; reschedule: `instalments`
    over which `cents` of principal are spread anew, `first_due`, and optionally `interest_only` of them, the
    `interest_cents` and `fees_cents` that were owing. Other keys are not read.
    These three move no money: they put another version of the plan in force (money.version).
    """

    number: int
    kind: FactKind
    on: date
    cents: Cents
    detail: Mapping[str, str | int] = field(default_factory=dict)
    reverses: int | None = None

    @property
    def fee_paid(self) -> FeePaid:
        """How this fee is paid."""
        return FeePaid(str(self.detail.get("paid", FeePaid.SEPARATELY)))

    @property
    def part(self) -> Part:
        """The part that is waived."""
        return Part(str(self.detail.get("part", Part.FEES)))

    @property
    def ahead(self) -> Ahead:
        """Where this payment goes beyond what is due."""
        return Ahead(str(self.detail.get("ahead", Ahead.CREDIT)))

    @property
    def annual_rate(self) -> Decimal:
        """The new yearly rate, a fraction."""
        rate = Decimal(self.detail["annual_rate"])
        if not is_rate(rate):
            raise ValueError(f"{rate} is no yearly rate")
        return rate

    @property
    def first_due(self) -> date:
        """The first due day of a new plan."""
        return date.fromisoformat(str(self.detail["first_due"]))

    def count(self, name: str, otherwise: int | None = None) -> int:
        """A whole number, not negative, of the detail; `otherwise` stands for one that is not told."""
        told = self.detail.get(name, otherwise)
        if isinstance(told, bool) or not isinstance(told, int) or told < 0:
            raise ValueError(f"{name} is no count")
        return told

    def check(self) -> None:
        """Raise BookError for amounts and details that cannot be."""
        if self.cents < 0:
            raise BookError("negative", self.number)
        try:
            for read in _READERS.get(self.kind, ()):
                read(self)
        except (ValueError, KeyError, TypeError, InvalidOperation) as error:
            raise BookError("unknown_detail", self.number) from error

    @cached_property
    def place(self) -> Place:
        """Where it stands in the written order: by day, kind, amount, and what of its detail the book reads."""
        read = "|".join(str(read(self)) for read in _READERS.get(self.kind, ()))
        return self.on, WRITTEN_ORDER[self.kind], self.cents, read


_READERS: dict[FactKind, tuple[Callable[[Fact], object], ...]] = {
    FactKind.FEE: (lambda fact: fact.fee_paid,),
    FactKind.WAIVER: (lambda fact: fact.part,),
    FactKind.PAYMENT: (lambda fact: fact.ahead,),
    FactKind.RATE_CHANGE: (lambda fact: fact.annual_rate,),
    FactKind.PAUSE: (lambda fact: fact.count("instalments"),),
    FactKind.RESCHEDULE: (
        lambda fact: fact.count("instalments"),
        lambda fact: fact.first_due,
        lambda fact: fact.count("interest_only", 0),
        lambda fact: fact.count("interest_cents", 0),
        lambda fact: fact.count("fees_cents", 0),
    ),
}


@dataclass(frozen=True)
class Happening:
    """A fact and the chain of its reversals: each mirrors the one before it. An odd number makes it void."""

    fact: Fact
    reversals: tuple[Fact, ...]

    @property
    def is_void(self) -> bool:
        """Whether the fact is as if it had never been."""
        return len(self.reversals) % 2 == 1


def in_written_order(facts: Iterable[Fact], until: date) -> list[Happening]:
    """The facts up to a day, as the book takes them: by day, kind, amount, detail. The order of recording tells apart
    only what is alike in all of these.

    Raises BookError.
    """
    known = [fact for fact in facts if fact.on <= until]
    for fact in known:
        fact.check()
    reversed_by = _reversals(known)
    happenings = [Happening(f, _chain(f, reversed_by)) for f in known if f.kind is not FactKind.REVERSAL]
    return sorted(happenings, key=_place)


def _place(happening: Happening) -> tuple[object, ...]:
    return *happening.fact.place, happening.is_void, happening.fact.number


def _reversals(facts: list[Fact]) -> dict[int, Fact]:
    """The reversal of each reversed fact, by its number."""
    by_number: dict[int, Fact] = {}
    for fact in facts:
        if fact.number in by_number:
            raise BookError("number_twice", fact.number)
        by_number[fact.number] = fact
    reversed_by: dict[int, Fact] = {}
    for reversal in (fact for fact in facts if fact.kind is FactKind.REVERSAL):
        target = by_number.get(reversal.reverses or 0)
        if target is None or target.number >= reversal.number:
            raise BookError("unknown_fact", reversal.number)
        if reversal.on < target.on:
            raise BookError("reversal_before_its_fact", reversal.number)
        if target.number in reversed_by:
            raise BookError("reversed_twice", reversal.number)
        reversed_by[target.number] = reversal
    return reversed_by


def _chain(fact: Fact, reversed_by: Mapping[int, Fact]) -> tuple[Fact, ...]:
    chain: list[Fact] = []
    while reversal := reversed_by.get(fact.number):
        chain.append(reversal)
        fact = reversal
    return tuple(chain)
