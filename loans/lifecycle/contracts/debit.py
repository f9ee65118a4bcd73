"""The pre-authorised debit agreement: what it says, and from which account (Rule H1 of Payments Canada; DOMAIN 3.4)."""

from typing import Any

from django.utils.translation import gettext as _

from config import clock
from loans.lifecycle.contracts.clauses import clauses_for
from loans.lifecycle.contracts.contract import account_of, contract_facts
from loans.lifecycle.contracts.runs import runs_of
from loans.lifecycle.lending import planning
from loans.models import ContractClause, Loan, Party

PERSONAL_DAYS, BUSINESS_DAYS = 90, 10  # to claim a debit back: calendar days, and business days
NOTICE_DAYS = 10  # calendar days before a debit, or before a change of one
WITHOUT_ACCOUNT = "offer"  # the occasion of one that is made before anybody told an account


def pays_by_debit(party: Party, account: int | None) -> bool:
    """Whether an account of this person pays: the borrower's does, and that of a co-borrower who told us one, of which
    `account` is the key.
    """
    return party.kind == Party.Kind.BORROWER or (party.kind == Party.Kind.CO_BORROWER and account is not None)


def key_of_account(party: Party) -> int | None:
    """The key of the bank details that `account_of` finds."""
    account = account_of(party)
    return account.pk if account else None


def occasion_for(account: int | None) -> str:
    """For which occasion the debit agreement for these bank details is made: for each account a new one. None: for no
    account yet.
    """
    return f"bank:{account}" if account else WITHOUT_ACCOUNT


def account_in(occasion: str) -> int | None:
    """The key of the bank details for which a debit agreement was made; None: before anybody told an account."""
    return None if occasion == WITHOUT_ACCOUNT else int(occasion.removeprefix("bank:"))


def debit_facts(loan: Loan, party: Party) -> dict[str, Any]:
    """What the debit agreement of this person shows, in the active language: `contract_facts` with the payments that
    are still to come, and the seven elements.
    """
    is_business = loan.application.product.purpose == "business"
    if is_business:
        window = _("within %(days)s business days") % {"days": BUSINESS_DAYS}
    else:
        window = _("within %(days)s calendar days") % {"days": PERSONAL_DAYS}
    account = account_of(party)
    return {
        **contract_facts(loan),
        **_coming(loan),
        "payor": party,
        "account": account,
        "ends_in": account.ends_in if account else "",
        "is_business": is_business,
        "claim_window": window,
        "notice_days": NOTICE_DAYS,
        "clauses": clauses_for(loan, ContractClause.Paper.DEBIT_AGREEMENT, claim_window=window),
    }


def _coming(loan: Loan) -> dict[str, Any]:
    """What is still drawn, by the plan in force: of an account that is told years later, not what was drawn before."""
    plan = planning.plan_in_force(loan)
    asked = [row for row in plan.rows.all() if row.total_cents]
    rows = [row for row in asked if row.payable_by >= clock.today()] or asked[-1:]
    return {
        "plan": plan,
        "rows": rows,
        "runs": runs_of(rows),
        "is_from_first": len(rows) == len(asked),
        "study_rows": [row for row in rows if not row.principal_cents],
        "repayment_rows": [row for row in rows if row.principal_cents],
        "first_row": rows[0],
        "last_row": rows[-1],
    }
