"""Terms, facts and strategies that the tests of money/ share."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

from money.amounts import Rounding
from money.book import Ahead, BookError, Fact, FactKind, replay
from money.calendar import Frequency
from money.interest import DayCount
from money.schedule import (
    Advance,
    Amortisation,
    Fee,
    FeePaid,
    GraceInterest,
    OnRateChange,
    Pause,
    RateChange,
    Terms,
    TermsError,
    plan,
)

LENT_ON = date(2027, 1, 15)


def terms(cents=1_000_000, rate="0.07", instalments=36, *, lent_on=LENT_ON, first_due=date(2027, 2, 15), **more):
    """Amina's loan: $10,000 at 7 % over 36 months, unless told otherwise."""
    return Terms((Advance(lent_on, cents),), Decimal(rate), instalments, first_due, **more)


def shares(schedule):
    """(principal, interest) of each instalment."""
    return [(row.principal_cents, row.interest_cents) for row in schedule.instalments]


def happened(terms):
    """The facts of the terms themselves: advances, and fees on the first day."""
    facts = [Fact(number, FactKind.ADVANCE, a.on, a.cents) for number, a in enumerate(terms.advances, start=1)]
    return facts + [
        Fact(len(facts) + number, FactKind.FEE, terms.starts, fee.cents, {"paid": fee.paid.value})
        for number, fee in enumerate(terms.fees, start=1)
    ]


def with_numbers(facts, first=1):
    """The same facts, numbered anew in this order."""
    return [Fact(n, f.kind, f.on, f.cents, f.detail, f.reverses) for n, f in enumerate(facts, start=first)]


def payments(terms, schedule, count=None):
    """Each of the first `count` instalments paid on its due day, after the facts of the terms."""
    facts = happened(terms)
    rows = [row for row in schedule.instalments[:count] if row.total_cents]
    paid = [Fact(0, FactKind.PAYMENT, row.due_on, row.total_cents) for row in rows]
    return facts + with_numbers(paid, first=len(facts) + 1)


def book(terms, facts, until, **more):
    """The book on the plan of these terms."""
    return replay(terms, facts, until, **more)


@st.composite
def any_terms(draw, fees=True):
    """Terms of every kind of which a plan can be made."""
    frequency = draw(st.sampled_from(Frequency))
    instalments = draw(st.integers(1, 60))
    grace = draw(st.integers(0, min(6, instalments - 1)))
    interest_only = draw(st.integers(0, min(24, instalments - 1 - grace)))
    lent_on = draw(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
    first_due = lent_on + timedelta(days=draw(st.integers(1, 100)))
    bare = terms(instalments=instalments, lent_on=lent_on, first_due=first_due, frequency=frequency)
    days = st.integers(0, (bare.dues[-1] - lent_on).days - 1)
    more = draw(st.lists(st.tuples(days, st.integers(100, 2_000_000)), max_size=3))
    changes = draw(st.lists(st.tuples(days, st.decimals("0", "0.35", places=4)), max_size=2))
    first = draw(st.integers(10_000, 5_000_000))
    found = Terms(
        advances=tuple(Advance(lent_on + timedelta(days=after), cents) for after, cents in [(0, first), *sorted(more)]),
        annual_rate=draw(st.decimals("0", "0.35", places=4)),
        instalments=instalments,
        first_due=first_due,
        frequency=frequency,
        interest_only=interest_only,
        grace=grace,
        day_count=draw(st.sampled_from(DayCount)),
        rounding=draw(st.sampled_from(Rounding)),
        amortisation=draw(st.sampled_from(Amortisation)),
        fees=tuple(Fee(draw(st.integers(1, 5_000)), paid) for paid in draw(_FEES)) if fees else (),
        rates=tuple(RateChange(lent_on + timedelta(days=after), rate) for after, rate in changes),
        minimum_cents=draw(st.sampled_from([0, 0, 1_000, 50_000])),
        grace_interest=draw(st.sampled_from(GraceInterest)),
        on_rate_change=draw(st.sampled_from(OnRateChange)),
        pauses=tuple(Pause(lent_on + timedelta(days=after), count) for after, count in draw(_pauses(days))),
    )
    assume(has_a_plan(found))
    return found


def has_a_plan(found):
    """False where an instalment cannot cover its interest or a pause comes too late; other refusals are faults."""
    try:
        return bool(plan(found))
    except TermsError as error:
        if error.code == "interest_not_covered" or error.field == "pauses":
            return False
        raise


def _pauses(days):
    return st.one_of(st.just([]), st.lists(st.tuples(days, st.integers(1, 4)), max_size=2))


_FEES = st.lists(st.sampled_from([FeePaid.DEDUCTED, FeePaid.ADDED]), max_size=2)


def has_a_book(terms, facts, until):
    """Whether every change among the facts leaves a plan."""
    try:
        return bool(replay(terms, facts, until))
    except BookError as error:
        if error.code == "no_plan":
            return False
        raise


@st.composite
def any_facts(draw, terms):
    """What may happen to a loan on these terms, in order of recording: some of it backdated, some reversed."""
    last = (terms.dues[-1] - terms.starts).days + 120
    facts = happened(terms)
    for _ in range(draw(st.integers(0, 12))):
        on = terms.starts + timedelta(days=draw(st.integers(0, last)))
        number = len(facts) + 1
        reversed_already = {fact.reverses for fact in facts}
        targets = [f for f in facts if f.number not in reversed_already]
        if targets and draw(st.integers(0, 4)) == 0:
            target = draw(st.sampled_from(targets))
            on = target.on + timedelta(days=draw(st.integers(0, 40)))
            facts.append(Fact(number, FactKind.REVERSAL, on, target.cents, reverses=target.number))
            continue
        kind, detail = draw(st.sampled_from(_HAPPENS))
        cents = draw(st.integers(1, 60_000))
        if kind is FactKind.RESCHEDULE:
            first_due = on + timedelta(days=draw(st.integers(1, 60)))
            detail = {"instalments": draw(st.integers(1, 40)), "first_due": first_due.isoformat()}
        facts.append(Fact(number, kind, on, cents, detail))
    return facts


_HAPPENS = [
    *[(FactKind.PAYMENT, {})] * 5,
    (FactKind.PAYMENT, {"ahead": Ahead.PRINCIPAL.value}),
    (FactKind.FEE, {}),
    (FactKind.WAIVER, {"part": "fees"}),
    (FactKind.WAIVER, {"part": "interest"}),
    (FactKind.WAIVER, {"part": "principal"}),
    (FactKind.RATE_CHANGE, {"annual_rate": "0.0925"}),
    (FactKind.RATE_CHANGE, {"annual_rate": "0.0425"}),
    (FactKind.PAUSE, {"instalments": 2}),
    (FactKind.RESCHEDULE, {}),
    (FactKind.WRITE_OFF, {}),
    (FactKind.RECOVERY, {}),
]
