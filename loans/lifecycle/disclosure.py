"""The cost of borrowing statement: every item that disclosure law asks for, from the engine's figures.

O. Reg. 17/05 s. 63 as amended by O. Reg. 200/05, in the harmonised wording of SOR/2001-104 ss. 8 and 9 (DOMAIN 1.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from loans.lifecycle.contract import contract_facts
from loans.models import Loan, Party, PlanRow
from money.amounts import Cents
from money.interest import DayCount
from money.schedule import FeePaid

MOST_RUNS = 8  # that are told one by one; of more, the table of all payments tells


@dataclass(frozen=True)
class Run:
    """Payments of the same sum one after the other, the first by this business day; `cents` may be 0."""

    count: int
    cents: int
    first_on: date
    is_interest_only: bool


def runs_of(rows: Iterable[PlanRow]) -> list[Run]:
    """The payments of a plan in runs of the same sum."""
    found = []
    for (cents, only_interest), run in groupby(rows, lambda row: (row.total_cents, not row.principal_cents)):
        same = list(run)
        found.append(Run(len(same), cents, same[0].payable_by, only_interest))
    return found


def disclosure_facts(loan: Loan) -> dict[str, Any]:
    """What the statement shows: `contract_facts`, what is owed at the beginning, and the payments in runs of the same
    sum (none when there are too many).
    """
    facts = contract_facts(loan)
    terms = facts["figures"].terms
    parties, runs = facts["parties"], runs_of(facts["rows"])
    return {
        **facts,
        "borrowers": [party for party in parties if party.kind != Party.Kind.GUARANTOR],
        "guarantors": [party for party in parties if party.kind == Party.Kind.GUARANTOR],
        "owed_at_first_cents": Cents(terms.advanced_cents + terms.fees_cents(FeePaid.ADDED)),
        "runs": runs if len(runs) <= MOST_RUNS else [],
        "is_by_the_day": DayCount(loan.day_count) != DayCount.THIRTY_360,
    }
