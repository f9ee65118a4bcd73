"""The terms under discussion: what they would cost and what the household would be left with."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from letters.wording import money
from loans.fields import Field
from loans.lifecycle.lending import planning
from loans.lifecycle.offering import limits
from loans.lifecycle.offering.choosing import MOST
from loans.lifecycle.offering.terms import planned_options
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.household import months_of_study
from loans.models import Recommendation
from loans.refusals import sentence
from loans.sections import month_of
from money.affordability import Affordability, affordability

TERMS = ("principal_cents", "study_months", "repayment_months")
FURTHER = range(2, MOST + 1)  # the numbers of the options beside the first


def terms_fields(product):
    """The questions about terms, each within the limits of the product."""
    amounts = {"least": money(product.min_cents), "most": money(product.max_cents)}
    repayment = {"least": product.min_repayment_months, "most": product.max_repayment_months}
    return tuple(field for field in _all_terms(product, amounts, repayment) if field.most)


def further_fields(product):
    """The same questions about a second and a third option; none of them needs an answer."""
    return tuple(
        replace(field, name=f"{field.name}_{number}", required=False)
        for number in FURTHER
        for field in terms_fields(product)
    )


def further_in(sheet):
    """The terms of each further option that was begun; what it lacks becomes an error beside its box."""
    found = []
    for number in FURTHER:
        said = {name: sheet.values.get(f"{name}_{number}") for name in TERMS}
        if all(each is None for each in said.values()):
            continue
        said["study_months"] = said["study_months"] or 0
        for name in (name for name in TERMS if said[name] is None):
            sheet.errors.setdefault(f"{name}_{number}", "missing")
        found.append(said)
    return [each for each in found if None not in each.values()]


def _all_terms(product, amounts, repayment):
    """The question about months of study has no answer but 0 where the product knows none: it is not asked then."""
    return (
        Field(
            "principal_cents",
            "money",
            _("Amount of the loan"),
            _("From %(least)s to %(most)s.") % amounts,
            least=product.min_cents,
            most=product.max_cents,
        ),
        Field(
            "study_months",
            "integer",
            _("Months of study, interest only"),
            _("Up to %(most)s months.") % {"most": product.max_study_months},
            least=0,
            most=product.max_study_months,
            suffix=_("months"),
        ),
        Field(
            "repayment_months",
            "integer",
            _("Months of repayment"),
            _("From %(least)s to %(most)s months.") % repayment,
            least=product.min_repayment_months,
            most=product.max_repayment_months,
            suffix=_("months"),
        ),
    )


def usual_terms(case, submission):
    """What to begin with: the terms recommended last, or what was asked for and the days of the study, as typed."""
    last = case.recommendation
    cents = last.principal_cents if last else submission.requested_cents
    further = zip(FURTHER, last.further if last else [], strict=False)
    return {
        **{key: typed for number, terms in further for key, typed in _as_typed(terms, f"_{number}").items()},
        "principal_cents": sum_as_typed(cents),
        "study_months": str(last.study_months if last else months_of_study(submission.study_ends_on, case.product)),
        "repayment_months": str(last.repayment_months if last else submission.repayment_months),
    }


def sum_as_typed(cents):
    """A sum as somebody would type it: 1234.50."""
    return f"{cents // 100}.{cents % 100:02}"


def _as_typed(terms, end):
    typed = {name: str(terms[name]) for name in TERMS}
    return {f"{name}{end}": words for name, words in {**typed, TERMS[0]: sum_as_typed(terms[TERMS[0]])}.items()}


def terms_in(values):
    """A recommendation not saved, from understood answers; None while one of them is missing."""
    terms = {"study_months": 0, **{name: values[name] for name in TERMS if name in values}}
    return None if len(terms) < len(TERMS) or None in terms.values() else Recommendation(**terms)


@dataclass(frozen=True)
class Proposal(planning.Estimate):
    """What a loan comes to, and what it would do to the month of the household that asked for it."""

    household: Affordability
    too_dear: str = ""  # why the law forbids it, and what would fit

    @property
    def warning(self):
        """What to warn of, where the cost comes near what the Criminal Code allows (limits.Near), or None."""
        return limits.warning_of(self.figures.cost)


def proposals_of(case, recommendation):
    """What each option of a recommendation comes to, a Proposal: the same engine as the contract.

    Raises Refused("impossible_terms") when no plan can be made.
    """
    return [_proposal(case, loan) for loan in planned_options(case, recommendation)]


def estimate_of(case, recommendation):
    """What the first of the options comes to, as `proposals_of`."""
    return _proposal(case, planned_options(case, recommendation)[0])


def _proposal(case, loan):
    estimate = planning.estimate_of(loan)
    too_dear = "" if limits.is_lawful_cost(estimate.figures.cost) else _why_too_dear(loan, case.product)
    said = list(case.submissions.all())[-1].answers.get("budget", [{}])[0]
    income, costs = month_of({name: answer["value"] for name, answer in said.items()})
    household = affordability(income, costs, estimate.figures.plan.payment_cents)
    return Proposal(estimate.loan, estimate.figures, household, too_dear)


def _why_too_dear(loan, product):
    try:
        limits.refuse_criminal_loan(loan, product)
    except Refused as refused:
        return sentence(refused)
    return ""
