"""The terms under discussion: what they would cost and what the household would be left with."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from config import clock
from letters.wording import money
from loans.fields import Field
from loans.lifecycle import planning
from loans.lifecycle.decision import planned_loan
from loans.models import Recommendation
from loans.sections import month_of
from money.affordability import Affordability, affordability
from money.calendar import add_months
from money.cost import nears_criminal

TERMS = ("principal_cents", "study_months", "repayment_months")


def terms_fields(product):
    """The questions about terms, each within the limits of the product."""
    amounts = {"least": money(product.min_cents), "most": money(product.max_cents)}
    repayment = {"least": product.min_repayment_months, "most": product.max_repayment_months}
    return tuple(field for field in _all_terms(product, amounts, repayment) if field.most)


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
    last = case.recommendations.last()
    cents = last.principal_cents if last else submission.requested_cents
    return {
        "principal_cents": f"{cents // 100}.{cents % 100:02}",
        "study_months": str(last.study_months if last else _months_until(submission.study_ends_on, case.product)),
        "repayment_months": str(last.repayment_months if last else submission.repayment_months),
    }


def _months_until(study_end, product):
    """Whole months from today that reach over the last day of the study, at most what the product allows."""
    today, months = clock.today(), 0
    while study_end and months < product.max_study_months and add_months(today, months) < study_end:
        months += 1
    return months


def terms_in(values):
    """A recommendation not saved, from understood answers; None while one of them is missing."""
    terms = {"study_months": 0, **{name: values[name] for name in TERMS if name in values}}
    return None if len(terms) < len(TERMS) or None in terms.values() else Recommendation(**terms)


@dataclass(frozen=True)
class Proposal(planning.Estimate):
    """What a loan comes to, and what it would do to the month of the household that asked for it."""

    household: Affordability

    @property
    def nears_the_limit(self):
        """Whether the cost comes near what the Criminal Code allows, or passes it by the stricter reading."""
        return nears_criminal(self.figures.cost)


def estimate_of(case, recommendation):
    """What a loan on these terms comes to, a Proposal: the same engine as the contract.

    Raises Refused("impossible_terms") when no plan can be made.
    """
    estimate = planning.estimate_of(planned_loan(case, recommendation))
    said = list(case.submissions.all())[-1].answers.get("budget", [{}])[0]
    income, costs = month_of({name: answer["value"] for name, answer in said.items()})
    household = affordability(income, costs, estimate.figures.plan.payment_cents)
    return Proposal(estimate.loan, estimate.figures, household)
