"""What a product's terms come to at their dearest, so that no setting can promise a loan that the law forbids."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from config import clock
from loans.lifecycle.lending import planning
from loans.lifecycle.offering import limits
from loans.lifecycle.refusal import Refused
from loans.models import Product


@dataclass(frozen=True)
class Dearest:
    """The loan within a product's limits that costs most a year."""

    estimate: planning.Estimate

    @property
    def apr(self) -> Decimal:
        """The yearly cost of borrowing, a fraction."""
        return self.estimate.figures.cost.apr

    @property
    def warning(self) -> limits.Near | None:
        """What to warn of, where it comes near what the law allows."""
        return limits.warning_of(self.estimate.figures.cost)


def dearest(product: Product) -> Dearest:
    """The dearest loan of a product, saved or not: the least or most money, the shortest time, with and without study.

    A fee weighs most on a small sum that is soon paid back. Raises Refused: no_rate, impossible_terms.
    """
    terms = [
        {"principal_cents": cents, "study_months": study, "repayment_months": product.min_repayment_months}
        for cents in (product.min_cents, product.max_cents)
        for study in {0, product.max_study_months}
    ]
    estimates = [planning.estimate_of(planning.planned_loan(product, **each)) for each in terms]
    return Dearest(max(estimates, key=lambda each: each.figures.cost.apr))


def refuse_unlawful(product: Product, *, field: str) -> None:
    """Raise Refused("criminal_rate") when a loan within these limits would cost more a year than section 347 allows:
    with the dearest loan, and the cap of the fee or the fewest months that would fit (limits.refuse_criminal_product).

    Raises Refused: no_rate, impossible_terms, too; each speaks of the form's `field`.
    """
    try:
        limits.refuse_criminal_product(product, dearest(product).estimate.loan, is_lawful)
    except Refused as refused:
        raise Refused(refused.code, **{**refused.facts, "field": field}) from refused


def is_lawful(product: Product) -> bool:
    """Whether no loan within these limits would cost more a year than section 347 allows."""
    try:
        return limits.is_lawful_cost(dearest(product).estimate.figures.cost)
    except Refused:
        return False


def at_another_rate(product: Product, index_rate: Decimal) -> Product:
    """A copy of a product, not saved, whose rate is what it would be if its index stood at `index_rate`."""
    columns = {each.attname: getattr(product, each.attname) for each in Product._meta.concrete_fields}
    columns |= {"rate_index": "", "follows_index": False, "annual_rate": product.annual_rate + index_rate}
    return Product(**columns)


def made_of(index: str) -> list[Product]:
    """The products that are or will be on offer and whose rate is made of this index."""
    offered: Any = Product.objects.exclude(effective_to__lt=clock.today()).filter(rate_index=index)
    return list(offered.select_related("fund").order_by("pk"))
