"""What would stay within the yearly cost that section 347 allows, where something does not: worked out by the engine.

What is said to fit does fit, and the next cent, or the month before, does not.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from config import clock
from loans.lifecycle.lending import planning
from loans.lifecycle.refusal import Refused
from loans.models import Loan, Product
from money.amounts import Cents, round_ratio
from money.cost import Cost, is_criminal, is_criminal_if_strict, nears_criminal
from money.facts import FactKind
from money.figures import Figures
from money.limits import largest_that, least_that, limit_on
from money.schedule import Fee, FeePaid, Terms
from money.version import Version

Facts = dict[str, object]  # of the refusal "criminal_rate"


@dataclass(frozen=True)
class Near:
    """A cost that is lawful, and near what the law allows. Fractions a year."""

    apr: Decimal
    most_apr: Decimal
    effective_rate: Decimal | None  # where a stricter reading of the law would forbid it


def is_lawful_cost(cost: Cost) -> bool:
    """Whether a cost is no more a year than section 347 allows today."""
    return not is_criminal(cost, limit_on(clock.today()))


def warning_of(cost: Cost) -> Near | None:
    """What to warn of at a cost: from 30 % a year on, and of an effective rate above the limit; None: of nothing."""
    limit = limit_on(clock.today())
    if is_criminal(cost, limit) or not nears_criminal(cost, limit):
        return None
    effective = cost.effective_rate if is_criminal_if_strict(cost, limit) else None
    return Near(cost.apr, limit.most_apr, effective)


def is_lawful(terms: Terms) -> bool:
    """Whether a plan can be made of these terms that costs no more a year than section 347 allows today."""
    try:
        return is_lawful_cost(planning.figures_of(terms).cost)
    except Refused:
        return False


def refuse_criminal_loan(loan: Loan, product: Product) -> Figures:
    """What a planned loan comes to. Raises Refused("criminal_rate") with what of it would fit, each by itself:

    `fee_cents`, the largest fee; `months`, the fewest of repayment, and `sum_cents`, the smallest loan, that the
    product allows. What nothing makes fit is left out.
    """
    return planning.refuse_criminal(loan.terms, lambda: _fitting_loan(loan, product))


def refuse_criminal_charge(terms: Terms, before: int, cents: int) -> None:
    """Refuse a default charge of `cents` on a loan that has borne `before` cents of them, where they break the limit.

    All count as interest (Garland v. Consumers' Gas). Raises Refused("criminal_rate") with `charge_cents`, the largest
    charge that would fit; without it when none does.
    """

    def charged(more: int) -> Terms:
        return with_charges(terms, before + more)

    def fitting() -> Facts:
        return _named("charge_cents", largest_that(lambda more: is_lawful(charged(more)), 1, cents))

    planning.refuse_criminal(charged(cents), fitting)


def with_charges(terms: Terms, cents: int) -> Terms:
    """The terms with default charges of so many cents in all, which count as interest (Garland v. Consumers' Gas)."""
    return replace(terms, fees=(*terms.fees, Fee(Cents(cents), FeePaid.SEPARATELY)))


def charged_cents(loan: Loan) -> int:
    """The bank's charges for payments that came back, so far, in cents."""
    charged = loan.facts.filter(kind=FactKind.FEE, reversed_by=None, detail__has_key="returned")
    return sum(fee.cents for fee in charged)


def refuse_criminal_version(loan: Loan, version: Version, most_months: int | None = None) -> Figures:
    """What a plan that a change would put in force on a running loan comes to; refused where it breaks the limit.

    `most_months` says that it is a new spread, and over how many months there may be one: that is a new agreement,
    while of any other change the bank's charges so far count too. Raises Refused("criminal_rate"); of a spread with
    `months`, the fewest that would fit.
    """
    if most_months is None:
        return planning.refuse_criminal(with_charges(by_law(loan, version), charged_cents(loan)))

    def fits(months: int) -> bool:
        return is_lawful(by_law(loan, replace(version, terms=replace(version.terms, instalments=months))))

    def fitting() -> Facts:
        return _named("months", least_that(fits, version.terms.instalments + 1, most_months))

    return planning.refuse_criminal(by_law(loan, version), fitting)


def by_law(loan: Loan, version: Version) -> Terms:
    """The terms of a version as section 347 looks at them.

    A new spread counts as a new agreement over what is still lent (NB Reg 2010-104; DOMAIN 1.2, rule 6). The part of
    the fee that belongs to it lowers what is advanced, as it did at the start.
    """
    if not version.is_rescheduled or not loan.fee_cents:
        return version.terms
    lent = loan.principal_cents + (loan.fee_cents if loan.fee_paid == FeePaid.ADDED.value else 0)
    spread = version.terms.advances[0].cents
    share = min(round_ratio(loan.fee_cents * spread, lent), spread - 1)
    return replace(version.terms, fees=(*version.terms.fees, Fee(Cents(share), FeePaid.SEPARATELY)))


def refuse_criminal_product(product: Product, worst: Loan, is_lawful_product: Callable[[Product], bool]) -> None:
    """Refuse a product whose dearest loan, `worst`, breaks the limit. Raises Refused("criminal_rate") with that loan:

    its `principal_cents`, `study_months` and `repayment_months`; and with what would make the product fit:
    `cap_cents`, the highest cap of the fee, and `months`, the fewest months of repayment.
    """
    terms = {name: getattr(worst, name) for name in ("principal_cents", "study_months", "repayment_months")}

    def fitting() -> Facts:
        at_rate = _copy(product, rate_index="", follows_index=False, annual_rate=worst.annual_rate)
        cap = largest_that(lambda cents: is_lawful_product(_copy(at_rate, fee_cap_cents=cents)), 0, worst.fee_cents)
        months = least_that(
            lambda months: is_lawful_product(_copy(at_rate, min_repayment_months=months)),
            product.min_repayment_months + 1,
            product.max_repayment_months,
        )
        return {**terms, **_named("cap_cents", cap), **_named("months", months)}

    planning.refuse_criminal(worst.terms, fitting)


def _fitting_loan(loan: Loan, product: Product) -> Facts:
    terms = {"study_months": loan.study_months, "repayment_months": loan.repayment_months}
    terms["principal_cents"] = loan.principal_cents

    def otherwise(name: str) -> Callable[[int], bool]:
        return lambda number: is_lawful(planning.on_other_terms(loan, product, {**terms, name: number}).terms)

    def with_fee(cents: int) -> bool:
        return is_lawful(replace(loan.terms, fees=(Fee(Cents(cents), FeePaid(loan.fee_paid)),) if cents else ()))

    months = least_that(otherwise("repayment_months"), loan.repayment_months + 1, product.max_repayment_months)
    cents = least_that(otherwise("principal_cents"), loan.principal_cents + 1, product.max_cents)
    return {
        **_named("fee_cents", largest_that(with_fee, 0, loan.fee_cents)),
        **_named("months", months),
        **_named("sum_cents", cents),
    }


def _named(name: str, number: int | None) -> Facts:
    return {} if number is None else {name: number}


def _copy(product: Product, **other: str | bool | int | Decimal) -> Product:
    """A product with other columns, not saved."""
    columns = {each.attname: getattr(product, each.attname) for each in Product._meta.concrete_fields}
    return Product(**{**columns, **other})
