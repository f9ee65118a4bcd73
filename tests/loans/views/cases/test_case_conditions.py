"""The conditions on the pages: the officer asks, the applicant reads what is needed, finance sees what is open."""

import pytest
from django.urls import reverse

from letters.models import Letter
from letters.render import render
from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing import conditions
from loans.models import Condition
from tests.cases import TERMS, TICKS, again, explain, has_account, seen, sign
from tests.words import words

pytestmark = pytest.mark.django_db
MOST = 12
LEASE = {"text_en": "The lease is signed.", "text_fr": "Le bail est signé."}
ADMISSION = "The school has accepted you, and we have its letter."


def page(client, user, case, name="case_conditions"):
    client.force_login(user)
    return client.get(reverse(name, args=[case.reference]))


def post(client, user, case, name, *args, **data):
    client.force_login(user)
    facts = {"once_key": f"{name}-{len(data)}", "seen": seen(case), **data}
    return client.post(reverse(name, args=[case.reference, *args]), facts)


def grant(case, omar, mariam):
    decision.recommend(again(case), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    decision.approve(again(case), by=mariam)
    return again(case).loans.get()


@pytest.fixture
def lease(in_review, omar):
    return conditions.add_condition(in_review, by=omar, before="signing", **LEASE)


@pytest.fixture
def admission(in_review, omar):
    return conditions.add_condition(in_review, by=omar, before="advance", words="admission")


@pytest.fixture
def granted(in_review, lease, admission, omar, mariam):
    return grant(in_review, omar, mariam)


def test_the_officer_asks_from_the_list_or_in_both_languages(client, in_review, omar):
    assert ADMISSION in words(page(client, omar, in_review))
    chosen = post(client, omar, in_review, "condition_new", words="admission", before="advance")
    assert chosen.status_code == 302
    typed = {**LEASE, "before": "signing"}
    assert post(client, omar, in_review, "condition_new", **typed).status_code == 302
    shown = words(page(client, omar, in_review))
    assert all(each in shown for each in (ADMISSION, LEASE["text_en"], LEASE["text_fr"]))


def test_what_is_wrong_stands_beside_what_was_typed(client, in_review, omar):
    response = post(client, omar, in_review, "condition_new", text_en="The lease is signed.", before="signing")
    assert response.status_code == 422
    assert "write it both in English and in French" in words(response)
    assert "The lease is signed." in words(response)


def test_evidence_that_comes_late_is_not_lost(client, granted, lease, omar, olga):
    conditions.meet_condition(granted.application, by=olga, condition=lease, note="Seen.")
    response = post(client, omar, granted.application, "condition_met", lease.pk, note="The lease of 3 May")
    assert response.status_code == 422
    assert "The lease of 3 May" in words(response)
    assert "closed meanwhile" in words(response)
    assert again(lease).note == "Seen."


def test_an_officer_marks_it_met_and_a_manager_waives(client, granted, lease, admission, olga, mariam):
    case = granted.application
    assert post(client, olga, case, "condition_met", lease.pk, note="Seen.").status_code == 302
    assert post(client, olga, case, "condition_waiver", admission.pk, reason="No.").status_code == 403
    assert post(client, mariam, case, "condition_waiver", admission.pk, reason="She is known.").status_code == 302
    assert {each.outcome for each in Condition.objects.all()} == {"met", "waived"}
    shown = words(page(client, olga, case))
    assert "She is known." not in shown or "Waived by" in shown


def test_a_mistake_is_put_right_and_what_was_seen_stays_on_the_page(client, granted, lease, omar, olga):
    case = granted.application
    conditions.meet_condition(case, by=omar, condition=lease, note="A lease of 3 May.")
    assert "Open it again" in words(page(client, olga, case))
    assert post(client, olga, case, "condition_reopening", lease.pk).status_code == 422
    response = post(client, olga, case, "condition_reopening", lease.pk, reason="That is his brother’s.")
    assert response.status_code == 302
    shown = words(page(client, olga, case))
    assert all(
        each in shown for each in ("A lease of 3 May.", "That is his brother’s.", "Opened again", "Mark it as met")
    )
    assert "That is his brother’s." in words(page(client, olga, case, "case"))


def test_once_signed_the_page_does_not_offer_to_open_it_again(client, granted, lease, omar, amina):
    case = granted.application
    conditions.meet_condition(case, by=omar, condition=lease, note="Seen.")
    sign(granted, amina)
    assert "Open it again" not in words(page(client, omar, case))
    late = post(client, omar, case, "condition_reopening", lease.pk, reason="His brother’s.")
    assert late.status_code == 422
    assert "the agreement is signed, or the money has left" in words(late)
    assert "His brother’s." in words(late)


def test_who_may_not_mark_it_is_not_offered_to_open_it_again(client, granted, lease, omar, mariam):
    conditions.meet_condition(granted.application, by=omar, condition=lease, note="Seen.")
    assert "Open it again" not in words(page(client, mariam, granted.application))
    assert post(client, mariam, granted.application, "condition_reopening", lease.pk, reason="No.").status_code == 403


def test_a_condition_of_another_case_does_not_exist_here(client, granted, lease, omar, bilal, product):
    response = post(client, omar, granted.application, "condition_met", lease.pk + 999, note="Seen.")
    assert response.status_code == 404


def test_who_decides_reads_the_conditions_where_they_decide(client, in_review, lease, omar, mariam):
    decision.recommend(again(in_review), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    shown = words(page(client, mariam, in_review, "case"))
    assert shown.count(LEASE["text_en"]) >= 2  # beside the recommendation and beside the button


def test_the_file_asks_the_database_no_more_for_conditions(client, in_review, omar, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page(client, omar, in_review, "case")
    with CaptureQueriesContext(connection) as before:
        page(client, omar, in_review, "case")
    for _ in range(3):
        conditions.add_condition(again(in_review), by=omar, before="signing", **LEASE)
    with django_assert_num_queries(len(before)):
        page(client, omar, in_review, "case")


@pytest.mark.parametrize("name", ["case_conditions", "my_case", "offer"])
def test_the_pages_ask_the_database_little(client, granted, name, omar, amina, django_assert_max_num_queries):
    who = omar if name == "case_conditions" else amina
    for lease in granted.application.conditions.before_signing():
        conditions.meet_condition(again(granted.application), by=omar, condition=lease, note="Seen.")
        conditions.reopen_condition(again(granted.application), by=omar, condition=lease, reason="It was not.")
        conditions.meet_condition(again(granted.application), by=omar, condition=lease, note="Seen now.")
    page(client, who, granted.application, name)
    with django_assert_max_num_queries(MOST):
        client.get(reverse(name, args=[granted.application.reference]))


# --- The applicant --------------------------------------------------------------------------------


def test_the_offer_says_what_is_needed_before_what_and_hides_the_pen(client, granted, lease, amina, omar):
    shown = words(page(client, amina, granted.application, "offer"))
    assert all(each in shown for each in ("What we still need", LEASE["text_en"], ADMISSION, "still needed"))
    assert "Sign the agreement" not in shown
    assert "You can sign here once everything" in shown
    conditions.meet_condition(granted.application, by=omar, condition=lease, note="Seen.")
    has_account(granted.application)
    explain(granted, amina)
    assert "Sign the agreement" in words(page(client, amina, granted.application, "offer"))


def test_a_signature_sent_all_the_same_is_refused_in_words(client, granted, amina):
    client.force_login(amina)
    client.get(reverse("agreement", args=[granted.application.reference]))
    typed = {**TICKS, "typed_name": "Amina", "code": "123456", "once_key": "s"}
    response = client.post(reverse("signature", args=[granted.application.reference]), typed)
    assert response.status_code == 422
    assert "needed before anybody signs" in words(response)


def test_what_the_officer_saw_is_not_shown_to_the_applicant(client, granted, lease, amina, omar):
    conditions.meet_condition(granted.application, by=omar, condition=lease, note="His uncle is the landlord.")
    assert "uncle" not in words(page(client, amina, granted.application, "offer"))


def test_after_signing_the_case_still_says_what_money_waits_for(client, granted, lease, admission, amina, omar):
    conditions.meet_condition(granted.application, by=omar, condition=lease, note="Seen.")
    sign(granted, amina)
    assert ADMISSION in words(page(client, amina, granted.application, "my_case"))
    conditions.meet_condition(granted.application, by=omar, condition=admission, note="Seen.")
    assert ADMISSION not in words(page(client, amina, granted.application, "my_case"))


def test_in_french_it_is_french_and_in_a_further_language_the_words_that_bind_stand_beside(
    client, granted, admission, amina, five_languages
):
    client.cookies["language"] = "fr"
    assert "L’école vous a accepté ou acceptée" in words(page(client, amina, granted.application, "offer"))
    client.cookies["language"] = "es"
    shown = words(page(client, amina, granted.application, "offer"))
    assert "La escuela le ha aceptado" in shown
    assert ADMISSION in shown


def test_the_letter_says_that_there_are_conditions(granted, amina):
    letter = Letter.objects.get(to=amina, kind="offer")
    assert letter.facts["conditions"] == 2
    assert "stands on conditions" in render(letter).text


def test_an_offer_without_conditions_says_nothing_of_them(client, loan, amina):
    assert "What we still need" not in words(page(client, amina, loan.application, "offer"))
    assert "conditions" not in render(Letter.objects.get(to=amina, kind="offer")).text


# --- Finance --------------------------------------------------------------------------------------


def test_finance_reads_what_the_money_waits_for(client, granted, lease, amina, omar, felix):
    conditions.meet_condition(granted.application, by=omar, condition=lease, note="Seen.")
    sign(granted, amina)
    client.force_login(felix)
    client.cookies["language"] = "en"
    assert ADMISSION in words(client.get(reverse("loan", args=[granted.number])))
    response = client.post(reverse("advance_release", args=[granted.number, 1]), {"once_key": "r"})
    assert response.status_code == 422
    assert "still open" in words(response)
