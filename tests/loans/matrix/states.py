"""Every machine's every state, each reached by the real verbs. Loaded by the root conftest."""

import pytest

from config import clock
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import appeal, decision
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import disbursement, repayment
from loans.lifecycle.reviewing import papers, review
from loans.tasks import nightly
from tests.cases import again, picture
from tests.days_ahead import days_ahead


def pay_off(loan, by):
    """Pay all that is owed today."""
    owed = books.book_of(loan, until=clock.today()).owed_cents
    return repayment.record_payment(loan, by=by, on=clock.today(), cents=owed, method="transfer", payer="Amina")


@pytest.fixture
def application_in(request):
    """`application_in("declined")`: the case in that state."""

    def reach(state):
        named = {"waiting_for_applicant": "waiting", "approved": "offered"}.get(state, state)
        return again(_BUILDERS[state](request) if state in _BUILDERS else request.getfixturevalue(named))

    return reach


@pytest.fixture
def loan_in(request):
    """`loan_in("repaid")`: the loan in that state."""

    def reach(state):
        get = request.getfixturevalue
        if state == "offered":
            return get("loan")
        if state in ("signed", "active"):
            return again(get(state))
        if state == "repaid":
            pay_off(get("active"), get("felix"))
            return again(get("active"))
        if state == "written_off":
            return again(get("given_up"))
        if state == "refused":
            return again(signing.refuse(get("loan"), by=get("amina")))
        if state == "lapsed":
            loan = get("loan")
            _after(40)
            return again(loan)
        return again(signing.cancel(get("signed"), by=get("mariam"), note="She found a bursary."))

    return reach


@pytest.fixture
def advance_in(request):
    """`advance_in("released")`: the advance of the loan in that state."""

    def reach(state):
        get = request.getfixturevalue
        advance = get("signed").advances.get()
        if state in ("released", "sent", "returned"):
            advance = disbursement.release(advance, by=get("felix"))
        if state in ("sent", "returned"):
            advance = disbursement.send(advance, by=get("felix"), on=clock.today())
        if state == "returned":
            disbursement.take_back(advance, by=get("felix"), note="The account is closed.")
        if state == "cancelled":
            signing.cancel(get("signed"), by=get("mariam"), note="She found a bursary.")
        return again(advance)

    return reach


@pytest.fixture
def document_in(request):
    """`document_in("accepted")`: a paper of a case in review, in that state."""

    def reach(state):
        get = request.getfixturevalue
        case, omar, amina = get("in_review"), get("omar"), get("amina")
        paper = case.documents.get(kind="identity")
        if state == "accepted":
            papers.accept(paper, by=omar)
        if state in ("refused", "replaced"):
            papers.refuse(paper, by=omar, note="Cut off.")
        if state == "replaced":
            review.ask_for_more(again(case), by=omar, asked=[("papers", "The whole page, please.")])
            filling.add_paper(again(case), "identity", picture(), name="whole.jpg", by=amina)
            review.answer(again(case), by=amina)
        return again(paper)

    return reach


def _after(days):
    with clock.at(days_ahead(days)):
        nightly()


def _expired(request):
    case = request.getfixturevalue("draft")
    _after(submission.DRAFT_DAYS + 1)
    return case


def _withdrawn(request):
    return submission.withdraw(request.getfixturevalue("submitted"), by=request.getfixturevalue("amina"))


def _closed(request):
    case = request.getfixturevalue("waiting")
    _after(60)
    return case


def _declined(request):
    mariam = request.getfixturevalue("mariam")
    return decision.decline(request.getfixturevalue("recommended"), by=mariam, reasons=["not_affordable"])


def _appealed(request):
    case = again(_declined(request))
    return appeal.appeal(case, by=request.getfixturevalue("amina"), note="My debts are paid.")


def _decision_stands(request):
    case = again(_appealed(request))
    return appeal.uphold(case, by=request.getfixturevalue("carl"), note="The figures are the same.")


_BUILDERS = {
    "appealed": _appealed,
    "decision_stands": _decision_stands,
    "expired": _expired,
    "withdrawn": _withdrawn,
    "closed_unanswered": _closed,
    "declined": _declined,
}
