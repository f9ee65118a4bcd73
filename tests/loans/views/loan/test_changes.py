"""Changing a running loan from its page: shown first, granted then, once; and what its borrower reads."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from config import clock
from loans.lifecycle.lending import changes, repayment
from loans.lifecycle.offering import limits
from loans.models import Loan, Plan
from loans.views.loan import change_deeds, loan_page
from money.book import Part
from money.limits import Limit
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.loans.views.loan.loan_pages import read, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]
WHY = "The exam was moved."


def deed_of(response, key):
    return next(deed for deed in response.context["deeds"] if deed["key"] == key)


def in_days(days):
    day = clock.today() + timedelta(days=days)
    return {"first_due-day": day.day, "first_due-month": day.month, "first_due-year": day.year}


def mine(client, user, loan, language="en"):
    client.force_login(user)
    client.cookies["language"] = language
    return client.get(reverse("my_loan", args=[loan.case.reference])).content.decode()


ASKED = {
    "pauses": ("pause", {"instalments": "2"}),
    "rate": ("lower-rate", {"annual_rate": "5,75"}),
    "reschedules": ("reschedule", {"months": "36"}),
}


def answers(address):
    key, said = ASKED[address]
    return key, {**said, **(in_days(30) if key == "reschedule" else {}), "note": WHY}


@pytest.mark.parametrize("address", ASKED)
def test_what_a_change_costs_is_shown_before_it_is_granted(client, mariam, active, address):
    key, said = answers(address)
    response = send(client, mariam, active, address, **said, once_key="k1")
    assert response.status_code == 200
    assert "Before and after" in response.content.decode()
    assert "nterest continues to accrue" in response.content.decode()
    assert not Plan.objects.filter(loan=active, reason__in=["pause", "rate_change", "reschedule"]).exists()
    shown = deed_of(response, key)["shown"]
    for _ in range(2):
        granted = send(client, mariam, active, address, **said, shown=shown, once_key="k1")
        assert granted.url == reverse("loan", args=[active.number])
    assert Plan.objects.filter(loan=active, reason__in=["pause", "rate_change", "reschedule"]).count() == 1


def test_what_was_shown_for_other_answers_grants_nothing(client, mariam, active):
    _, said = answers("pauses")
    shown = deed_of(send(client, mariam, active, "pauses", **said), "pause")["shown"]
    response = send(client, mariam, active, "pauses", **{**said, "instalments": "5"}, shown=shown)
    assert response.status_code == 200
    assert response.context["deeds"]
    assert not active.facts.filter(kind="pause").exists()


def test_the_rate_is_read_with_a_comma_and_with_a_point(client, mariam, active):
    for typed in ("5,75", "5.75", "5,75 %"):
        response = send(client, mariam, active, "rate", annual_rate=typed, note=WHY)
        assert deed_of(response, "lower-rate")["comparison"].after.annual_rate == Decimal("0.0575")
        assert "We read this as 5.75%." in response.content.decode()


WRONG = [
    ("pauses", {"instalments": "9", "note": WHY}, "pause-instalments", "from 1 to 6", "de 1 à 6"),
    ("pauses", {"instalments": "two", "note": WHY}, "pause-instalments", "whole number", "nombre entier"),
    ("pauses", {"instalments": "2", "note": ""}, "pause-note", "answer this", "répondre"),
    ("rate", {"annual_rate": "9", "note": WHY}, "lower-rate-annual_rate", "6.70%", "6,70"),
    ("rate", {"annual_rate": "low", "note": WHY}, "lower-rate-annual_rate", "percentage", "pourcentage"),
    ("reschedules", {"months": "500", "note": WHY}, "reschedule-months", "from 1 to 120", "de 1 à 120"),
    ("waivers", {"part": "fees", "cents": "5", "note": WHY}, "waive-cents", "only $0.00", "0,00"),
    ("waivers", {"part": "soul", "cents": "5", "note": WHY}, "waive-part", "choose one", "choisir"),
]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("address", "said", "where", "english", "french"), WRONG)
def test_what_is_wrong_is_told_beside_its_field(
    client, mariam, active, address, said, where, english, french, language
):
    client.cookies["language"] = language
    said = {**said, **(in_days(30) if address == "reschedules" else {})}
    response = send(client, mariam, active, address, **said)
    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id-{where}"' in page
    error = re.search(rf'<p class="error" id="id-{where}-error">(.*?)</p>', page)[1]
    assert (english if language == "en" else french) in error
    assert active.facts.count() == 1


def test_a_first_day_too_far_away_is_told_beside_the_date(client, mariam, active):
    response = send(client, mariam, active, "reschedules", months="12", note=WHY, **in_days(90))
    assert response.status_code == 422
    assert 'href="#id-reschedule-first_due"' in response.content.decode()


@pytest.mark.parametrize("who", ["omar", "felix", "ada"])
@pytest.mark.parametrize("address", [*ASKED, "waivers"])
def test_others_neither_see_nor_change_a_plan(client, request, active, who, address):
    said = answers(address)[1] if address in ASKED else {"part": "principal", "cents": "5", "note": WHY}
    assert send(client, request.getfixturevalue(who), active, address, **said).status_code == 403


def test_a_manager_waives_a_part_of_the_debt_once(client, mariam, active):
    for _ in range(2):
        said = {"part": "principal", "cents": "250.00", "note": WHY, "once_key": "w1"}
        assert send(client, mariam, active, "waivers", **said).status_code == 302
    assert active.facts.get(kind="waiver").cents == 25_000
    assert "Waived: principal" in read(client, mariam, active).content.decode()


# --- A payment, and an advance, that came back ------------------------------------------------------


@pytest.fixture
def returned(active, felix):
    paid = repayment.record_payment(active, by=felix, on=clock.today(), cents=5_000, method="debit", payer="Amina")
    return repayment.reverse_payment(again(active), by=felix, fact=paid, note="NSF")


def test_the_line_of_a_returned_payment_leads_to_its_charge(client, felix, active, returned):
    page = read(client, felix, active).content.decode()
    way = reverse("charges", args=[active.number]) + f"?reversal={returned.number}"
    assert way in page
    deed = deed_of(client.get(way), "charge-return")
    assert deed["is_open"]
    assert deed["fields"][0]["value"] == str(returned.number)


def test_finance_asks_the_banks_charge_once(client, felix, active, returned):
    said = {"reversal": returned.number, "cents": "7", "once_key": "c1"}
    for _ in range(2):
        assert send(client, felix, active, "charges", **said).status_code in (302, 422)
    assert active.facts.filter(kind="fee").count() == 1
    assert "Bank charge for a returned payment" in read(client, felix, active).content.decode()
    assert reverse("charges", args=[active.number]) not in read(client, felix, active).content.decode()


def test_a_charge_that_comes_near_the_limit_is_told_with_a_warning(client, felix, active, returned, monkeypatch):
    warned = "nearly as much as the Criminal Code allows"
    said = {"reversal": returned.number, "cents": "7", "once_key": "c1"}
    low = Limit(date(2025, 1, 1), Decimal("0.35"), Decimal("0.01"))  # warned of at 1 %
    monkeypatch.setattr(limits, "limit_on", lambda day: low)
    assert send(client, felix, active, "charges", **said).status_code == 302
    assert warned in read(client, felix, active).content.decode()


def test_a_charge_for_no_returned_payment_is_told_beside_its_field(client, felix, active, returned):
    response = send(client, felix, active, "charges", reversal="1", cents="7")
    assert response.status_code == 422
    assert 'href="#id-charge-return-reversal"' in response.content.decode()


def test_finance_takes_an_advance_back(client, felix, active):
    assert deed_of(read(client, felix, active), "return-1")["title"] == "Advance 1 came back"
    assert send(client, felix, active, "advance_return", 1, note="").status_code == 422
    for _ in range(2):
        assert send(client, felix, active, "advance_return", 1, note="Closed.", once_key="a1").status_code == 302
    page = read(client, felix, active).content.decode()
    assert again(active).state == Loan.State.CANCELLED
    assert "came back." in page
    assert "Money came back" in page


def test_once_something_was_paid_no_advance_is_offered_to_be_taken_back(client, felix, active):
    repayment.record_payment(active, by=felix, on=clock.today(), cents=5_000, method="cash", payer="Amina")
    assert not [deed for deed in read(client, felix, active).context["deeds"] if deed["key"].startswith("return")]
    response = send(client, felix, active, "advance_return", 1, note="Closed.")
    assert response.status_code == 422
    assert "must be reversed before" in response.content.decode()


# --- What everybody reads afterwards ----------------------------------------------------------------


def test_the_plan_on_the_page_is_the_one_in_force_and_the_terms_are_those_signed(client, mariam, active):
    signed = active.plans.last().payment_cents
    changes.reschedule(active, by=mariam, months=60, first_due=clock.today() + timedelta(days=30), note=WHY)
    response = read(client, mariam, active)
    assert response.context["plan"].payment_cents == signed
    assert response.context["plan_now"].reason == "reschedule"
    assert len(response.context["plan_rows"]) == 60
    assert "All that was owed was spread anew" in response.content.decode()


def test_an_instalment_that_a_reschedule_took_over_is_not_called_paid(client, mariam, active):
    with clock.at(days_ahead(120)):
        changes.reschedule(active, by=mariam, months=24, first_due=clock.today() + timedelta(days=30), note=WHY)
        states = [row["state"] for row in read(client, mariam, active).context["plan_rows"]]
    assert "moved" in states
    assert not {"paid", "late"} & set(states)


def test_the_borrower_reads_what_is_paused_and_that_interest_runs_on(client, amina, mariam, active):
    changes.pause(active, by=mariam, instalments=2, note=WHY)
    page = mine(client, amina, active)
    assert page.count("Nothing due") == 2
    assert "Nothing is due until" in page
    assert "Interest continues to accrue during the pause." in page
    assert WHY not in page
    french = mine(client, amina, active, "fr")
    assert "Les intérêts continuent de courir pendant la pause." in french
    assert french.count("Rien à payer") == 3  # two rows and the heading


def test_the_borrower_reads_the_new_plan_and_the_new_rate(client, amina, mariam, active):
    changes.lower_rate(active, by=mariam, annual_rate=Decimal("0.05"), note=WHY)
    assert "Your interest rate is 5.00% a year now." in mine(client, amina, active)
    changes.reschedule(again(active), by=mariam, months=30, first_due=clock.today() + timedelta(days=30), note=WHY)
    assert "spread over 30 new payments" in mine(client, amina, active)


def test_a_rate_that_moves_is_never_called_fixed(client, amina, loan):
    loan.rate_index, loan.follows_index, loan.margin, loan.on_rate_change = "prime", True, Decimal("0.02"), "keep"
    loan.save()
    client.force_login(amina)
    page = client.get(reverse("offer", args=[loan.case.reference])).content.decode()
    assert "fixed" not in page
    assert "the prime rate of the large banks plus 2.00%" in page
    assert "would no longer cover the interest" in page


def test_a_fixed_rate_is_called_fixed(client, amina, loan):
    client.force_login(amina)
    assert "fixed" in client.get(reverse("offer", args=[loan.case.reference])).content.decode()


@pytest.mark.parametrize("who", ["mariam", "felix"])
def test_the_page_of_a_changed_loan_asks_little(client, request, active, mariam, who, django_assert_max_num_queries):
    changes.pause(active, by=mariam, instalments=1, note=WHY)
    changes.lower_rate(again(active), by=mariam, annual_rate=Decimal("0.05"), note=WHY)
    read(client, request.getfixturevalue(who), active)
    with django_assert_max_num_queries(15):
        client.get(reverse("loan", args=[active.number]))


def test_working_out_asks_little(client, mariam, active, django_assert_max_num_queries):
    read(client, mariam, active)
    with django_assert_max_num_queries(20):
        shown = client.post(reverse("pauses", args=[active.number]), {"instalments": "2", "note": WHY})
    assert shown.status_code == 200


def test_every_reason_for_a_plan_and_every_part_has_words():
    kinds = {kind.value for kind in change_deeds.PLAN_CHANGES}
    assert kinds | {"offer", "advance_sent", "reversal"} == set(loan_page.PLAN_REASONS)
    assert {value for value, _ in change_deeds.WAIVER[0].choices} == {part.value for part in Part}
