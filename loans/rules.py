"""Who may do what. Each rule is a sentence about a case, a loan or a paper, and an actor.

`row` is anything that has a `.case` (an Application); `by` a User or one of accounts.actors. Separation is read from
what the case remembers (`recommended_by`, `decided_by`), never from today's assignment or roles.
"""

from accounts.actors import CLOCK, LEDGER
from accounts.models import Role, User


def is_owner(row, by):
    """The person who asked for the loan."""
    return isinstance(by, User) and row.case.applicant.user_id == by.pk


def is_party(row, by):
    """Somebody who signs: the borrower, a co-borrower, a guarantor."""
    return isinstance(by, User) and any(party.user_id == by.pk for party in row.case.parties.all())


def _works_here(row, by, *roles):
    """Staff in one of `roles`, and a stranger to the case: nobody handles their own loan or one they sign for."""
    return isinstance(by, User) and bool(by.roles & set(roles)) and not is_owner(row, by) and not is_party(row, by)


def is_officer(row, by):
    return _works_here(row, by, Role.OFFICER)


def is_the_reviewer(row, by):
    """The officer who has the case on the desk."""
    return is_officer(row, by) and row.case.reviewer_id == by.pk


def is_reviewing(row, by):
    """The officer who has the case on the desk, while it lies there."""
    return is_the_reviewer(row, by) and row.case.state == "in_review"


def is_second_pair_of_eyes(row, by):
    """Four eyes: whoever recommended this loan, whatever their role is now, may not decide on it."""
    return _works_here(row, by, Role.MANAGER) and row.case.recommended_by_id != by.pk


def may_decline(row, by):
    """A second pair of eyes decides; before a recommendation that is any manager but the reviewer."""
    return is_second_pair_of_eyes(row, by) and row.case.reviewer_id != by.pk


def may_send_money(row, by):
    """Finance moves money, but never for a loan they recommended themselves."""
    return _works_here(row, by, Role.FINANCE) and row.case.recommended_by_id != by.pk


def is_finance(row, by):
    return _works_here(row, by, Role.FINANCE)


def is_the_clock(_, by):
    return by is CLOCK


def is_the_ledger(_, by):
    return by is LEDGER


def is_the_clock_or_the_ledger(_, by):
    return by in (CLOCK, LEDGER)


def may_reopen(row, by):
    """The officer of a case that fell asleep, or any manager."""
    return _works_here(row, by, Role.OFFICER, Role.MANAGER)
