"""Who may do what. Each rule is a sentence about a case, a loan or a paper, and an actor.

`row` is anything that has a `.case` (an Application); `by` a User or one of accounts.actors. Separation is read from
what the case remembers (`recommended_by`, `decided_by`, …), never from today's assignment or roles.
"""

from accounts.actors import CLOCK, LEDGER
from accounts.models import Role, User

VOID_CHEQUE = "void_cheque"  # of loans.paper_kinds
ASSISTS = frozenset((Role.OFFICER, Role.MANAGER))  # who types for people


def is_owner(row, by):
    """The person who asked for the loan."""
    return isinstance(by, User) and row.case.applicant.user_id == by.pk


def by_key(by):
    """The key of a person; an actor of the house has none."""
    return by.pk if isinstance(by, User) else 0


def is_borrower(row, by):
    """Somebody who borrows: who asked for the loan, or a co-borrower; a guarantor is none."""
    borrowers = ("borrower", "co_borrower")
    return isinstance(by, User) and any(p.user_id == by.pk and p.kind in borrowers for p in row.case.parties.all())


def is_party(row, by):
    """Somebody who signs: the borrower, a co-borrower, a guarantor."""
    return isinstance(by, User) and any(party.user_id == by.pk for party in row.case.parties.all())


def signs_with_the_borrower(row, by):
    """A co-borrower or a guarantor."""
    return is_party(row, by) and not is_owner(row, by)


def _works_here(row, by, *roles):
    """Staff in one of `roles`, and a stranger to the case.

    Nobody handles their own loan, one they sign for, or a case on which they have a conflict of interest.
    """
    if not isinstance(by, User) or not by.roles & set(roles) or by.pk in row.case.kept_from:
        return False
    return not is_owner(row, by) and not is_party(row, by)


def is_assisting(row, by):
    """The officer or manager who types this draft for somebody now."""
    return row.case.assisted_by_id == by_key(by) and _works_here(row, by, *ASSISTS) and row.case.state == "draft"


def may_take_over_typing(row, by):
    """Another officer or manager, a stranger to the case."""
    return _works_here(row, by, *ASSISTS) and row.case.assisted_by_id != by.pk


def may_end_help(row, by):
    """The person who is helped, at any time; or whoever helps."""
    case = row.case
    return case.assisted_by_id is not None and (is_owner(row, by) or case.assisted_by_id == by_key(by))


def may_fill_in(row, by):
    """The person who asks for the loan; in a draft also who helps, as long as they do."""
    case = row.case
    if is_owner(row, by):
        return True
    is_helper = case.assisted_by_id is not None and case.assisted_by_id == by_key(by) and case.state == "draft"
    return is_helper and (case.assisted_way == "helper" or is_assisting(row, by))


def may_look_second(row, by):
    """An officer or manager who never typed in this form, while one of the office types it."""
    case = row.case
    is_typed_here = case.assisted_by_id is not None and case.assisted_way != "helper"
    return is_typed_here and _works_here(row, by, *ASSISTS) and by.pk not in case.assistants


def is_officer(row, by):
    return _works_here(row, by, Role.OFFICER)


def renews_number(row, by):
    """An officer, where the person told a social insurance number that ends on a day."""
    return is_officer(row, by) and row.case.applicant.sin_expires_on is not None


def may_enter_bank_details(row, by):
    """The person who asked for the loan, or an officer or manager who has a void cheque in front of them."""
    return is_owner(row, by) or may_verify_bank_details(row, by)


def may_verify_bank_details(row, by):
    """An officer or a manager; that somebody else entered them, the verb looks."""
    return _works_here(row, by, Role.OFFICER, Role.MANAGER)


def may_judge_paper(row, by):
    """The officer who reviews the case; of a void cheque, which comes after the yes, any officer or manager."""
    if row.kind == VOID_CHEQUE and row.case.state == "approved":
        return may_verify_bank_details(row, by)
    return is_reviewing(row, by)


def may_write_to_applicant(row, by):
    """An officer or a manager: somebody answers also while the officer of the case is away. They read too."""
    return _works_here(row, by, Role.OFFICER, Role.MANAGER)


def keeps_diary(row, by):
    """An officer or a manager: whoever works on cases plans the work of each other."""
    return _works_here(row, by, Role.OFFICER, Role.MANAGER)


def may_refer(row, by):
    """An officer or a manager: whoever talks with the person may bring them together with somebody who helps."""
    return _works_here(row, by, Role.OFFICER, Role.MANAGER)


def may_answer_flag(row, by):
    """An officer or a manager; that a flag about oneself is answered by somebody else, the verb looks."""
    return _works_here(row, by, Role.OFFICER, Role.MANAGER)


