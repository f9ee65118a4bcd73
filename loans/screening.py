"""Whether it is worth asking us, before any account exists: a few taps, from the rows of the products on offer.

Each kind of rule of loans.eligibility has its question here. An answer stands for the forms that it may lead to, and
those are judged by the very rule that judges the form later. Nothing is refused and nothing is kept.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loans.eligibility import LIVING, RULES, Operand, Said
from loans.fields import Text
from loans.purposes import PURPOSES
from loans.sections import STATUS

MOST_QUESTIONS = 5  # what five taps do not tell stays open
PURPOSE, PLACE = "purpose", "place"
UNSURE, ELSEWHERE, NEARBY = "unsure", "elsewhere", "nearby"
OUTSIDE = "-"  # how no postal code begins
SITUATIONS = frozenset((*PURPOSES, NEARBY, ELSEWHERE))  # codes of Partner.helps: what the money is for, and where


@dataclass(frozen=True)
class Choice:
    """An answer that takes one tap, and the forms that it may stand for (none: it leaves the question open)."""

    code: str
    label: Text
    hint: Text = ""
    forms: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Question:
    """What is asked for the sake of a kind of rule; `choices` come from the operands of its rows and from the day."""

    name: str  # in the address
    label: Text
    choices: Callable[[list[Operand], date], list[Choice]]


def _form(page: str, *lines: dict[str, Any]) -> Said:
    return {page: [{name: {"raw": str(value), "value": value} for name, value in line.items()} for line in lines]}


def _places(operands: list[Operand], day: date) -> list[Choice]:
    areas = {area: beginnings for area, *beginnings in operands}
    named = [
        Choice(
            area,
            area,
            _("Postal codes that begin with %(list)s") % {"list": ", ".join(beginnings)},
            tuple(_form("about-me", {"postal_code": beginning}) for beginning in beginnings),
        )
        for area, beginnings in areas.items()
    ]
    return [*named, Choice(ELSEWHERE, _("Somewhere else"), forms=(_form("about-me", {"postal_code": OUTSIDE}),))]


def _statuses(operands: list[Operand], day: date) -> list[Choice]:
    return [
        Choice(code, label, forms=(_form("status", {"status": code}),))
        for code, label in STATUS.field("status").choices
    ]


def _years(operands: list[Operand], day: date) -> list[Choice]:
    """One answer for each span between the limits: whoever is in it since its beginning stands for all in it."""
    limits = sorted({operand[0] for operand in operands})
    spans = zip([0, *limits], [*limits, None], strict=True)
    return [
        Choice(str(least), _span(least, below), forms=(_form("status", {"arrived_on": _years_before(day, least)}),))
        for least, below in spans
    ]


def _span(least: int, below: int | None) -> str:
    if below is None:
        return ngettext("%(years)s year or more", "%(years)s years or more", least) % {"years": least}
    if not least:
        return ngettext("Less than %(years)s year", "Less than %(years)s years", below) % {"years": below}
    return _("%(years)s years or more, but less than %(below)s") % {"years": least, "below": below}


def _years_before(day: date, years: int) -> str:
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year - years, day.month, 28 if leap_day else day.day).isoformat()


def _shares(operands: list[Operand], day: date) -> list[Choice]:
    limits = sorted({operand[0] for operand in operands}, reverse=True)
    spans = zip([*limits, None], [None, *limits], strict=True)
    return [
        Choice(str(least or 0), _part(least, below), forms=(_form("business", {"share": least or 0}),))
        for least, below in spans
    ]


def _part(least: int | None, below: int | None) -> str:
    if below is None:
        return _("%(percent)s%% or more") % {"percent": least}
    if least is None:
        return _("Less than %(percent)s%%") % {"percent": below}
    return _("%(percent)s%% or more, but less than %(below)s%%") % {"percent": least, "below": below}


def _livings(operands: list[Operand], day: date) -> list[Choice]:
    limits = sorted({operand[0] for operand in operands})
    spans = zip([None, *limits], [*limits, None], strict=True)
    return [Choice(str(most or 100), _living(above, most), forms=(_costs(most or 100),)) for above, most in spans]


def _living(above: int | None, most: int | None) -> str:
    if most is None:
        return _("More than %(percent)s%%") % {"percent": above}
    if above is None:
        return _("Nothing, or up to %(percent)s%%") % {"percent": most}
    return _("More than %(above)s%%, up to %(percent)s%%") % {"above": above, "percent": most}


def _costs(living: int) -> Said:
    return _form("costs", {"what": "tuition", "cost": 100 - living}, {"what": LIVING, "cost": living})


QUESTIONS: dict[str, Question] = {  # one for each of RULES, in the order in which they are asked
    "lives_in": Question(PLACE, gettext_lazy("Where do you live?"), _places),
    "status_among": Question("status", STATUS.field("status").label, _statuses),
    "years_in_canada_under": Question("years", gettext_lazy("How long have you lived in Canada?"), _years),
    "owners_sign_percent": Question(
        "share",
        gettext_lazy("How much of the business belongs to you, together with the owners who would sign with you?"),
        _shares,
    ),
    "living_costs_up_to_percent": Question(
        "living", gettext_lazy("How much of the loan would be for rent, food and other costs of living?"), _livings
    ),
}


@dataclass(frozen=True)
class Answered:
    """A question and its answer."""

    name: str
    label: Text
    choice: Choice


@dataclass(frozen=True)
class Verdict:
    """Whether a product fits (None: we cannot tell yet), with the sentences that speak against it or stay open."""

    product: Any
    fits: bool | None
    sentences: tuple[Text, ...] = ()


class Screening:
    """What somebody answered about `products`, read from `said` (the query of the address), and what follows from it.

    Only questions that a product still in the running depends on are asked, at most MOST_QUESTIONS. What `said` holds
    beside that, and answers that we do not know, are passed over. `label`, `name` and `choices` are those of the next
    question; `name` is empty when there is none.
    """

    def __init__(self, products: Iterable[Any], said: Mapping[str, str], day: date) -> None:
        self.products, self.day = list(products), day
        self.answered: list[Answered] = []
        self._forms: dict[str, tuple[Said, ...]] = {}
        self.name, self.label, self.choices = "", "", []
        for rule in (PURPOSE, *QUESTIONS):
            if len(self.answered) == MOST_QUESTIONS or not self._matters(rule):
                continue
            name, label, choices = self._question(rule)
            choice = next((each for each in choices if each.code == said.get(name)), None)
            if choice is None:
                self.name, self.label, self.choices = name, label, choices
                return
            self.answered.append(Answered(name, label, choice))
            self._forms[rule] = choice.forms

    def _question(self, rule: str) -> tuple[str, Text, list[Choice]]:
        if rule == PURPOSE:
            found = [Choice(slug, PURPOSES[slug].title) for slug in PURPOSES if slug in self._purposes]
            name, label = PURPOSE, _("What do you need the money for?")
        else:
            asked = QUESTIONS[rule]
            found = asked.choices([row.operand for row in self._rows(rule)], self.day)
            name, label = asked.name, asked.label
        return name, label, [*found, Choice(UNSURE, _("I do not know"))]

    @property
    def _purposes(self) -> set[str]:
        return {product.purpose for product in self.products}

    @property
    def purpose(self) -> str:
        """What the money is for; empty when that was not said."""
        said = next((each.choice.code for each in self.answered if each.name == PURPOSE), UNSURE)
        return "" if said == UNSURE else said

    def _rows(self, rule: str) -> list[Any]:
        """The rows of this kind of all products that are not out of the running yet."""
        left = [product for product in self.products if self.verdict(product).fits is not False]
        return [row for product in left for row in product.eligibility.all() if row.rule == rule]

    def _matters(self, rule: str) -> bool:
        return len(self._purposes) > 1 if rule == PURPOSE else bool(self._rows(rule))

    def verdict(self, product: Any) -> Verdict:
        """What the answers so far say of `product`."""
        if self.purpose and product.purpose != self.purpose:
            meant_for = _("This loan is for something else: %(purpose)s.") % {
                "purpose": PURPOSES[product.purpose].title
            }
            return Verdict(product, False, (meant_for,))
        found = [(row.sentence, self._fits(row)) for row in product.eligibility.all()]
        against = tuple(sentence for sentence, fits in found if fits is False)
        if against:
            return Verdict(product, False, against)
        still_open = tuple(sentence for sentence, fits in found if fits is None)
        return Verdict(product, None if still_open else True, still_open)

    def _fits(self, row: Any) -> bool | None:
        judged = {RULES[row.rule].fits(form, row.operand, self.day) for form in self._forms.get(row.rule, ())}
        return judged.pop() if len(judged) == 1 else None

    @property
    def verdicts(self) -> list[Verdict]:
        """What the answers say of each product."""
        return [self.verdict(product) for product in self.products]

    @property
    def situations(self) -> frozenset[str]:
        """The codes of SITUATIONS that hold; as long as we do not know what the money is for, every purpose may."""
        is_elsewhere = any((each.name, each.choice.code) == (PLACE, ELSEWHERE) for each in self.answered)
        where = ELSEWHERE if is_elsewhere else NEARBY
        return frozenset({where, *([self.purpose] if self.purpose else PURPOSES)})
