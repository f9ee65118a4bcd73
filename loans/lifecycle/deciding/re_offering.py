"""The same offer once more: it lapsed or did not fit, and the yes to its terms still stands.

No new decision is taken: a second person, or the committee, said yes to these terms, and that yes stands for the
product's `approval_days` until something is recommended or decided anew. So the officer of the case may offer again.
The days and the figures are those of today, and so is a rate that is made of an index.
"""

from typing import Any

from accounts.models import User
from config import clock
from loans.lifecycle import promise
from loans.lifecycle.deciding import decision
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conditions, flags
from loans.lifecycle.standing import refuse_stale
from loans.lifecycle.step import step
from loans.models import Application, Document, Event, IdentityCheck, Loan

ANSWERS, FLAGS, IDENTITY, PAPERS = "answers", "flags", "identity", "papers"  # what may have changed since the yes


def changed_since(case: Application, approval: Event) -> list[str]:
    """What of the file is not as it was when it was approved, or needs a look now: codes, in their order.

    `answers`: the applicant sent the form again; `flags`: one is open; `identity`: the paper by which somebody was
    known is not good any more; `papers`: one was refused since.
    """
    since = case.events.filter(pk__gt=approval.pk)
    refused = since.filter(subject_kind="document", to_state=Document.State.REFUSED)
    found = {
        ANSWERS: since.filter(subject_kind="application", verb="answer").exists(),
        FLAGS: any(flag.is_open for flag in flags.flags_of(case)),
        IDENTITY: _identity_is_over(case),
        PAPERS: refused.exists(),
    }
    return [code for code, is_so in found.items() if is_so]


def _identity_is_over(case: Application) -> bool:
    newest = {check.party_id: check for check in IdentityCheck.objects.filter(party__application=case).order_by("pk")}
    today = clock.today()
    return any(check.expires_on is not None and check.expires_on < today for check in newest.values())


@once_only(decision.loan_made_by)
def re_offer(
    application: Application, *, by: User, note: str = "", seen: int | None = None, once: Once | None = None
) -> Loan:
    """The officer of the case offers again what was approved: a new loan, with days and figures of today.

    Raises Refused: approval_over after the days for which a yes stands, changed_since when the file is not as it was
    and no note says why the offer still holds, condition_taken_out when the yes stood on one that is not asked for any
    more, stale_file, no_rate, criminal_rate.
    """
    _refuse_late(application)
    case: Application
    with step(application.re_offer, by=by, note=note.strip(), once=once, detail=_told) as case:
        refuse_stale(case, seen)
        approval = Event.objects.get(pk=case.event.detail["approval"])
        if not set(approval.detail.get("conditions", [])) <= set(case.event.detail.get("conditions", [])):
            raise Refused("condition_taken_out")
        if case.event.detail["changed"] and not note.strip():
            raise Refused("changed_since")
        case.decided_by = approval.by
        promise.end(case)
        loan: Loan = decision.make_offer(case)
    return loan


def _refuse_late(application: Application) -> None:
    case = Application.objects.get(pk=application.pk)
    until = case.approved_until
    if until is not None and case.standing_approval is None:
        raise Refused("approval_over", day=until)


def _told(case: Application) -> dict[str, Any]:
    """The codes of the event: by which yes, what changed since, on which conditions."""
    approval = Event.objects.filter(case=case, subject_kind="application", verb="approve").latest("pk")
    told = {"approval": approval.pk, "changed": changed_since(case, approval)}
    return {**told, **conditions.named(case)}
