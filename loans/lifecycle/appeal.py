"""The appeal: somebody who did not decide looks at a no again."""

from accounts.models import User
from config import clock
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import step
from loans.lifecycle.submission import case_of
from loans.lifecycle.tell import tell_borrower
from loans.models import Application


@once_only(case_of)
def appeal(application: Application, *, by: User, note: str, once: Once | None = None) -> Application:
    """The applicant asks for a second look, and says why. Raises Refused: empty_note, appeal_over."""
    if not note.strip():
        raise Refused("empty_note")
    case: Application
    with step(application.appeal, by=by, note=note.strip(), once=once) as case:
        if case.appeal_until is not None and case.appeal_until < clock.today():
            raise Refused("appeal_over", on=case.appeal_until)
        tell_borrower(case, "appeal_received", occasion=f"appeal:{case.event.pk}")
    return case


@once_only(case_of)
def uphold(application: Application, *, by: User, note: str, once: Once | None = None) -> Application:
    """The no stands; the applicant reads why. Raises Refused("empty_note")."""
    if not note.strip():
        raise Refused("empty_note")
    case: Application
    with step(application.uphold, by=by, note=note.strip(), once=once) as case:
        tell_borrower(case, "decision_stands", occasion=f"appeal:{case.event.pk}", why=note.strip())
    return case


@once_only(case_of)
def grant(application: Application, *, by: User, note: str, once: Once | None = None) -> Application:
    """The appeal is right: the case goes back to its officer and is decided afresh. Raises Refused("empty_note")."""
    if not note.strip():
        raise Refused("empty_note")
    case: Application
    with step(application.grant_appeal, by=by, note=note.strip(), once=once) as case:
        case.appeal_until = None
        tell_borrower(case, "appeal_granted", occasion=f"appeal:{case.event.pk}")
    return case
