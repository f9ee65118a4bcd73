"""The switch of languages: it keeps the page and what was typed on it, and does no deed."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.languages import is_for_applicants
from loans.lifecycle.deciding import decision
from loans.models import Application
from loans.models.form import Form
from tests.cases import TICKS, again, explain, has_account, newest_code, prepare
from tests.words import words

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def reader(client, amina, five_languages):
    client.force_login(amina)
    return client


def switch(browser, address, language, **typed):
    return browser.post(address, {"switch_language": language, **typed})


def is_in(response, language):
    return f'<html lang="{language}"' in words(response)


@pytest.mark.parametrize("language", ["fr", "ar", "es", "zh-hans"])
def test_the_choice_is_kept_on_the_device_and_for_letters(reader, amina, language):
    response = reader.post(reverse("set_language"), {"language": language, "next": "/my/"})
    assert response.url == "/my/"
    assert reader.cookies["language"].value == language
    assert (again(amina).language, again(amina).reads) == (language, language)
    assert is_in(reader.get("/my/"), language)


@pytest.mark.parametrize("language", ["ar", "de", "", "<script>"])
def test_what_is_not_offered_changes_nothing(client, amina, language):
    client.force_login(amina)
    response = client.post(reverse("set_language"), {"language": language, "next": "/my/"})
    assert response.url == "/my/"
    assert "language" not in client.cookies
    assert again(amina).language == "en"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
@pytest.mark.parametrize("door", ["set_language", "binding_language"])
def test_it_leads_nowhere_else(reader, door, elsewhere):
    assert reader.post(reverse(door), {"language": "fr", "next": elsewhere}).url == "/"


def test_a_page_of_the_form_is_saved_and_shown_in_the_other_language(reader, amina, draft):
    address = reverse("section", args=[draft.reference, "about-me"])
    response = switch(reader, address, "ar", full_name="أمينة السيد", phone="12", postal_code="K1N 5X6")
    assert response.status_code == 302
    assert response.url == address
    page = reader.get(address)
    assert '<html lang="ar" dir="rtl">' in words(page)
    assert 'value="أمينة السيد"' in words(page)
    assert 'value="12"' in words(page)  # also what is wrong
    assert Form(again(draft)).raw("about-me", "full_name", 0) == "أمينة السيد"


def test_lines_that_were_added_stay(reader, draft):
    address = reverse("section", args=[draft.reference, "costs"]) + "?lines=3"
    typed = {"what-0": "exam", "cost-0": "12", "what-1": "exam", "cost-1": "13", "what-2": "", "cost-2": "14"}
    page = reader.get(switch(reader, address, "es", **typed).url)
    assert [f'name="cost-{n}"' in words(page) for n in range(3)] == [True, True, True]
    assert 'value="14"' in words(page)


@pytest.mark.parametrize(
    ("world", "page", "field", "state"),
    [("waiting", "withdrawal", "note", "waiting_for_applicant"), ("offered", "offer_refusal", "note", "approved")],
)
def test_a_deed_is_not_done_and_its_words_stay(request, reader, world, page, field, state):
    case = request.getfixturevalue(world)
    address = reverse(page, args=[case.reference])
    response = switch(reader, address, "ar", **{field: "<b>لا أحتاجه</b>", "once_key": "k"})
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl">' in words(response)
    assert "<b>لا أحتاجه</b></textarea>" in words(response)
    assert "&lt;b&gt;" in response.content.decode()
    assert "error-summary" not in words(response)
    assert again(case).state == state


def test_an_appeal_is_not_sent_and_stays_typed(reader, in_review, mariam):
    decision.decline(again(in_review), by=mariam, reasons=["not_affordable"])
    response = switch(reader, reverse("appeal", args=[in_review.reference]), "zh-hans", note="请再看一次")
    assert "请再看一次</textarea>" in words(response)
    assert again(in_review).state == "declined"


def test_nothing_is_signed_by_switching(reader, amina, loan):
    prepare(loan)
    explain(loan, amina)
    reader.post(reverse("signing_code", args=[loan.case.reference]))
    typed = {**TICKS, "typed_name": "Amina El-Sayed", "code": newest_code(amina), "once_key": "k"}
    for page in ("offer", "signature"):
        response = switch(reader, reverse(page, args=[loan.case.reference]), "fr", **typed)
        assert is_in(response, "fr")
        assert 'value="Amina El-Sayed"' in words(response)
    assert not again(loan).signatures.exists()


def test_the_loan_that_was_chosen_stays_chosen(reader, office):
    response = switch(reader, reverse("new_application"), "es", product="credential")
    assert is_in(response, "es")
    assert re.search(r'value="credential" id="[^"]*" checked', words(response))
    assert not Application.objects.exists()


@pytest.mark.parametrize("door", ["account_login", "account_signup"])
def test_the_address_one_signs_in_with_stays(client, office, five_languages, door):
    response = switch(client, reverse(door), "ar", email="amina@example.org")
    assert is_in(response, "ar")
    assert 'value="amina@example.org"' in words(response)
    assert client.cookies["language"].value == "ar"


def test_the_digits_of_a_code_stay_and_are_not_tried(client, office, amina, five_languages):
    client.post(reverse("account_login"), {"email": amina.email})
    response = switch(client, reverse("account_confirm_login_code"), "ar", code="12 34")
    assert is_in(response, "ar")
    assert 'value="12 34"' in words(response)


def test_a_question_in_the_address_is_asked_again_in_the_other_language(client, office, five_languages):
    asked = "?product=credential&amount=4+800&study=0&repayment=24"
    response = client.get(reverse("calculator") + asked + "&switch_language=ar")
    assert response.url == "/calculator/?product=credential&amount=4+800&study=0&repayment=24"
    page = client.get(response.url)
    assert is_in(page, "ar")
    assert 'value="4 800"' in words(page)


def test_a_link_cannot_change_the_language_of_letters(reader, amina):
    reader.get("/calculator/?switch_language=ar")
    assert again(amina).language == "en"


def test_a_switch_to_what_is_not_offered_keeps_the_words_too(client, amina, waiting):
    client.force_login(amina)
    response = switch(client, reverse("withdrawal", args=[waiting.reference]), "ar", note="Not yet")
    assert is_in(response, "en")
    assert "Not yet</textarea>" in words(response)
    assert again(waiting).state == "waiting_for_applicant"


def test_without_its_token_nothing_is_kept(amina, draft, five_languages):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(amina)
    response = switch(browser, reverse("section", args=[draft.reference, "about-me"]), "ar", full_name="Mallory")
    assert response.status_code == 403
    assert Form(again(draft)).raw("about-me", "full_name", 0) == "Amina El-Sayed"


def test_a_stranger_switches_nothing_of_a_case(client, bilal, draft, five_languages):
    client.force_login(bilal)
    response = switch(client, reverse("section", args=[draft.reference, "about-me"]), "ar", full_name="Mallory")
    assert response.status_code == 404


def test_the_return_key_sends_the_form_and_switches_nothing(reader, draft):
    """The first button of a form is what the return key presses: it is no language."""
    page = words(reader.get(reverse("section", args=[draft.reference, "about-me"])))
    buttons = re.findall(r'<button[^>]*form="typed"[^>]*>', page)
    assert buttons[0] == '<button form="typed" hidden>'
    assert len(buttons) == 5


TYPING = re.compile(r'parts/field\.html|account/django_field\.html|<textarea|type="radio"|type="text"')
# Pages on which nothing is lost, and why.
NOTHING_TO_LOSE = {
    "templates/account/phone_code.html": "six digits that stand in the text message",
    "templates/account/recovery_door.html": "six digits that stand in the letter",
    "templates/account/reach.html": "one short number; a choice is kept by its own button",
    "templates/mfa/authenticate.html": "six digits of an app that shows the next ones at once",
    "templates/mfa/totp/activate_form.html": "six digits of an app that shows the next ones at once",
}


def test_every_page_on_which_applicants_type_keeps_what_they_typed():
    lost = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name, text = path.relative_to(ROOT).as_posix(), path.read_text()
        if not is_for_applicants(name) or name in NOTHING_TO_LOSE or '{% extends "base.html" %}' not in text:
            continue
        if TYPING.search(text) and not ('id="typed"' in text and 'parts/masthead.html" with typed=' in text):
            lost.append(name)
    assert lost == []


def test_who_reads_a_further_language_is_asked_once_which_one_binds(reader, amina, loan):
    amina.language = "ar"
    amina.save()
    has_account(loan.case)
    explain(loan, amina)
    offer = reverse("offer", args=[loan.case.reference])
    page = words(reader.get(offer))
    assert f'action="{reverse("binding_language")}"' in page
    assert 'name="language" value="en"' in page
    assert f'href="{reverse("agreement", args=[loan.case.reference])}"' not in page
    reader.post(reverse("binding_language"), {"language": "fr", "next": f"{offer}#sign"})
    assert again(amina).binds_in == "fr"
    assert f'href="{reverse("agreement", args=[loan.case.reference])}" hreflang="fr"' in words(reader.get(offer))


@pytest.mark.parametrize("language", ["ar", "de", ""])
def test_nothing_else_binds(reader, amina, language):
    reader.post(reverse("binding_language"), {"language": language, "next": "/my/"})
    assert again(amina).binding_language == ""
