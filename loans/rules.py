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


def may_approve(row, by):
    """One second pair of eyes up to the product's limit; above it only the committee, by its votes."""
    if row.case.is_for_the_committee:
        return by is LEDGER and row.case.recommendation.is_carried
    return is_second_pair_of_eyes(row, by)


def may_send_back(row, by):
    """A second pair of eyes with a question; or the count of the committee's votes, when one went against."""
    return is_second_pair_of_eyes(row, by) or (by is LEDGER and row.case.is_for_the_committee)


def may_vote(row, by):
    """A member of the committee who did not recommend it, once, and only above the limit."""
    if not (_works_here(row, by, Role.COMMITTEE) and row.case.recommended_by_id != by.pk):
        return False
    if not row.case.is_for_the_committee:
        return False
    return all(vote.by_id != by.pk for vote in row.case.recommendation.votes.all())


def may_hear_appeal(row, by):
    """A manager or committee member who neither decided nor recommended it nor has it on the desk."""
    case = row.case
    had_a_part = (case.decided_by_id, case.recommended_by_id, case.reviewer_id)
    return _works_here(row, by, Role.MANAGER, Role.COMMITTEE) and by.pk not in had_a_part


def may_decline(row, by):
    """A second pair of eyes decides; before a recommendation that is any manager but the reviewer."""
    return is_second_pair_of_eyes(row, by) and row.case.reviewer_id != by.pk


def may_send_money(row, by):
    """Finance moves money, but never for a loan they recommended themselves."""
    return _works_here(row, by, Role.FINANCE) and row.case.recommended_by_id != by.pk


def may_change_plan(row, by):
    """A manager other than who recommended the loan: what was agreed is changed by a second pair of eyes."""
    return is_second_pair_of_eyes(row, by)


def may_propose_write_off(row, by):
    """An officer or a manager, while nobody has proposed it."""
    return _works_here(row, by, Role.OFFICER, Role.MANAGER) and row.write_off_proposed_by_id is None


def may_drop_write_off(row, by):
    """Whoever proposed it, or a manager."""
    if row.write_off_proposed_by_id is None or not _works_here(row, by, Role.OFFICER, Role.MANAGER):
        return False
    return Role.MANAGER in by.roles or row.write_off_proposed_by_id == by.pk


def may_write_off(row, by):
    """A second person: a manager, of a write-off that somebody else proposed."""
    return _works_here(row, by, Role.MANAGER) and row.write_off_proposed_by_id not in (None, by.pk)


def may_reinstate(row, by):
    """A manager other than the one who wrote it off: two people again."""
    return _works_here(row, by, Role.MANAGER) and row.written_off_by_id != by.pk


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
