"""The three questions on the pages: answered, explained, switched to another language, never a closed door."""

import re

import pytest
from django.urls import reverse

from accounts.middleware import SWITCH
from loans.lifecycle.lending import planning
from loans.lifecycle.offering import own_terms, questions
from loans.models import Explained
from tests.cases import again, explain, prepare
from tests.words import words

pytestmark = pytest.mark.django_db
LANGUAGES = {"en": "Question 1 of 3", "fr": "Question 1 sur 3", "ar": "السؤال 1 من 3", "es": "Pregunta 1 de 3"}


def here(loan):
    return reverse("offer_questions", args=[loan.application.reference])


@pytest.fixture
def page(client, amina, loan):
    """What Amina sends from the page of the questions as it stands now."""
    prepare(loan)
    client.force_login(amina)

    def send(**typed):
        shown = client.get(here(loan)).context
        told = {"question": shown["code"], "shown": shown["plan"].pk, "once_key": shown["once_key"], "tries": "0"}
        return client.post(here(loan), {**told, **typed})

    return send


def places(loan, code):
    """(the place of the right answer, one of a wrong one), as the form sends them."""
    right = questions.question_of(loan, code).right
    return str(right + 1), str((right + 1) % 3 + 1)


def test_three_right_answers_lead_to_the_signature(client, page, loan):
    for number, code in enumerate(questions.BORROWERS, start=1):
        assert f"Question {number} of 3" in words(client.get(here(loan)))
        response = page(answer=places(loan, code)[0])
    assert response.url.endswith("/offer/#sign")
    assert "Sign the agreement" in words(client.get(reverse("offer", args=[loan.application.reference])))


def test_before_them_the_offer_leads_to_them_and_has_no_form_to_sign(client, amina, loan):
    prepare(loan)
    client.force_login(amina)
    shown = words(client.get(reverse("offer", args=[loan.application.reference])))
    assert "Then 3 short questions" in shown
    assert here(loan) in shown
    assert "Sign the agreement" not in shown


def test_a_wrong_answer_is_explained_and_asked_again(page, loan):
    response = page(answer=places(loan, "first_payment")[1])
    assert response.status_code == 422
    shown = words(response)
    assert "That is not quite right. Here is how it is." in shown
    assert "The first payment is" in shown
    assert "There is a problem" not in shown  # nobody can fail
    assert "data-focus" in shown
    assert 'name="answer"' in shown
    assert not Explained.objects.exists()
    assert page(answer=places(loan, "first_payment")[0], tries="1").status_code == 302
    assert Explained.objects.get().question == "first_payment"


def test_after_a_second_wrong_answer_one_may_go_on(page, loan):
    wrong = places(loan, "first_payment")[1]
    shown = words(page(answer=wrong, tries="1"))
    assert "I have read this. Go on" in shown
    assert 'name="answer"' not in shown
    assert page(tries="2", read="yes").status_code == 302
    assert Explained.objects.get().question == "first_payment"


def test_going_on_without_having_been_told_is_asked_again(page):
    assert page(read="yes").status_code == 422
    assert not Explained.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"answer": ""}, {"answer": "9"}, {"answer": "right", "tries": "lots"}])
def test_no_answer_is_told_beside_the_question(page, typed):
    response = page(**typed)
    assert response.status_code == 422
    assert "#id-answer" in [link for link, _ in response.context["errors"]]


def test_a_second_click_and_a_page_of_before_change_nothing(client, page, loan):
    right = places(loan, "first_payment")[0]
    page(answer=right)
    assert page(question="first_payment", answer=right).status_code == 302
    assert Explained.objects.count() == 1


def test_other_terms_in_another_tab_are_told(page, loan, amina):
    old = planning.agreed_plan(loan).pk
    own_terms.take(again(loan), by=amina, principal_cents=300_000, repayment_months=12, pay_day=5)
    response = page(answer=places(again(loan), "first_payment")[0], shown=old)
    assert response.status_code == 422
    assert "Other terms were chosen meanwhile" in words(response)
    assert not Explained.objects.exists()


def test_somebody_who_signs_too_has_their_own(client, page, loan, amina, clara):
    loan.application.parties.create(kind="guarantor", user=clara, name=clara.name)
    explain(loan, amina)
    client.force_login(clara)
    for code in ("first_payment", "total"):
        questions.explain(again(loan), by=clara, question=code)
    shown = words(client.get(here(loan)))
    assert "What if the borrower does not pay?" in shown
    assert page(answer=places(loan, "guarantee")[0]).url.endswith("/offer/#sign")
    assert client.get(here(loan)).url.endswith("/offer/#sign")


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_each_language_with_the_same_answers(client, amina, loan, language, five_languages):
    amina.language = language
    amina.save()
    client.force_login(amina)
    shown = words(client.get(here(loan)))
    assert LANGUAGES[language] in shown
    assert len(re.findall(r'type="radio"', shown)) == 3


def test_the_language_is_switched_in_between_and_the_explanation_stays(client, amina, loan):
    client.force_login(amina)
    typed = {"question": "first_payment", "tries": "1", "answer": "2", SWITCH: "fr", "once_key": "k"}
    shown = words(client.post(here(loan), typed))
    assert "Le premier paiement est de" in shown
    assert re.search(r'value="2" id="[^"]*" checked', shown)
    assert not Explained.objects.exists()
