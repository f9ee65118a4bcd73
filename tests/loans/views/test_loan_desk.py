from datetime import timedelta

import pytest
from django.urls import reverse

from config import clock
from loans.lifecycle import write_off
from loans.lifecycle.repayment import METHODS, record_payment
from loans.models import Loan, Plan
from loans.views import loan_page
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
LOANS = reverse("loans")


@pytest.fixture(autouse=True)
def english_pages(client):
    """Félix reads French elsewhere; here the tests read along."""
    client.cookies["language"] = "en"


def here(loan):
    return reverse("loan", args=[loan.number])


def read(client, user, loan):
    client.force_login(user)
    return client.get(here(loan))


def numbers(client, user, **query):
    client.force_login(user)
    return [row["loan"].number for row in client.get(LOANS, query).context["rows"]]


def send(client, user, loan, to, *more, **data):
    client.force_login(user)
    return client.post(reverse(to, args=[loan.number, *more]), data)


def payment(cents="100", **more):
    today = clock.today()
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    return {**day, "cents": cents, "method": "transfer", "payer": "Amina", **more}


def deeds(response):
    return [deed["key"] for deed in response.context["deeds"]]


def afresh(loan):
    return Loan.objects.get(pk=loan.pk)


# --- The list ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["amina", "carl"])
def test_the_portfolio_is_shut_to_others(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(LOANS).status_code == 403


def test_finance_finds_what_is_to_send(client, felix, signed):
    assert numbers(client, felix) == [signed.number]


def test_an_officer_finds_what_runs(client, omar, active):
    assert numbers(client, omar) == [active.number]
    assert numbers(client, omar, show="to_send") == []


def test_a_loan_is_late_the_day_after_its_payment_was_due(client, omar, active):
    payable_by = active.position.next_unpaid_on
    for days, late in ((0, []), (1, [active.number])):
        with clock.at(clock.now() + (payable_by - clock.today()) + timedelta(days=days)):
            assert numbers(client, omar, show="late") == late
            row = client.get(LOANS, {"show": "running"}).context["rows"][0]
            assert row["days_late"] == days


def test_a_loan_is_found_by_a_part_of_its_number_or_name(client, felix, active):
    name = active.application.applicant.full_name
    assert numbers(client, felix, q=active.number[-4:]) == [active.number]
    assert numbers(client, felix, q=name[:4]) == [active.number]
    assert numbers(client, felix, q="nobody of that name") == []


@pytest.mark.parametrize("query", ["show=everything", "page=99999", "q=%25%27%22%3C", "show=&q=&page="])
def test_a_strange_address_is_no_error(client, felix, active, query):
    client.force_login(felix)
    assert client.get(f"{LOANS}?{query}").status_code == 200


def test_the_list_takes_few_queries(client, felix, active, django_assert_max_num_queries):
    client.force_login(felix)
    with django_assert_max_num_queries(15):
        assert client.get(LOANS, {"show": "all"}).status_code == 200


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
    user, loan = request.getfixturevalue(who), afresh(request.getfixturevalue(kind))
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


# --- Money out -----------------------------------------------------------------------------------


def test_finance_releases_and_sends_the_money(client, felix, signed):
    assert deeds(read(client, felix, signed)) == ["release-1"]
    assert send(client, felix, signed, "advance_release", 1, once_key="r1").url == here(signed)
    assert deeds(read(client, felix, signed)) == ["sending-1"]
    today = clock.today()
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    assert send(client, felix, signed, "advance_sending", 1, once_key="s1", **day).url == here(signed)
    assert afresh(signed).state == Loan.State.ACTIVE


def test_an_officer_may_not_release_money(client, omar, signed):
    assert send(client, omar, signed, "advance_release", 1).status_code == 403


@pytest.mark.parametrize("year", ["2999", "20x7", ""])
def test_money_cannot_have_left_on_an_impossible_day(client, felix, signed, year):
    send(client, felix, signed, "advance_release", 1)
    response = send(client, felix, signed, "advance_sending", 1, **{"on-day": 1, "on-month": 2, "on-year": year})
    assert response.status_code == 422
    assert 'href="#id-sending-1-on"' in response.content.decode()
    assert afresh(signed).state == Loan.State.SIGNED


def test_a_manager_cancels_a_loan_of_which_nothing_was_sent(client, mariam, signed):
    assert send(client, mariam, signed, "cancellation", note="").status_code == 422
    assert send(client, mariam, signed, "cancellation", note="School closed").url == here(signed)
    assert afresh(signed).state == Loan.State.CANCELLED


def test_an_advance_that_does_not_exist_is_not_found(client, felix, signed):
    assert send(client, felix, signed, "advance_release", 9).status_code == 404


# --- Money in ------------------------------------------------------------------------------------


def test_finance_records_a_payment_and_sees_how_it_was_shared(client, felix, active):
    due = active.position.next_unpaid_on
    with clock.at(clock.now() + (due - clock.today())):
        assert send(client, felix, active, "payments", **payment("125.50")).url == here(active)
        [line] = [line for line in read(client, felix, active).context["lines"] if line["is_payment"]]
    assert line["fact"].cents == 12_550
    assert line["interest_cents"] > 0
    assert line["interest_cents"] + line["principal_cents"] + line["ahead_cents"] == 12_550
    assert (line["payer"], str(line["method"])) == ("Amina", "Bank transfer")
    assert line["fact"].event.by == felix


def test_a_payment_before_anything_is_due_is_shown_as_paid_ahead(client, felix, active):
    send(client, felix, active, "payments", **payment("40"))
    [line] = [line for line in read(client, felix, active).context["lines"] if line["is_payment"]]
    assert line["ahead_cents"] == 4_000


def test_the_auditor_does_not_see_who_paid(client, felix, ada, active):
    send(client, felix, active, "payments", **payment(payer="Uncle Yusuf"))
    assert "Uncle Yusuf" in read(client, felix, active).content.decode()
    assert "Uncle Yusuf" not in read(client, ada, active).content.decode()


def test_a_payment_is_made_once_though_sent_twice(client, felix, active):
    for _ in range(2):
        assert send(client, felix, active, "payments", once_key="p1", **payment()).status_code == 302
    assert active.facts.filter(kind="payment").count() == 1


def test_the_same_form_with_another_amount_is_refused(client, felix, active):
    send(client, felix, active, "payments", once_key="p2", **payment("100"))
    response = send(client, felix, active, "payments", once_key="p2", **payment("200"))
    assert response.status_code == 422
    assert active.facts.filter(kind="payment").count() == 1


@pytest.mark.parametrize("cents", ["", "abc", "-5", "0", "1.2345", "99999999999999"])
def test_a_wrong_amount_is_told_beside_its_field_and_kept(client, felix, active, cents):
    response = send(client, felix, active, "payments", **payment(cents, payer="Aunt Zeinab"))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id-payment-cents"' in page
    assert "Aunt Zeinab" in page


def test_more_than_is_owed_must_be_confirmed(client, felix, active):
    too_much = payment(str(active.principal_cents // 100 + 1000))
    assert "more_than_owed" not in read(client, felix, active).content.decode()
    asked = send(client, felix, active, "payments", **too_much)
    assert asked.status_code == 422
    assert "more_than_owed" in asked.content.decode()
    assert send(client, felix, active, "payments", more_than_owed="yes", **too_much).status_code == 302
    assert afresh(active).state == Loan.State.REPAID


def test_an_officer_may_not_record_a_payment(client, omar, active):
    assert send(client, omar, active, "payments", **payment()).status_code == 403


def test_finance_reverses_a_payment_and_both_lines_stay(client, felix, active):
    fact = record_payment(active, by=felix, on=clock.today(), cents=5_000, method="cash", payer="Amina")
    url = reverse("payment_reversal", args=[active.number, fact.number])
    client.force_login(felix)
    assert "reversal" in deeds(client.get(url))
    assert client.post(url, {"note": ""}).status_code == 422
    assert client.post(url, {"note": "wrong loan", "once_key": "v1"}).url == here(active)
    page = read(client, felix, active).content.decode()
    assert f"Reversed by {fact.number + 1}" in page
    assert f"Reverses {fact.number}" in page


def test_a_payment_is_reversed_once(client, felix, active):
    fact = record_payment(active, by=felix, on=clock.today(), cents=5_000, method="cash", payer="Amina")
    assert send(client, felix, active, "payment_reversal", fact.number, note="wrong loan").status_code == 302
    response = send(client, felix, active, "payment_reversal", fact.number, note="again")
    assert response.status_code == 422
    assert "reversed already" in response.content.decode()


def test_only_a_payment_can_be_reversed(client, felix, active):
    advance = active.facts.get(kind="advance")
    assert send(client, felix, active, "payment_reversal", advance.number, note="no").status_code == 404


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
        write_off.propose(afresh(active), by=omar, note="Gone abroad.")
        write_off.write_off(afresh(active), by=mariam)
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
    assert afresh(active).state == "repaid"
    assert set(states(client, felix, active)) <= {"paid", "nothing_due"}
