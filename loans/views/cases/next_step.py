"""What a case waits for, in words for the member of staff who reads it."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from accounts.models import Role
from letters.wording import day
from loans import rules
from loans.lifecycle.contracts.cooling import money_from
from loans.lifecycle.contracts.paper_signing import for_second_look
from loans.lifecycle.lending.bank_accounts import MONEY_MOVES
from loans.models import Application, BankAccount, Condition, Loan, Party
from loans.models.loan import OVER

State = Application.State
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


def with_next_step(cases, reader):
    """Cases that know what `next_step` asks of them for this reader, without a question more."""
    asked = Condition.objects.filter(application=OuterRef("pk"))
    borrower = {"party__application": OuterRef("pk"), "party__kind": Party.Kind.BORROWER}
    return cases.annotate(
        is_open_before_signing=Exists(asked.before_signing()),
        is_open_before_money=Exists(asked.before_advance(1)),  # the one that is on its way while a loan is signed
        has_bank_in_force=Exists(BankAccount.objects.in_force().filter(**borrower)),
        awaits_debit=Exists(BankAccount.objects.to_agree().filter(**borrower)),
        has_paper_to_look_at=Exists(for_second_look(reader).filter(party__application=OuterRef("pk"))),
        bank_entered_by=Subquery(BankAccount.objects.waiting().filter(**borrower).values("event__by")[:1]),
    )


def next_step(case, reader):
    """One sentence. Asks the database nothing when `case`, of `with_next_step`, comes with its applicant, reviewer
    and loans.

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
    if case.reviewer_id is None:
        is_officer = Role.OFFICER in reader.roles
        return _("On nobody’s desk: take it up") if is_officer else _("On nobody’s desk: waiting for a loan officer")
    return _("On the desk of %(officer)s") % {"officer": case.reviewer}


def _to_answer(case, reader):
    words = {"name": case.applicant.greeting, "day": day(case.answer_by)}
    return _("Waiting for %(name)s until %(day)s") % words


def _to_decide(case, reader):
    if case.is_for_the_committee:
        return _("Vote") if rules.may_vote(case, reader) else _("Waiting for the votes of the committee")
    if Role.MANAGER in reader.roles and reader.pk not in (case.recommended_by_id, *case.assistants):
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
    if _is_held_back(case, loan):
        is_officer = Role.OFFICER in reader.roles
        return (
            _("A condition is open: mark it as met")
            if is_officer
            else _("Waiting for a loan officer: a condition is open")
        )
    if case.has_paper_to_look_at and _takes_papers(reader):
        return _("Look at the signed paper: does its scan show what was written down?")
    if case.bank_entered_by and loan.state in MONEY_MOVES and _verifies(case, reader):
        return _("Verify the bank details")
    if loan.state == Loan.State.OFFERED:
        return _("Waiting for signatures until %(day)s") % {"day": day(loan.open_until)}
    if loan.state == Loan.State.SIGNED and not case.has_bank_in_force:
        return _of_bank_details(case)
    if loan.state == Loan.State.ACTIVE and case.awaits_debit:
        return _of_debit()
    if loan.is_cooling:
        return _("Money may leave from %(day)s: until then the borrower may withdraw") % {"day": day(money_from(loan))}
    if loan.state == Loan.State.SIGNED:
        return _("Send the money") if Role.FINANCE in reader.roles else _("Waiting for finance to send the money")
    if loan.state == Loan.State.WRITTEN_OFF:
        return _("Written off: what still comes in is a recovery")
    return _("Nothing: the loan is repaid") if loan.state == Loan.State.REPAID else _("Nothing: the loan is running")


def _of_bank_details(case):
    if case.bank_entered_by is not None:
        return _("Waiting for a second person to verify the bank details")
    return _of_debit() if case.awaits_debit else _("Waiting for bank details that may be used")


def _of_debit():
    return _("Waiting for the borrower to agree to the debit agreement of the new account")


def _takes_papers(reader):
    return bool(reader.roles & {Role.OFFICER, Role.MANAGER})


def _verifies(case, reader):
    return _takes_papers(reader) and reader.pk != case.bank_entered_by


def _is_held_back(case, loan):
    """Whether a condition is open that stands before what this loan comes to next."""
    if loan.state == Loan.State.SIGNED:
        return case.is_open_before_money
    return loan.state == Loan.State.OFFERED and case.is_open_before_signing
