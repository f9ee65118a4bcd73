"""The page of a loan: what it says and offers to whom."""

import pytest
from django.urls import reverse

from config import clock
from loans.lifecycle.lending import write_off
from loans.lifecycle.lending.repayment import METHODS, record_payment
from loans.models import Loan, Plan
from loans.views.loan import loan_page
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.loans.views.loan.loan_pages import deeds, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]


# --- One loan ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["amina", "carl"])
def test_a_loan_does_not_exist_for_those_who_may_not_read_it(client, request, who, active):
    assert read(client, request.getfixturevalue(who), active).status_code == 404


def test_finance_sees_the_loan_and_no_way_to_the_story(client, felix, active):
    response = read(client, felix, active)
    assert active.application.applicant.full_name in response.content.decode()
    assert reverse("case", args=[active.application.reference]) not in response.content.decode()


def test_an_officer_finds_the_way_to_the_case(client, omar, active):
    assert reverse("case", args=[active.application.reference]) in read(client, omar, active).content.decode()


def test_the_page_says_what_pays_the_loan_off_today(client, felix, active):
    response = read(client, felix, active)
    assert response.context["book"].owed_cents >= active.principal_cents
    assert [row["state"] for row in response.context["plan_rows"]][:2] == ["next", "to_come"]


def test_a_loan_that_has_only_been_offered_has_a_page(client, mariam, offered):
    loan = Loan.objects.get(application=getattr(offered, "application", offered))
    response = read(client, mariam, loan)
    assert response.status_code == 200
    assert response.context["book"] is None


@pytest.mark.parametrize("who", ["omar", "mariam", "felix", "ada"])
@pytest.mark.parametrize("kind", ["signed", "active"])
def test_the_page_draws_exactly_what_the_machines_allow(client, request, who, kind):
    user, loan = request.getfixturevalue(who), again(request.getfixturevalue(kind))
    moves = {move.name for move in loan.get_available_user_state_transitions(user)}
    names = {
        "record_payment": "payment",
        "cancel": "cancellation",
        "propose_write_off": "propose-write-off",
        "pause": "pause",
        "lower_rate": "lower-rate",
        "reschedule": "reschedule",
        "waive": "waive",
    }
    expected = {names[move] for move in moves if move in names}
    for advance in loan.advances.all():
        may = {move.name for move in advance.get_available_user_state_transitions(user)}
        expected |= {f"release-{advance.number}"} if "release" in may else set()
        expected |= {f"sending-{advance.number}"} if "send" in may else set()
        expected |= {f"return-{advance.number}"} if "take_back" in may else set()
    assert set(deeds(read(client, user, loan))) == expected


def test_every_way_to_pay_and_every_reason_for_a_plan_has_words(active):
    assert set(loan_page.METHODS) == set(METHODS)
    assert {plan.reason for plan in Plan.objects.all()} <= set(loan_page.PLAN_REASONS)


# --- The agreement -------------------------------------------------------------------------------


def test_the_office_opens_the_agreement_that_was_signed(client, felix, signed):
    made = signed.agreements.first()
    client.force_login(felix)
    response = client.get(reverse("loan_agreement", args=[signed.number, made.language]))
    assert response.content == made.file.read()
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(("who", "language"), [("ada", None), ("amina", None), ("felix", "de")])
def test_the_agreement_stays_shut_for_others(client, request, signed, who, language):
    client.force_login(request.getfixturevalue(who))
    language = language or signed.agreements.first().language
    assert client.get(reverse("loan_agreement", args=[signed.number, language])).status_code == 404


# --- How each instalment stands -------------------------------------------------------------------


def states(client, user, loan):
    return [each["state"] for each in read(client, user, loan).context["plan_rows"]]


def test_what_was_written_off_is_not_called_paid(client, felix, omar, mariam, amina, active):
    first = active.plans.last().rows.first()
    with clock.at(days_ahead(100)):
        paid = {"on": clock.today(), "cents": first.total_cents, "method": "cash", "payer": "Amina"}
        record_payment(active, by=felix, **paid)
        write_off.propose(again(active), by=omar, note="Gone abroad.")
        write_off.write_off(again(active), by=mariam)
        found = states(client, felix, active)
        assert found[0] == "paid"
        assert set(found[1:]) == {"given_up"}
        assert "Written off" in read(client, felix, active).content.decode()
        client.force_login(amina)
        said = client.get(reverse("my_loan", args=[active.case.reference])).content.decode()
    assert said.count("Not paid") == len(found) - 1


def test_after_everything_was_paid_early_nothing_is_due(client, felix, active):
    everything = 100_000_000
    words = {"on": clock.today(), "cents": everything, "method": "cash", "payer": "Amina"}
    record_payment(active, by=felix, more_than_owed=True, **words)
    assert again(active).state == "repaid"
    assert set(states(client, felix, active)) <= {"paid", "nothing_due"}
