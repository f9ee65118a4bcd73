"""For whom a product is meant, as rows of the product. What does not fit is a flag for a person, never a refusal.

Each rule reads the answers of a form, {page: [{question: {"raw", "value"}}]}, as they stand or as they were sent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from loans.fields import Text
from loans.sections import STATUS

Said = dict[str, list[dict[str, dict[str, Any]]]]
Operand = list[Any]  # what a rule is measured by; each rule says below how it reads it
LIVING = "living"  # of the kinds of cost of loans.purposes.training


@dataclass(frozen=True)
class Rule:
    """One kind of rule: what it says to people, and whether a form fits (None: the form does not say yet)."""

    says: Callable[[Operand], Text]
    fits: Callable[[Said, Operand, date], bool | None]


def _all(said: Said, page: str, question: str) -> list[Any]:
    answers = [line.get(question, {}).get("value") for line in said.get(page, [])]
    return [answer for answer in answers if answer is not None]


def _one(said: Said, page: str, question: str) -> Any:
    return next(iter(_all(said, page, question)), None)


def _has_status(said: Said, operand: Operand, day: date) -> bool | None:
    status = _one(said, "status", "status")
    return None if status is None else status in operand


def _says_status(operand: Operand) -> Text:
    names = dict(STATUS.field("status").choices)
    return _("For people with this status in Canada: %(list)s.") % {
        "list": ", ".join(str(names.get(code, code)) for code in operand)
    }


def _lives_there(said: Said, operand: Operand, day: date) -> bool | None:
    _area, *beginnings = operand
    code = _one(said, "about-me", "postal_code")
    return None if code is None else code.upper().replace(" ", "").startswith(tuple(beginnings))


def _says_place(operand: Operand) -> Text:
    area, *beginnings = operand
    return _("For people who live in this area: %(area)s (postal codes %(list)s).") % {
        "area": area,
        "list": ", ".join(beginnings),
    }


def _arrived_lately(said: Said, operand: Operand, day: date) -> bool | None:
    arrived = _one(said, "status", "arrived_on")
    if arrived is None:
        return None
    since = date.fromisoformat(str(arrived))
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day)) < operand[0]


def _says_arrived(operand: Operand) -> Text:
    return _("For people who came to live in Canada less than %(years)s years ago.") % {"years": operand[0]}


def _owners_sign(said: Said, operand: Operand, day: date) -> bool | None:
    own = _one(said, "business", "share")
    return None if own is None else own + sum(_all(said, "owners", "owner_share")) >= operand[0]


def _says_owners(operand: Operand) -> Text:
    return _("The owners of at least %(percent)s%% of the business sign the loan.") % {"percent": operand[0]}


def _living_is_small(said: Said, operand: Operand, day: date) -> bool | None:
    lines = [
        (line["what"]["value"], line["cost"]["value"])
        for line in said.get("costs", [])
        if "what" in line and "cost" in line and line["cost"]["value"] is not None
    ]
    total = sum(cents for _what, cents in lines)
    living = sum(cents for what, cents in lines if what == LIVING)
    return None if not total else living * 100 <= total * operand[0]


def _says_living(operand: Operand) -> Text:
    return _("Living costs are at most %(percent)s%% of the costs.") % {"percent": operand[0]}


RULES: dict[str, Rule] = {
    "status_among": Rule(_says_status, _has_status),
    "lives_in": Rule(_says_place, _lives_there),
    "years_in_canada_under": Rule(_says_arrived, _arrived_lately),
    "owners_sign_percent": Rule(_says_owners, _owners_sign),
    "living_costs_up_to_percent": Rule(_says_living, _living_is_small),
}


def misfits(rows: Iterable[Any], said: Said, day: date) -> list[tuple[str, Operand]]:
    """(rule, operand) of each of a product's rows that these answers do not fit on `day`; `say` puts it in words.

    What a form does not say yet is no misfit. Raises KeyError for a row whose rule is not in RULES.
    """
    return [(row.rule, row.operand) for row in rows if RULES[row.rule].fits(said, row.operand, day) is False]


def say(found: Iterable[tuple[str, Operand]]) -> list[Text]:
    """The sentences of (rule, operand), in the reader's language."""
    return [RULES[rule].says(operand) for rule, operand in found]
