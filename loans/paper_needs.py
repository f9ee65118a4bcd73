"""What a purpose asks of somebody, told before they begin: each paper, why, when, and what else will do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from loans.fields import Text
from loans.paper_kinds import PAPER_KINDS
from loans.purposes.business import is_on_paper, is_running
from loans.purposes.purpose import Purpose

ONLY_IF: dict[Any, Text] = {  # of Purpose.papers_if: in words
    is_running: _("Only if your business is running already."),
    is_on_paper: _("Only if you want to send a plan of your own."),
}


@dataclass(frozen=True)
class PaperNeed:
    """One paper; `only_if` is empty for what everybody is asked, `for_products` for what every product asks."""

    kind: str
    name: Text
    why: Text
    instead: Text
    only_if: Text
    for_products: tuple[str, ...]


def papers_of(purpose: Purpose, products: Iterable[Any]) -> list[PaperNeed]:
    """The papers that `products` of this purpose ask for, first those that everybody is asked."""
    offered = list(products)
    asking = {kind: [product for product in offered if kind in product.papers] for kind in PAPER_KINDS}
    needs = [_need(kind, purpose, asking[kind], offered) for kind in PAPER_KINDS if asking[kind]]
    return sorted(needs, key=lambda need: bool(need.only_if))


def _need(kind: str, purpose: Purpose, asking: list[Any], offered: list[Any]) -> PaperNeed:
    condition = purpose.papers_if.get(kind)
    names = () if len(asking) == len(offered) else tuple(product.name for product in asking)
    only_if = ONLY_IF[condition[1]] if condition else ""
    about = PAPER_KINDS[kind]
    return PaperNeed(kind, about.name, about.why, about.instead, only_if, names)
