"""The engine by itself, without a database: plans, and replays of what happened."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from loans.benchmark.figure import Scene, Work, a_second
from money.amounts import Cents
from money.book import Book, Fact, FactKind, replay
from money.calendar import add_months
from money.cost import cost
from money.interest import DayCount
from money.schedule import Plan, plan
from money.terms import Advance, Terms

INSTALMENTS = 36
LATENESS = (0, 0, 0, 0, 2, 6)  # days; most pay on the day
REVERSED = 12  # the number of the payment that came back


@dataclass(frozen=True)
class Order:
    """One plan of the mix, and whether its APR is wanted too."""

    terms: Terms
    with_apr: bool

    def carry_out(self) -> Plan:
        """Make the plan."""
        schedule = plan(self.terms)
        if self.with_apr:
            cost(self.terms, schedule)
        return schedule


def mix(count: int, seed: int) -> list[Order]:
    """So many plans of 36 instalments: half 30/360, half actual/365; a quarter with two advances, a tenth with APR.

    `count`: a multiple of 20. The shares are exact and lie across each other by the seed.
    """
    chance = random.Random(f"{seed}/schedules")
    thirty, twice, apr = (_share(count, part, chance) for part in (2, 4, 10))
    return [
        Order(_terms(DayCount.THIRTY_360 if even else DayCount.ACTUAL_365, chance, is_twice=second), told)
        for even, second, told in zip(thirty, twice, apr, strict=True)
    ]


def _share(count: int, part: int, chance: random.Random) -> list[bool]:
    flags = [number < count // part for number in range(count)]
    chance.shuffle(flags)
    return flags


def _terms(day_count: DayCount, chance: random.Random, *, is_twice: bool = False) -> Terms:
    starts = date(2026, 1, 1) + timedelta(days=chance.randrange(365))
    days = [starts] + ([starts + timedelta(days=chance.randrange(20, 300))] if is_twice else [])
    return Terms(
        advances=tuple(Advance(day, Cents(chance.randrange(100_000, 800_000, 2_500))) for day in days),
        annual_rate=Decimal(chance.randrange(400, 1_200)) / 10_000,
        instalments=INSTALMENTS,
        first_due=add_months(starts, 1),
        day_count=day_count,
    )


@dataclass(frozen=True)
class Life:
    """A loan of 36 months, its plan, and all that happened to it."""

    terms: Terms
    schedule: Plan
    facts: tuple[Fact, ...]

    def replay(self) -> Book:
        """The book a month after the last due day."""
        until = self.schedule.instalments[-1].due_on + timedelta(days=30)
        return replay(self.terms, self.facts, until)


def busy_life(chance: random.Random) -> Life:
    """Forty facts: the advance, 36 payments, a fee, and a payment that came back and was made again."""
    terms = _terms(chance.choice((DayCount.THIRTY_360, DayCount.ACTUAL_365)), chance)
    schedule = plan(terms)
    advance = Fact(1, FactKind.ADVANCE, terms.starts, terms.advanced_cents)
    payments = [
        Fact(row.number + 1, FactKind.PAYMENT, row.due_on + timedelta(days=chance.choice(LATENESS)), row.total_cents)
        for row in schedule.instalments
    ]
    returned = payments[REVERSED - 1]
    back, again = returned.on + timedelta(days=7), returned.on + timedelta(days=10)
    mishap = (
        Fact(INSTALMENTS + 2, FactKind.REVERSAL, back, returned.cents, reverses=returned.number),
        Fact(INSTALMENTS + 3, FactKind.FEE, back, Cents(2_500)),
        Fact(INSTALMENTS + 4, FactKind.PAYMENT, again, Cents(returned.cents + 2_500)),
    )
    return Life(terms, schedule, (advance, *payments, *mishap))


def life_of(facts: int, chance: random.Random) -> Life:
    """So many facts: the advance, and payments as even as can be along the 36 months."""
    terms = _terms(DayCount.ACTUAL_365, chance)
    schedule = plan(terms)
    days = (schedule.instalments[-1].due_on - terms.starts).days
    cents = Cents(schedule.total_paid_cents // (facts - 1))
    payments = [
        Fact(number, FactKind.PAYMENT, terms.starts + timedelta(days=days * number // facts), cents)
        for number in range(2, facts + 1)
    ]
    return Life(terms, schedule, (Fact(1, FactKind.ADVANCE, terms.starts, terms.advanced_cents), *payments))


def schedules(scene: Scene) -> Work:
    """Plans a second, on the mix."""
    orders = mix(scene.sizes.schedules, scene.seed)
    return lambda: a_second(lambda: [order.carry_out() for order in orders], len(orders))


def replays(scene: Scene) -> Work:
    """Replays a second, of loans with forty facts."""
    chance = random.Random(f"{scene.seed}/replays")
    lives = [busy_life(chance) for _ in range(scene.sizes.replays)]
    return lambda: a_second(lambda: [life.replay() for life in lives], len(lives))


def replays_of(facts: int, scene: Scene) -> Work:
    """Replays a second, of a loan with so many facts."""
    life = life_of(facts, random.Random(f"{scene.seed}/growth"))
    times = max(1, scene.sizes.replays * 10 // facts)
    return lambda: a_second(lambda: [life.replay() for _ in range(times)], times)
