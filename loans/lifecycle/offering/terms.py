"""From recommended terms to the loan that a yes would create."""

from loans.lifecycle.lending import planning
from loans.models import Application, Loan, Recommendation


def planned_loan(case: Application, recommendation: Recommendation) -> Loan:
    """The loan that a yes to this recommendation would create today, not saved. Raises Refused("no_rate")."""
    loan = planning.planned_loan(
        case.product,
        principal_cents=recommendation.principal_cents,
        study_months=recommendation.study_months,
        repayment_months=recommendation.repayment_months,
    )
    loan.application = case
    return loan


def planned_options(case: Application, recommendation: Recommendation) -> list[Loan]:
    """The loans among which the applicant would choose, not saved; one where there is nothing to choose."""
    loan = planned_loan(case, recommendation)
    return [loan, *(planning.on_other_terms(loan, case.product, terms) for terms in recommendation.further)]
