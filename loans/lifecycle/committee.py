"""The committee: votes on terms above the sum that one person may grant, sealed until the last one is in."""

from accounts.actors import LEDGER
from accounts.models import User
from loans.lifecycle import decision
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed, follow_on, step
from loans.lifecycle.submission import case_of
from loans.models import Application, Vote


@once_only(case_of)
def cast_vote(
    application: Application, *, by: User, in_favour: bool, note: str = "", once: Once | None = None
) -> Application:
    """One member votes on the terms recommended now. Nobody sees the vote before the last one is in.

    With the last: all in favour approves; one against sends the case back to the desk. Raises Refused("empty_note")
    for a vote against without its reason.
    """
    if not in_favour and not note.strip():
        raise Refused("empty_note")
    case: Application
    with deed(application.cast_vote, by=by, note=note.strip(), once=once) as case:
        terms = case.recommendation
        Vote.objects.create(recommendation=terms, by=by, event=case.event, in_favour=in_favour)
        if terms.is_counted:
            follow_on(_count, case)
    return case_of(case.event)


def _count(case: Application) -> None:
    """What follows from the last vote."""
    if case.recommendation.is_carried:
        decision.approve(Application.objects.get(pk=case.pk), by=LEDGER)
        return
    with step(case.send_back, by=LEDGER):
        pass
