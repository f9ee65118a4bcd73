"""What a case waits for, in words for the member of staff who reads it."""

from django.utils.translation import gettext as _

from accounts.models import Role
from letters.wording import day
from loans import rules
from loans.models import Application, Loan

State = Application.State
OVER = (Loan.State.LAPSED, Loan.State.REFUSED, Loan.State.CANCELLED)
TONES = {
    State.SUBMITTED: "info",
    State.IN_REVIEW: "info",
    State.WAITING: "wait",
    State.RECOMMENDED: "wait",
    State.APPROVED: "good",
    State.DECLINED: "bad",
    State.APPEALED: "wait",
    State.DECISION_STANDS: "bad",
}


def tone_of(case):
    """How the tag of the case's state is coloured: info | wait | good | bad, or nothing."""
    return TONES.get(case.state, "")


def next_step(case, reader):
    """One sentence. Asks the database nothing when `case` comes with its applicant, reviewer and loans.

    `reader` is staff and a stranger to the case (ApplicationQuerySet.open_to_staff).
    """
    if case.state == State.APPROVED:
        return _of_loan(case, reader)
    sentence = _SENTENCES.get(case.state)
    return sentence(case, reader) if sentence else ""


def _to_take(case, reader):
    return _("Take the case") if Role.OFFICER in reader.roles else _("Waiting for a loan officer")


def _to_review(case, reader):
    if case.reviewer_id == reader.pk:
        return _("Read it: ask for more, or recommend")
    return _("On the desk of %(officer)s") % {"officer": case.reviewer}


def _to_answer(case, reader):
    words = {"name": case.applicant.greeting, "day": day(case.answer_by)}
    return _("Waiting for %(name)s until %(day)s") % words


def _to_decide(case, reader):
    if case.is_for_the_committee:
        return _("Vote") if rules.may_vote(case, reader) else _("Waiting for the votes of the committee")
    if Role.MANAGER in reader.roles and case.recommended_by_id != reader.pk:
        return _("Decide: approve or decline")
    return _("Waiting for a manager to decide")


def _to_hear(case, reader):
    if rules.may_hear_appeal(case, reader):
        return _("Hear the appeal: does the decision stand?")
    return _("Waiting for somebody who did not decide to hear the appeal")


def _to_reopen(case, reader):
    if reader.roles & {Role.OFFICER, Role.MANAGER}:
        return _("Closed. Reopen it if the person writes again")
    return _("Closed")


_SENTENCES = {
    State.SUBMITTED: _to_take,
    State.IN_REVIEW: _to_review,
    State.WAITING: _to_answer,
    State.RECOMMENDED: _to_decide,
    State.APPEALED: _to_hear,
    State.CLOSED_UNANSWERED: _to_reopen,
}


def _of_loan(case, reader):
    loan = next((loan for loan in case.loans.all() if loan.state not in OVER), None)
    if loan is None:
        return _("The offer is over: it comes back to the desk tonight")
    if loan.state == Loan.State.OFFERED:
        return _("Waiting for signatures until %(day)s") % {"day": day(loan.open_until)}
    if loan.state == Loan.State.SIGNED:
        return _("Send the money") if Role.FINANCE in reader.roles else _("Waiting for finance to send the money")
    if loan.state == Loan.State.WRITTEN_OFF:
        return _("Written off: what still comes in is a recovery")
    return _("Nothing: the loan is repaid") if loan.state == Loan.State.REPAID else _("Nothing: the loan is running")
