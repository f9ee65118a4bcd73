"""Twenty-four months of a small business, derived from one typical month.

The owner tells a usual month, the months until sales are usual, the seasons and what is needed to start; the rest is
arithmetic. Cash basis: a sale is money in, a purchase money out, in the same month. Taxes are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from money.amounts import MOST_CENTS, Cents, round_cent

MONTHS = 24
LONGEST_RAMP = 24
NOTHING = Cents(0)


class ForecastError(ValueError):
    """Figures of which no forecast can be made: the field, and a code.

    Codes: out_of_bounds (cents or months), not_a_share, not_a_month.
    """

    def __init__(self, name: str, code: str) -> None:
        super().__init__(f"{name}: {code}")
        self.field, self.code = name, code


@dataclass(frozen=True)
class TypicalMonth:
    """A usual month once the business runs, in cents. `goods_share`: the part of sales that goods cost, 0 to 1."""

    sales_cents: Cents
    goods_share: Decimal
    costs_cents: Cents  # rent, wages and all other costs that come each month
    drawings_cents: Cents  # what the owner takes out to live on


@dataclass(frozen=True)
class Plan:
    """All that the forecast stands on. Months are numbered from 1; `first_month` is a month of the calendar, 1 to 12.

    `seasons`: month of the calendar → how sales differ (0.25: a quarter more). `ramp_months`: sales grow evenly up to
    the usual ones in that many months. `loan_payments_cents`: one a month, from the month after the loan.
    """

    month: TypicalMonth
    first_month: int
    ramp_months: int = 0
    seasons: Mapping[int, Decimal] = field(default_factory=dict)
    own_money_cents: Cents = NOTHING
    start_up_cents: Cents = NOTHING
    loan_cents: Cents = NOTHING
    loan_payments_cents: Sequence[Cents] = ()


@dataclass(frozen=True)
class Month:
    """One month of the forecast, in cents; `closing_cents` is the money left at its end."""

    number: int
    calendar_month: int
    sales_cents: Cents
    goods_cents: Cents
    costs_cents: Cents
    drawings_cents: Cents
    start_up_cents: Cents
    money_in_cents: Cents  # own money and the loan
    loan_payment_cents: Cents
    closing_cents: Cents

    @property
    def net_cents(self) -> Cents:
        """What the month itself leaves: sales less everything that goes out each month, the loan's payment too."""
        out = self.goods_cents + self.costs_cents + self.drawings_cents + self.loan_payment_cents
        return Cents(self.sales_cents - out)


@dataclass(frozen=True)
class Forecast:
    """The months, and what stands out in them."""

    months: tuple[Month, ...]

    @property
    def lowest(self) -> Month:
        """The first month at whose end the least money is left."""
        return min(self.months, key=lambda month: (month.closing_cents, month.number))

    @property
    def carries_itself_from(self) -> int | None:
        """The number of the first month that does not eat money, as none after it does; None when the last one does."""
        found = None
        for month in reversed(self.months):
            if month.net_cents < 0:
                break
            found = month.number
        return found


def forecast(plan: Plan) -> Forecast:
    """The 24 months that follow from the plan. Raises ForecastError."""
    _check(plan)
    months: list[Month] = []
    closing = 0
    for number in range(1, MONTHS + 1):
        month = _month(plan, number, closing)
        closing = month.closing_cents
        months.append(month)
    return Forecast(tuple(months))


def _month(plan: Plan, number: int, opening: int) -> Month:
    usual = plan.month
    calendar_month = (plan.first_month + number - 2) % 12 + 1
    sales = round_cent(_sales_share(plan, number, calendar_month) * usual.sales_cents)
    goods = round_cent(usual.goods_share * sales)
    is_first = number == 1
    start_up = plan.start_up_cents if is_first else 0
    money_in = plan.own_money_cents + plan.loan_cents if is_first else 0
    payment = plan.loan_payments_cents[number - 2] if 0 <= number - 2 < len(plan.loan_payments_cents) else 0
    out = goods + usual.costs_cents + usual.drawings_cents + start_up + payment
    return Month(
        number=number,
        calendar_month=calendar_month,
        sales_cents=Cents(sales),
        goods_cents=Cents(goods),
        costs_cents=usual.costs_cents,
        drawings_cents=usual.drawings_cents,
        start_up_cents=Cents(start_up),
        money_in_cents=Cents(money_in),
        loan_payment_cents=Cents(payment),
        closing_cents=Cents(opening + money_in + sales - out),
    )


def _sales_share(plan: Plan, number: int, calendar_month: int) -> Decimal:
    """The part of usual sales that this month brings: the way up, then the season."""
    grown = min(Decimal(number) / (plan.ramp_months + 1), Decimal(1))
    return grown * (1 + plan.seasons.get(calendar_month, Decimal(0)))


def _check(plan: Plan) -> None:
    month = plan.month
    beyond = [cents for cents in plan.loan_payments_cents if not 0 <= cents <= MOST_CENTS]
    sums = {
        "sales_cents": month.sales_cents,
        "costs_cents": month.costs_cents,
        "drawings_cents": month.drawings_cents,
        "own_money_cents": plan.own_money_cents,
        "start_up_cents": plan.start_up_cents,
        "loan_cents": plan.loan_cents,
        "loan_payments_cents": beyond[0] if beyond else 0,
    }
    for name, cents in sums.items():
        if not 0 <= cents <= MOST_CENTS:
            raise ForecastError(name, "out_of_bounds")
    if not 0 <= month.goods_share <= 1:
        raise ForecastError("goods_share", "not_a_share")
    if not 0 <= plan.ramp_months <= LONGEST_RAMP:
        raise ForecastError("ramp_months", "out_of_bounds")
    if plan.first_month not in range(1, 13):
        raise ForecastError("first_month", "not_a_month")
    for calendar_month, share in plan.seasons.items():
        if calendar_month not in range(1, 13):
            raise ForecastError("seasons", "not_a_month")
        if not -1 <= share <= 10:
            raise ForecastError("seasons", "not_a_share")
