"""Whose case it is: given by a manager, or taken up by an officer when it lies on nobody's desk."""

from django.core.exceptions import PermissionDenied

from accounts.models import Role, User
from loans import rules
from loans.lifecycle.applying.submission import case_of
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed, step
from loans.lifecycle.tell import tell_colleague
from loans.models import Application


@once_only(case_of)
def hand_over(application: Application, *, by: User, officer: User, once: Once | None = None) -> Application:
    """From now on the case lies on the desk of `officer`. A new case is in review with it; others keep their state.

    Who is given one is told. Who recommended or decided stays remembered, and who had it before. Raises
    PermissionDenied when an officer gives a case to anybody else, and Refused: not_an_officer, has_it_already.
    """
    if officer != by and Role.MANAGER not in by.roles:
        raise PermissionDenied("hand_over: only a manager gives a case to somebody else")
    is_new = application.state == Application.State.SUBMITTED
    road, move = (step, application.assign) if is_new else (deed, application.hand_over)
    case: Application
    with road(move, by=by, once=once, detail={"officer": officer.pk}) as case:
        if not rules.is_officer(case, officer):
            raise Refused("not_an_officer")
        if case.reviewer_id == officer.pk:
            raise Refused("has_it_already")
        off_the_desk(case)
        case.reviewer = officer
        if officer != by:
            tell_colleague(case, officer, "case_given", occasion=f"given:{case.event.pk}", giver=by.name)
    return case


def off_the_desk(case: Application) -> None:
    """Nobody has it on the desk now; who had it is remembered. Part of a verb: the caller holds the case."""
    if case.reviewer_id is not None and case.reviewer_id not in case.former_reviewers:
        case.former_reviewers = [*case.former_reviewers, case.reviewer_id]
    case.reviewer = None
