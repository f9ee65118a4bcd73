"""What a loan costs: the annual percentage rate of Canadian disclosure law, and what follows from it.

APR = C / (T × P) with each payment going first to the cost accrued at the APR itself (SOR/2001-104, s. 3; NB Reg
2010-104, ss. 12 and 15; O. Reg. 17/05, s. 55). Only one rate satisfies that: the nominal internal rate of return, the
rate a period × the periods a year, at which the payments are worth what was advanced. The contract's balances are never
averaged: with a fee, that is wrong by more than the eighth of a point which the law allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from money.amounts import Cents, round_ratio
from money.interest import is_regular
from money.limits import LIMITS, Limit
from money.schedule import FeePaid, Plan, Terms

DIGITS = 34
HALVINGS = 50  # of a bracket as wide as the rate, or a 64th: far beyond the ninth place
DOUBLINGS = 128


@dataclass(frozen=True)
class Cost:
    """The cost of a loan. Rates are fractions a year, exact to at least nine places.

    `net_advance_cents`: what the borrower got for himself: advances less the fees kept back or paid beside, plus what
    was put on the balance without being a cost. `total_paid_cents`: all instalments. Their difference is
    `cost_of_borrowing_cents`.
    """

    apr: Decimal
    effective_rate: Decimal
    cost_of_borrowing_cents: Cents
    total_paid_cents: Cents
    net_advance_cents: Cents


def cost(terms: Terms, plan: Plan) -> Cost:
    """The cost of the loan on this plan of these terms.

    A regular period counts as one; an advance after the first day and a first period of another length count by days
    of 1/365 year (O. Reg. 17/05 s. 55(3)). Fees that are no cost of borrowing change neither cost nor rate.
    """
    at_start = _fees_at_start(terms)
    net = terms.advanced_cents - at_start + _added_without_cost(terms)
    with localcontext() as context:
        context.prec = DIGITS
        periodic = _periodic_rate(terms, plan, at_start)
        a_year = terms.frequency.a_year
        apr, effective = periodic * a_year, (1 + periodic) ** a_year - 1
    return Cost(apr, effective, Cents(plan.total_paid_cents - net), plan.total_paid_cents, Cents(net))


def is_criminal(cost: Cost, limit: Limit = LIMITS[-1]) -> bool:
    """Whether the nominal APR is above what section 347 allows; a loan exactly at the limit is lawful."""
    return cost.apr > limit.most_apr


def nears_criminal(cost: Cost, limit: Limit = LIMITS[-1]) -> bool:
    """Whether to warn: the APR is high, or the effective rate is above the limit (`is_criminal_if_strict`)."""
    return cost.apr >= limit.warning_apr or is_criminal_if_strict(cost, limit)


def is_criminal_if_strict(cost: Cost, limit: Limit = LIMITS[-1]) -> bool:
    """Whether the effective rate is above the limit: section 347 read as it was before 2025 (DOMAIN section 2)."""
    return cost.effective_rate > limit.most_apr


def prepayment_refund(charge_cents: Cents, n: int, m: int) -> Cents:
    """What is given back of a charge on full prepayment: A × (n − m) / n, half-up (SOR/2001-104; DOMAIN 1.6).

    `n`: periods from the charge to the scheduled end (>= 1); `m`: periods to the prepayment. 0 from the end on.
    """
    if n < 1 or m < 0:
        raise ValueError(f"n >= 1 and m >= 0 are needed, not {n} and {m}")
    return round_ratio(charge_cents * max(0, n - m), n)


def triggering_rate(payment_cents: Cents, balance_cents: Cents, a_year: int = 12) -> Decimal:
    """The yearly rate, a fraction, from which a payment no longer covers the interest: M × 12 / B (O. Reg. 200/05).

    `balance_cents` > 0; `a_year`: payments in a year.
    """
    if balance_cents <= 0:
        raise ValueError(f"a balance above 0 is needed, not {balance_cents}")
    return Decimal(payment_cents) * a_year / balance_cents


def _fees_at_start(terms: Terms) -> int:
    """The cost that is paid on the first day: it lowers what the borrower has in hand."""
    return sum(fee.cents for fee in terms.fees if fee.cost_of_borrowing and fee.paid is not FeePaid.ADDED)


def _added_without_cost(terms: Terms) -> int:
    """Paid to others for the borrower and put on the balance: money lent like any other."""
    return sum(fee.cents for fee in terms.fees if not fee.cost_of_borrowing and fee.paid is FeePaid.ADDED)


def _periodic_rate(terms: Terms, plan: Plan, at_start: int) -> Decimal:
    """The rate a period at which all payments are worth all advances, found by halving a bracket."""
    a_day = Decimal(terms.frequency.a_year) / 365
    in_hand = _added_without_cost(terms) - at_start
    in_hand += sum(advance.cents for advance in terms.advances if advance.on == terms.starts)
    later = [(a_day * (a.on - terms.starts).days, a.cents) for a in terms.advances if a.on > terms.starts]
    regular = is_regular(terms.starts, terms.first_due, terms.frequency)
    first = a_day * (terms.first_due - terms.starts).days
    totals = [Decimal(row.total_cents) for row in plan.instalments]

    def is_too_low(rate: Decimal) -> bool:
        discount = 1 / (1 + rate)
        advanced = in_hand + sum(cents * discount**since for since, cents in later)
        worth = _worth(totals, discount) * (discount if regular else discount**first)
        return worth > advanced

    low, high = Decimal(0), Decimal(1) / 64
    for _ in range(DOUBLINGS):
        if not is_too_low(high):
            break
        low, high = high, high * 2
    if low == 0 and not is_too_low(low):
        return low
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_too_low(middle) else (low, middle)
    return (low + high) / 2


def _worth(totals: Sequence[Decimal], discount: Decimal) -> Decimal:
    """What the payments are worth on the day of the first of them."""
    worth = Decimal(0)
    for total in reversed(totals):
        worth = worth * discount + total
    return worth
