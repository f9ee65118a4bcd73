"""The clauses of a paper, in the active language, each with its facts in their places."""

from collections.abc import Mapping
from typing import NamedTuple

from letters.models import Lender
from letters.wording import money, percent
from loans.furnishing.clauses import furnish_clauses
from loans.models import ContractClause, Loan, Party
from loans.paper_kinds import LOAN_YEARS, PERSON_YEARS
from loans.placeholders import filled

UNTOLD = "—"  # where the house has not said its telephone, for instance


class Clause(NamedTuple):
    """One clause as it is printed."""

    code: str
    title: str
    text: str


def clauses_for(loan: Loan, paper: ContractClause.Paper, *, claim_window: str = "") -> list[Clause]:
    """What stands in this paper about this loan, in order. An office that never worded a clause begins with ours."""
    rows = _of(paper) or _furnished(paper)
    is_guaranteed = any(party.kind == Party.Kind.GUARANTOR for party in loan.application.parties.all())
    facts = _facts(loan, claim_window)
    return [
        Clause(row.code, row.title, filled(row.text, facts))
        for row in rows
        if is_guaranteed or row.stands != ContractClause.Stands.GUARANTEED
    ]


def _of(paper: ContractClause.Paper) -> list[ContractClause]:
    return [row for row in ContractClause.objects.in_force() if row.paper == paper]


def _furnished(paper: ContractClause.Paper) -> list[ContractClause]:
    furnish_clauses()
    return _of(paper)


def _facts(loan: Loan, claim_window: str) -> Mapping[str, str]:
    lender = Lender.objects.current()
    said = {
        "sum": money(loan.principal_cents),
        "product": loan.application.product.name,
        "rate": percent(loan.annual_rate),
        "lender": lender.name,
        "address": ", ".join(lender.address.split("\n")),
        "phone": lender.phone,
        "email": lender.email,
        "claim_window": claim_window,
        "loan_years": str(LOAN_YEARS),
        "person_years": str(PERSON_YEARS),
    }
    return {name: str(fact) or UNTOLD for name, fact in said.items()}
