"""The appeal: somebody who did not decide looks at a no again, by the day that we promised."""

from accounts.models import User
from config import clock
from loans import rules
from loans.lifecycle import promise
from loans.lifecycle.applying.submission import case_of
from loans.lifecycle.deciding.declining import bureaus_behind
from loans.lifecycle.deciding.record import Freezing
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.standing import refuse_stale
from loans.lifecycle.step import step
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
        by_day = promise.begin_appeal(case).isoformat()
        tell_borrower(case, "appeal_received", occasion=f"appeal:{case.event.pk}", answer_by=by_day)
    return case


@once_only(case_of)
def uphold(
    application: Application, *, by: User, note: str, seen: int | None = None, once: Once | None = None
) -> Application:
    """The no stands; the applicant reads why, and again on whose credit report it rests.

    Raises Refused: empty_note, stale_file, appeal_of_ones_own.
    """
    if not note.strip():
        raise Refused("empty_note")
    _refuse_own(application, by)
    case: Application
    frozen = Freezing("decision_stands", by=by, note=note.strip())
    with step(application.uphold, by=by, note=note.strip(), once=once, detail=frozen.detail) as case:
        refuse_stale(case, seen)
        frozen.keep(case)
        promise.end(case)
        facts = {"why": note.strip(), **bureaus_behind(case)}
        tell_borrower(case, "decision_stands", occasion=f"appeal:{case.event.pk}", **facts)
    return case


@once_only(case_of)
def grant(
    application: Application, *, by: User, note: str, seen: int | None = None, once: Once | None = None
) -> Application:
    """The appeal is right: the case goes back to its officer and is decided afresh.

    Raises Refused: empty_note, stale_file, appeal_of_ones_own.
    """
    if not note.strip():
        raise Refused("empty_note")
    _refuse_own(application, by)
    case: Application
    frozen = Freezing("appeal_granted", by=by, note=note.strip())
    with step(application.grant_appeal, by=by, note=note.strip(), once=once, detail=frozen.detail) as case:
        refuse_stale(case, seen)
        frozen.keep(case)
        case.appeal_until = None
        promise.begin(case)
        tell_borrower(case, "appeal_granted", occasion=f"appeal:{case.event.pk}")
    return case


def who_may_hear(application: Application) -> list[User]:
    """Everybody who works here and may hear this appeal, by name."""
    return [person for person in User.objects.staff() if rules.may_hear_appeal(application, person)]


def _refuse_own(application: Application, by: User) -> None:
    """Whoever had a part in the no is told so, and who may hear it; anybody else meets the rule itself."""
    if application.state == Application.State.APPEALED and rules.may_not_hear_own(application, by):
        raise Refused("appeal_of_ones_own", names=[person.name for person in who_may_hear(application)])
