"""What the agreement says: the loan's terms and cost as one set of facts, the same for every language."""

from typing import Any

from django.utils.translation import gettext as _

from config import clock
from letters.models import Lender
from loans.lifecycle import planning
from loans.models import Loan, Party


def contract_title(loan: Loan) -> str:
    """The title of the document, in the active language."""
    return _("Loan agreement %(number)s") % {"number": loan.number}


def contract_facts(loan: Loan) -> dict[str, Any]:
    """All that the agreement and the offer page show: terms, cost of borrowing, the payments one by one."""
    plan = planning.plan_in_force(loan)
    rows = list(plan.rows.all())
    figures = planning.figures_of(loan.terms)
    parties = list(loan.application.parties.all())
    return {
        "loan": loan,
        "case": loan.application,
        "lender": Lender.objects.current(),
        "parties": parties,
        "has_guarantor": any(party.kind == Party.Kind.GUARANTOR for party in parties),
        "plan": plan,
        "rows": rows,
        "figures": figures,
        "cost": figures.cost,
        "interest_cents": sum(row.interest_cents for row in rows),
        "study_rows": rows[: loan.study_months],
        "repayment_rows": rows[loan.study_months :],
        "first_row": next(row for row in rows if row.total_cents),  # without interest, study months ask nothing
        "last_row": rows[-1],
        "made_on": clock.today(),
    }