def is_the_reviewer(row, by):
    """The officer who has the case on the desk."""
    return is_officer(row, by) and row.case.reviewer_id == by.pk


def is_reviewing(row, by):
    """The officer who has the case on the desk, while it lies there."""
    return is_the_reviewer(row, by) and row.case.state == "in_review"


def may_declare_conflict(row, by):
    """Whoever works here, of themselves; that a manager may do it for others, the verb knows."""
    return _works_here(row, by, *Role)


def may_lift_conflict(row, by):
    """A manager or a committee member; that it is a second person, the verb looks."""
    return _works_here(row, by, Role.MANAGER, Role.COMMITTEE)


def may_assign(row, by):
    """A manager says whose case it is."""
    return _works_here(row, by, Role.MANAGER)


def may_hand_over(row, by):
    """A manager; or an officer, when nobody has it on the desk."""
    return may_assign(row, by) or (is_officer(row, by) and row.case.reviewer_id is None)


def is_second_pair_of_eyes(row, by):
    """Four eyes: whoever recommended this loan, or typed the form for the person, may not decide on it.

    Whatever their role is now.
    """
    return may_change_plan(row, by) and by.pk not in row.case.assistants


def may_approve(row, by):
    """One second pair of eyes up to the product's limit; above it only the committee, by its votes."""
    if row.case.is_for_the_committee:
        return by is LEDGER and row.case.recommendation.is_carried
    return is_second_pair_of_eyes(row, by)


def may_set_conditions(row, by):
    """The officer until it is recommended; then whoever decides alone. What the committee votes on stays as it is."""
    if row.case.state == "recommended":
        return is_second_pair_of_eyes(row, by) and not row.case.is_for_the_committee
    return is_the_reviewer(row, by)


def may_waive_condition(row, by):
    """Who may decide the case: a second pair of eyes, or above the product's limit each member of the committee."""
    return sits_on(row, by) if row.case.is_for_the_committee else is_second_pair_of_eyes(row, by)


def is_above_authority(row, by):
    """A second pair of eyes that could approve, were the sum not above what one person may grant."""
    return row.case.state == "recommended" and row.case.is_for_the_committee and is_second_pair_of_eyes(row, by)


def may_re_offer(row, by):
    """The officer on whose desk the case lies, while a yes to these terms stands: a second person gave it."""
    return is_reviewing(row, by) and row.case.standing_approval is not None


def may_take_paper(row, by):
    """An officer or a manager; that two of them look at a signature on paper, the verb sees."""
    return _works_here(row, by, Role.OFFICER, Role.MANAGER)


def may_send_back(row, by):
    """A second pair of eyes with a question; or the count of the committee's votes, when it was lost."""
    if by is LEDGER:
        return row.case.is_for_the_committee and row.case.recommendation.is_lost
    return is_second_pair_of_eyes(row, by)


def sits_on(row, by):
    """A member of the committee who neither recommended the loan nor typed its form, and has no part in it."""
    had_a_part = (row.case.recommended_by_id, *row.case.assistants)
    return _works_here(row, by, Role.COMMITTEE) and by.pk not in had_a_part


def may_vote(row, by):
    """A member of the committee who did not recommend it, once, and only above the limit."""
    if not (sits_on(row, by) and row.case.is_for_the_committee):
        return False
    return not row.case.recommendation.has_vote_of(by)


def may_hear_appeal(row, by):
    """A manager or committee member who never decided nor recommended it nor had it on the desk, nor typed it."""
    return _works_here(row, by, Role.MANAGER, Role.COMMITTEE) and not _had_a_part(row.case, by)


def may_not_hear_own(row, by):
    """Somebody who hears appeals, but had a part in this no: they are told so, and who may."""
    return _works_here(row, by, Role.MANAGER, Role.COMMITTEE) and _had_a_part(row.case, by)


def _had_a_part(case, by):
    """Whoever ever said no to it, decided or recommended it, had it on the desk or typed its answers."""
    deciders = (case.decided_by_id, case.recommended_by_id, case.reviewer_id, *case.decliners)
    return by.pk in (*deciders, *case.former_reviewers, *case.assistants)


def may_decline(row, by):
    """A second pair of eyes decides; before a recommendation that is any manager who never had it on the desk."""
    on_the_desk_of = (row.case.reviewer_id, *row.case.former_reviewers)
    return is_second_pair_of_eyes(row, by) and by.pk not in on_the_desk_of


def may_send_money(row, by):
    """Finance moves money, but never for a loan they recommended themselves."""
    return _works_here(row, by, Role.FINANCE) and row.case.recommended_by_id != by.pk


def may_change_plan(row, by):
    """A manager other than who recommended the loan: what was agreed is changed by a second person."""
    return _works_here(row, by, Role.MANAGER) and row.case.recommended_by_id != by.pk


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
