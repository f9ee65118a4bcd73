"""The questions of "for whom": each rule of loans.eligibility with its operand and why the lender may ask."""

import re

from django.utils.translation import gettext_lazy as _

from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.models import EligibilityRule
from loans.sections import STATUS
from loans.settings.kind import Answers, Group

WHY = _("Why the lender may ask for it")
WHY_HELP = _("Such as the law on special programmes, or the funder’s mandate. People do not read this.")
POSTAL = re.compile(r"[A-Z](?:\d(?:[A-Z](?:\d(?:[A-Z]\d?)?)?)?)?")
NUMBERS = {
    "for_years": "years_in_canada_under",
    "for_owners": "owners_sign_percent",
    "for_living": "living_costs_up_to_percent",
}


def _why(name):
    return Field(f"{name}_why", "text", WHY, WHY_HELP, required=False, max_length=300)


GROUP = Group(
    _("For whom"),
    (
        Field("for_status", "choices", _("Status in Canada"), choices=STATUS.field("status").choices, required=False),
        _why("for_status"),
        Field("for_area", "text", _("Only people who live in this area"), required=False, max_length=80),
        Field(
            "for_postal",
            "text",
            _("How its postal codes begin"),
            _("Such as K1, K2."),
            required=False,
        ),
        _why("for_area"),
        Field(
            "for_years",
            "integer",
            _("Only people who came to Canada less than so many years ago"),
            required=False,
            least=1,
            most=50,
            suffix=_("years"),
        ),
        _why("for_years"),
        Field(
            "for_owners",
            "integer",
            _("Owners of at least so much of the business sign"),
            required=False,
            least=1,
            most=100,
            suffix="%",
        ),
        _why("for_owners"),
        Field(
            "for_living",
            "integer",
            _("Costs of living are at most so much of the costs"),
            required=False,
            least=0,
            most=100,
            suffix="%",
        ),
        _why("for_living"),
    ),
    _("What does not fit is shown to the loan officer; nobody is refused by a rule alone. Empty: not asked."),
)
RULES = {"status_among": "for_status", "lives_in": "for_area", **{rule: name for name, rule in NUMBERS.items()}}


def beginnings(typed: str) -> list[str]:
    """`k1, K2 k4a` as ["K1", "K2", "K4A"]."""
    return [part for part in re.split(r"[\s,;]+", typed.upper()) if part]


def operand_of(rule: str, answers: Answers) -> list:
    """What the rule is measured by, as the answers say; empty where they do not ask for it."""
    said = answers.get(RULES[rule])
    if said is None:
        return []
    if rule == "lives_in":
        return [said, *beginnings(answers.get("for_postal") or "")]
    return said if isinstance(said, list) else [said]


def read_rules(row) -> dict:
    """The rules of a product as answers."""
    said = {field.name: None for field in GROUP.fields}
    for each in row.eligibility.all():
        name = RULES.get(each.rule)
        if name is None:
            continue
        said[f"{name}_why"] = each.reason or None
        if each.rule == "lives_in":
            said["for_area"], said["for_postal"] = each.operand[0], ", ".join(each.operand[1:]) or None
        else:
            said[name] = each.operand if each.rule == "status_among" else each.operand[0]
    return said


def check_rules(answers: Answers) -> None:
    """Each rule has its reason, each reason its rule, an area its postal codes. Raises Refused: why_this_rule,
    rule_not_whole, postal_unfit."""
    parts = beginnings(answers.get("for_postal") or "")
    if parts and not answers.get("for_area"):
        raise Refused("rule_not_whole", field="for_area")
    if answers.get("for_area") and not (parts and all(POSTAL.fullmatch(part) for part in parts)):
        raise Refused("postal_unfit", field="for_postal")
    for rule, name in RULES.items():
        asked, why = bool(operand_of(rule, answers)), answers.get(f"{name}_why")
        if asked and not why:
            raise Refused("why_this_rule", field=f"{name}_why")
        if why and not asked:
            raise Refused("rule_not_whole", field=name)


def write_rules(row, answers: Answers, before) -> None:
    """The rows of a new version of a product: those the answers ask for, and what no question stands for."""
    for rule, name in RULES.items():
        operand = operand_of(rule, answers)
        if operand:
            reason = answers[f"{name}_why"]
            EligibilityRule.objects.create(product=row, rule=rule, operand=operand, reason=reason)
    for other in before.eligibility.exclude(rule__in=RULES) if before is not None else ():
        EligibilityRule.objects.create(product=row, rule=other.rule, operand=other.operand, reason=other.reason)
