"""The cost of borrowing statement: every item that disclosure law asks for, from the engine's figures.

O. Reg. 17/05 s. 63 as amended by O. Reg. 200/05, in the harmonised wording of SOR/2001-104 ss. 8 and 9 (DOMAIN 1.4).
"""

from typing import Any

from loans.lifecycle.contracts.contract import contract_facts
from loans.models import Loan, Party
from money.amounts import Cents
from money.interest import DayCount
from money.schedule import FeePaid


def disclosure_facts(loan: Loan) -> dict[str, Any]:
    """What the statement shows: `contract_facts`, who borrows, and what is owed at the beginning."""
    facts = contract_facts(loan)
    terms = facts["figures"].terms
    parties = facts["parties"]
    return {
        **facts,
        "borrowers": [party for party in parties if party.kind != Party.Kind.GUARANTOR],
        "guarantors": [party for party in parties if party.kind == Party.Kind.GUARANTOR],
        "owed_at_first_cents": Cents(terms.advanced_cents + terms.fees_cents(FeePaid.ADDED)),
        "is_by_the_day": DayCount(loan.day_count) != DayCount.THIRTY_360,
    }
