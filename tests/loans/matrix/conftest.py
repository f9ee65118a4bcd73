"""Every machine's every state, each reached by the real verbs, with two people who sign."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import Role, RoleChange, User
from accounts.people import give_role, propose
from config import clock
from loans.lifecycle import (
    appeal,
    books,
    calendar_days,
    changes,
    charges,
    decision,
    disbursement,
    filling,
    papers,
    repayment,
    review,
    signing,
    submission,
    write_off,
)
from loans.models import CalendarDay
from loans.tasks import nightly
from money.book import Part
from money.calendar import next_business_day
from tests.cases import again, fill_in, picture, sign
from tests.loans.matrix.addresses import ALL


def pay_off(loan, by):
    """Pay all that is owed today."""
    owed = books.book_of(loan, until=clock.today()).owed_cents
    return repayment.record_payment(loan, by=by, on=clock.today(), cents=owed, method="transfer", payer="Amina")


@pytest.fixture
def draft(amina, clara, product):
    """A filled form of somebody who asks together with Clara."""
    together = {"has_co_signer": "yes", "co_signer_name": clara.name, "co_signer_email": clara.email}
    return fill_in(filling.start(amina, product), amina, signers=together)


@pytest.fixture
def signed(loan, amina, clara):
    sign(loan, amina)
    return sign(loan, clara)


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


@pytest.fixture
def closed(application_in):
    return application_in("closed_unanswered")


@pytest.fixture
def released(signed, felix):
    disbursement.release(signed.advances.get(), by=felix)
    return signed


@pytest.fixture
def paying(active, felix):
    pay_off(active, felix)
    return active


@pytest.fixture
def charging(active, felix):
    """A loan on which a payment came back."""
    paid = repayment.record_payment(active, by=felix, on=clock.today(), cents=5_000, method="debit", payer="Amina")
    repayment.reverse_payment(active, by=felix, fact=paid, note="Returned.")
    return again(active)


@pytest.fixture
def changed(active, mariam):
    """A loan with a lower rate, a new spread, a pause and something waived, in that order."""
    changes.lower_rate(active, by=mariam, annual_rate=Decimal("0.05"), note="Hardship.")
    first = clock.today() + timedelta(days=30)
    changes.reschedule(again(active), by=mariam, months=30, first_due=first, note="Hardship.")
    charges.waive(again(active), by=mariam, part=Part.PRINCIPAL, cents=1_000, note="Hardship.")
    changes.pause(again(active), by=mariam, instalments=2, note="Hardship.")
    return again(active)


@pytest.fixture
def given_up(active, omar, mariam):
    """A loan that Omar proposed to write off and Mariam did."""
    write_off.propose(active, by=omar, note="He left the country.")
    return write_off.write_off(active, by=mariam)


@pytest.fixture
def to_give_up(active, omar):
    return write_off.propose(active, by=omar, note="He left the country.")


@pytest.fixture
def above_the_limit(recommended, product):
    """A recommended case of which the sum lies above what one person may grant."""
    product.one_decides_up_to_cents = recommended.recommendation.principal_cents - 1
    product.save()
    return again(recommended)


@pytest.fixture
def declined(application_in):
    return application_in("declined")


@pytest.fixture
def appealed(application_in):
    return application_in("appealed")


@pytest.fixture
def proposed_role(mariam, olga):
    """Mariam proposed that Olga becomes a manager too."""
    return propose("give", olga, Role.MANAGER, by=mariam)


@pytest.fixture
def proposed_day(mariam):
    """Mariam entered that payments do not move on a day of next month."""
    return calendar_days.propose(
        next_business_day(clock.today() + timedelta(days=30), ()),
        "",
        "closed",
        by=mariam,
        reason_en="⟦Inventory⟧",
        reason_fr="⟦Inventory⟧",
        source="⟦Notice⟧",
    )


@pytest.fixture
def newcomer(db):
    """An officer who has not set up the second factor yet."""
    user = User.objects.known_as("new@office.example", name="Nia", language="en")
    user.emailaddress_set.update(verified=True)
    give_role(user, Role.OFFICER, by=None)
    return user


@pytest.fixture
def visit(client, request):
    """`visit(address, "get", "omar")`: the response, in English unless told; what a visit changed is taken back."""
    everybody = {name: request.getfixturevalue(name) for name in (*ALL.split(), "newcomer")}
    client.raise_request_exception = False

    def respond(address, method, who, language="en"):
        url = url_of(address)
        client.logout()
        if who:
            client.force_login(everybody[who])
        client.cookies["language"] = language
        with transaction.atomic():
            response = getattr(client, method)(url)
            transaction.set_rollback(True)
        return response

    def url_of(address):
        world = request.getfixturevalue(address.world) if address.world else None
        if isinstance(world, RoleChange | CalendarDay):
            return reverse(address.name, args=[world.pk])
        case = world.case if world else None
        facts = {"case": case and case.reference}
        if "loan" in address.args:
            facts["loan"] = case.loans.get().number
        if "paper" in address.args:
            facts["paper"] = case.documents.get(kind="identity").pk
        return reverse(address.name, args=[facts.get(part, part) for part in address.args])

    return respond


def _after(days):
    with clock.at(clock.now() + timedelta(days=days)):
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
