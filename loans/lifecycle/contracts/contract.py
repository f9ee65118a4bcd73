"""What the agreement says: the loan's terms and cost as one set of facts, the same for every language."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from config import clock
from letters.models import Lender
from loans.lifecycle.contracts.clauses import clauses_for
from loans.lifecycle.contracts.runs import phases_of, runs_of
from loans.lifecycle.lending import planning
from loans.lifecycle.reviewing.conditions import conditions_of
from loans.models import BankAccount, ContractClause, Loan, LoanPaper, Party, Plan
from money.amounts import Cents
from money.cost import triggering_rate
from money.schedule import FeePaid, OnRateChange


def contract_title(loan: Loan) -> str:
    """The title of the document, in the active language."""
    return _("Loan agreement %(number)s") % {"number": loan.number}


def paper_title(loan: Loan, kind: LoanPaper.Kind) -> str:
    """The title of a paper beside the agreement, in the active language."""
    return _("%(paper)s, loan %(number)s") % {"paper": kind.label, "number": loan.number}


def contract_facts(loan: Loan) -> dict[str, Any]:
    """All that the agreement and the offer page show: terms, cost of borrowing, the payments one by one, as agreed.

    `triggering_rate`: for a rate that moves while the payment is kept, the one from which it no longer covers the
    interest (O. Reg. 200/05); else None. `phases` and `runs` tell the payments shortly
    (loans.lifecycle.contracts.runs).
    """
    plan, rows = planning.agreed_rows(loan)
    figures = planning.figures_of(loan.terms)
    parties, conditions = list(loan.application.parties.all()), conditions_of(loan)
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
        "phases": phases_of(rows, loan.study_months),
        "runs": runs_of(rows),
        "first_row": next(row for row in rows if row.total_cents),  # without interest, study months ask nothing
        "last_row": rows[-1],
        "triggering_rate": _triggering_rate(loan, plan),
        "conditions": conditions,
        "agreed_conditions": [each for each in conditions if each.outcome != each.Outcome.WAIVED],
        "made_on": clock.today(),
    }


def agreement_facts(loan: Loan) -> dict[str, Any]:
    """What the agreement shows, in the active language: `contract_facts`, its clauses, and the end of the account."""
    account = account_of(loan.application.parties.get(kind=Party.Kind.BORROWER))
    return {
        **contract_facts(loan),
        "clauses": clauses_for(loan, ContractClause.Paper.AGREEMENT),
        "ends_in": account.ends_in if account else "",
    }


KEPT: dict[str, Any] = {"refused": None, "erased_on": None}  # of bank details that nobody refused


def account_of(party: Party) -> BankAccount | None:
    """The newest bank details of this person that nobody refused, verified or not."""
    kept = party.bank_accounts.filter(**KEPT)
    found: BankAccount | None = kept.order_by("-pk").first()
    return found


def _triggering_rate(loan: Loan, plan: Plan) -> Decimal | None:
    if not loan.follows_index or loan.on_rate_change != OnRateChange.KEEP:
        return None
    owed = loan.principal_cents + loan.terms.fees_cents(FeePaid.ADDED)
    return triggering_rate(Cents(plan.payment_cents), Cents(owed))
