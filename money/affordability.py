"""What a household can carry: every figure is a month's, in cents."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from money.amounts import Cents, round_cent

USUAL_SHARE = Decimal("0.5")  # of the surplus that an instalment may take
USUAL_DROP = Decimal("0.10")  # of income, in a month of stress


@dataclass(frozen=True)
class Affordability:
    """What an instalment leaves of a month; what would fit; what is left of it when income falls."""

    left_cents: Cents
    fits_cents: Cents
    stressed_cents: Cents


def affordability(
    income_cents: Cents,
    costs_cents: Cents,
    instalment_cents: Cents,
    share: Decimal = USUAL_SHARE,
    drop: Decimal = USUAL_DROP,
) -> Affordability:
    """The three lines that an officer reads beside an instalment. Raises ValueError unless both shares are 0 to 1."""
    return Affordability(
        surplus_after(income_cents, costs_cents, instalment_cents),
        largest_instalment(income_cents, costs_cents, share),
        surplus_under_stress(income_cents, costs_cents, instalment_cents, drop),
    )


def surplus(income_cents: Cents, costs_cents: Cents) -> Cents:
    """What is left of a month's income after its costs; below zero when it does not last."""
    return Cents(income_cents - costs_cents)


def surplus_after(income_cents: Cents, costs_cents: Cents, instalment_cents: Cents) -> Cents:
    """What is left after the instalment too."""
    return Cents(surplus(income_cents, costs_cents) - instalment_cents)


def largest_instalment(income_cents: Cents, costs_cents: Cents, share: Decimal = Decimal(1)) -> Cents:
    """The largest instalment that takes no more than `share` (0 to 1) of the surplus, in whole cents, never below 0."""
    if not 0 <= share <= 1:
        raise ValueError(f"a share from 0 to 1 is needed, not {share}")
    fits = (surplus(income_cents, costs_cents) * share).to_integral_value(ROUND_FLOOR)
    return Cents(max(0, int(fits)))


def surplus_under_stress(income_cents: Cents, costs_cents: Cents, instalment_cents: Cents, drop: Decimal) -> Cents:
    """What is left after the instalment when income falls by `drop` (0 to 1) and the costs stay; the fall half-up."""
    if not 0 <= drop <= 1:
        raise ValueError(f"a drop from 0 to 1 is needed, not {drop}")
    return surplus_after(Cents(income_cents - round_cent(income_cents * drop)), costs_cents, instalment_cents)


def debt_share(income_cents: Cents, debts_cents: Cents) -> Decimal | None:
    """The part of a month's income that goes to debts, a Decimal fraction, unrounded; None without income."""
    return Decimal(debts_cents) / income_cents if income_cents > 0 else None
