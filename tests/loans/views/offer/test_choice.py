"""The choice among options on the pages: recommended by the officer, read side by side and chosen by the applicant."""

import pytest
from django.urls import reverse

from letters.models import Letter
from letters.render import render
from loans.lifecycle.deciding import decision
from loans.lifecycle.offering import choosing
from tests.cases import TICKS, again, explain, has_account, newest_code, seen
from tests.loans.lifecycle.offering.test_choosing import SLOWER, SMALLER, recommend
from tests.words import words

pytestmark = pytest.mark.django_db
MOST = 12
TYPED = {
    "principal_cents": "4,000",
    "study_months": "6",
    "repayment_months": "24",
    "principal_cents_2": "3,000",
    "study_months_2": "6",
    "repayment_months_2": "24",
    "reason-affordable": "yes",
    "note": "Sound.",
}


def send(client, user, case, name="recommendation", **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.reference]), {"once_key": "k", "seen": seen(case), **data})


def read(client, user, case, name="offer"):
    client.force_login(user)
    return client.get(reverse(name, args=[case.reference]))


@pytest.fixture
def among(in_review, omar, mariam):
    decision.approve(again(recommend(in_review, omar, SMALLER, SLOWER, why_other="Your rent rises.")), by=mariam)
    return again(in_review).loans.get()


def test_the_officer_recommends_two_options_from_the_file(client, in_review, omar):
    assert send(client, omar, in_review, **TYPED, why_other="Your rent rises.").status_code == 302
    found = again(in_review).recommendation
    assert found.further == [SMALLER]
    assert (found.principal_cents, found.other_terms.why) == (400_000, "Your rent rises.")


def test_each_option_is_worked_out_before_it_is_recommended(client, in_review, omar):
    shown = words(send(client, omar, in_review, **TYPED, work_out="yes"))
    assert "Option 1: $4,000.00" in shown
    assert "Option 2: $3,000.00" in shown
    assert again(in_review).state == "in_review"


def test_what_an_option_lacks_stands_beside_its_box(client, in_review, omar):
    response = send(client, omar, in_review, **{**TYPED, "repayment_months_2": ""})
    assert response.status_code == 422
    assert 'id="id-recommend-repayment_months_2-error"' in words(response)
    assert "3,000" in words(response)


def test_an_option_outside_the_product_is_told_beside_its_own_box(client, in_review, omar):
    response = send(client, omar, in_review, **{**TYPED, "principal_cents_2": "900,000"})
    assert response.status_code == 422
    assert 'id="id-recommend-principal_cents_2-error"' in words(response)


def test_who_decides_sees_the_plan_of_each(client, in_review, omar, mariam):
    case = recommend(in_review, omar, SMALLER, SLOWER)
    shown = words(read(client, mariam, case, "case"))
    assert all(each in shown for each in ("Option 1: $5,000.00", "Option 2: $3,000.00", "Option 3: $5,000.00"))
    assert "3 options of up to $5,000.00" in shown


def test_the_applicant_reads_them_side_by_side_and_cannot_sign_yet(client, among, amina):
    shown = words(read(client, amina, among.application))
    assert shown.count("Yearly cost of borrowing (APR)") == 3
    assert all(each in shown for each in ("Choose loan 1", "Choose loan 2", "Choose loan 3", "Your rent rises."))
    assert "Sign the agreement" not in shown
    assert client.get(reverse("agreement", args=[among.application.reference])).status_code == 302
    assert client.post(reverse("signing_code", args=[among.application.reference])).status_code == 302


def test_the_choice_opens_the_agreement_and_is_signed(client, among, amina):
    case = among.application
    has_account(case)
    assert send(client, amina, case, "offer_choice", option="2").status_code == 302
    shown = words(read(client, amina, case))
    assert "We offer to lend you $3,000.00" in shown
    assert "Go to the questions" in shown
    assert client.get(reverse("agreement", args=[case.reference])).status_code == 200
    explain(again(among), amina)
    client.post(reverse("signing_code", args=[case.reference]))
    typed = {**TICKS, "typed_name": "Amina El-Sayed", "code": newest_code(amina), "once_key": "s"}
    shown = client.get(reverse("offer", args=[case.reference])).context["plan"].pk
    signed = client.post(reverse("signature", args=[case.reference]), {**typed, "shown": shown})
    assert signed.status_code == 302
    assert again(among).state == "signed"
    assert "Choose loan" not in words(read(client, amina, case))


@pytest.mark.parametrize("option", ["", "0", "9", "two"])
def test_what_is_no_option_is_refused_on_the_page(client, among, amina, option):
    assert send(client, amina, among.application, "offer_choice", option=option).status_code == 422
    assert again(among).chosen is None


def test_the_page_from_before_the_choice_signs_nothing(client, among, amina):
    case = among.application
    choosing.choose(among, by=amina, option=2)
    old = read(client, amina, case).context["plan"].pk
    choosing.choose(again(among), by=amina, option=3)
    client.get(reverse("agreement", args=[case.reference]))
    client.post(reverse("signing_code", args=[case.reference]))
    typed = {**TICKS, "typed_name": "Amina", "code": newest_code(amina), "once_key": "s", "shown": old}
    response = client.post(reverse("signature", args=[case.reference]), typed)
    assert response.status_code == 422
    assert "Other terms were chosen meanwhile" in words(response)


def test_another_sum_than_was_asked_for_is_said_kindly(client, in_review, omar, mariam, amina):
    terms = {"principal_cents": 400_000, "study_months": 6, "repayment_months": 24}
    decision.recommend(again(in_review), by=omar, reasons=["affordable"], note="Sound.", **terms)
    decision.approve(again(in_review), by=mariam)
    assert "You asked for $5,000.00" in words(read(client, amina, in_review))


def test_the_sum_that_was_asked_for_needs_no_such_words(client, loan, amina):
    assert "You asked for" not in words(read(client, amina, loan.application))


def test_the_letter_tells_of_the_choice(among, amina):
    text = render(Letter.objects.get(to=amina, kind="offer")).text
    assert "a choice of 3 loans, of up to $5,000.00" in text
    assert "Each regular payment" not in text


def test_the_pages_ask_the_database_little(client, among, amina, django_assert_max_num_queries):
    for _ in range(2):
        read(client, amina, among.application)
        with django_assert_max_num_queries(MOST):
            client.get(reverse("offer", args=[among.application.reference]))
        choosing.choose(again(among), by=amina, option=2)


def test_the_loan_page_says_what_is_open_and_what_was_chosen(client, among, amina, mariam):
    client.force_login(mariam)
    here = reverse("loan", args=[among.number])
    assert "has yet to choose among 3 options" in words(client.get(here))
    choosing.choose(among, by=amina, option=3)
    assert "chose option 3 of 3" in words(client.get(here))
