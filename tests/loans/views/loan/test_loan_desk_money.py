"""Money goes out and comes in by the page of its loan, once, and by those who may."""

import pytest
from django.urls import reverse

from config import clock
from loans.lifecycle.lending.repayment import record_payment
from loans.models import Loan
from tests.cases import again
from tests.loans.views.loan.loan_pages import deeds, here, read, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]


def payment(cents="100", **more):
    today = clock.today()
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    return {**day, "cents": cents, "method": "transfer", "payer": "Amina", **more}


# --- Money out -----------------------------------------------------------------------------------


def test_finance_releases_and_sends_the_money(client, felix, signed):
    assert deeds(read(client, felix, signed)) == ["release-1"]
    assert send(client, felix, signed, "advance_release", 1, once_key="r1").url == here(signed)
    assert deeds(read(client, felix, signed)) == ["sending-1"]
    today = clock.today()
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    assert send(client, felix, signed, "advance_sending", 1, once_key="s1", **day).url == here(signed)
    assert again(signed).state == Loan.State.ACTIVE


def test_an_officer_may_not_release_money(client, omar, signed):
    assert send(client, omar, signed, "advance_release", 1).status_code == 403


@pytest.mark.parametrize("year", ["2999", "20x7", ""])
def test_money_cannot_have_left_on_an_impossible_day(client, felix, signed, year):
    send(client, felix, signed, "advance_release", 1)
    response = send(client, felix, signed, "advance_sending", 1, **{"on-day": 1, "on-month": 2, "on-year": year})
    assert response.status_code == 422
    assert 'href="#id-sending-1-on"' in response.content.decode()
    assert again(signed).state == Loan.State.SIGNED


def test_a_manager_cancels_a_loan_of_which_nothing_was_sent(client, mariam, signed):
    assert send(client, mariam, signed, "cancellation", note="").status_code == 422
    assert send(client, mariam, signed, "cancellation", note="School closed").url == here(signed)
    assert again(signed).state == Loan.State.CANCELLED


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
    assert again(active).state == Loan.State.REPAID


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
