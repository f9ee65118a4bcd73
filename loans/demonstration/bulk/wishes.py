"""What somebody asks for: which loan, how much, and in how many months it is to be paid back."""

from typing import NamedTuple

from loans.demonstration.bulk.seasons import leaning
from loans.models import Product

STEP_CENTS = 5_000
MONTHS = (12, 18, 24, 30, 36, 48, 60)


class Wish(NamedTuple):
    """The loan that is asked for, and given."""

    product: Product
    cents: int
    study_months: int
    months: int


def wish_of(products, day, chance):
    """What somebody who begins on `day` asks for. Larger loans take longer; few ask for all a product allows."""
    (product,) = chance.choices(products, [leaning(product, day) for product in products])
    asked = product.min_cents + int((product.max_cents - product.min_cents) * chance.betavariate(1.7, 3.2))
    cents = max(asked // STEP_CENTS * STEP_CENTS, product.min_cents)
    known = [months for months in MONTHS if product.min_repayment_months <= months <= product.max_repayment_months]
    usual = len(known) * (cents - product.min_cents) / (product.max_cents - product.min_cents + 1)
    months = known[min(max(round(usual + chance.gauss(0, 0.9)), 0), len(known) - 1)]
    study = min(product.max_study_months, chance.choice((0, 2, 3, 4, 4, 5, 6, 8)))
    return Wish(product, cents, study, months)
