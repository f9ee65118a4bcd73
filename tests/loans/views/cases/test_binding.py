"""An Arabic page of a decision or a contract says that the English or French text binds, and leads to it."""

import re

import pytest
from django.urls import reverse

from letters.models import Letter
from letters.render import render
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import decision
from loans.models import Agreement
from tests.cases import TICKS, again, explain, has_account, newest_code
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client, amina, five_languages):
    """Amina, who reads Arabic; whatever her case is made of was typed before."""
    amina.language = "ar"
    amina.save()
    client.force_login(amina)
    return client


def binding_button(page):
    return re.search(r'class="note binding".*?<button[^>]*name="language" value="(\w+)"', page, re.S)


@pytest.mark.parametrize("page", ["my_case", "offer"])
@pytest.mark.parametrize("binding", ["", "fr"])
def test_an_offer_names_the_language_that_binds(reader, amina, loan, page, binding):
    amina.binding_language = binding
    amina.save()
    address = reverse(page, args=[loan.case.reference])
    assert binding_button(words(reader.get(address))).group(1) == (binding or "en")
    reader.post(reverse("set_language"), {"language": binding or "en", "next": address})
    assert binding_button(words(reader.get(address))) is None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_in_english_and_french_nothing_needs_to_be_said(reader, amina, loan, language):
    amina.language = language
    amina.save()
    assert "note binding" not in words(reader.get(reverse("offer", args=[loan.case.reference])))


def test_before_a_decision_nothing_binds(reader, submitted):
    assert "note binding" not in words(reader.get(reverse("my_case", args=[submitted.reference])))


def test_a_running_loan_says_it_too(reader, active):
    assert binding_button(words(reader.get(reverse("my_loan", args=[active.case.reference]))))


@pytest.mark.parametrize(("binding", "signed_in"), [("", "en"), ("en", "en"), ("fr", "fr")])
def test_the_agreement_is_made_and_signed_in_a_language_that_binds(reader, amina, loan, binding, signed_in):
    has_account(loan.case)
    amina.binding_language = binding
    amina.save()
    case = loan.case.reference
    assert reader.get(reverse("agreement", args=[case])).headers["Content-Type"] == "application/pdf"
    explain(loan, amina)
    reader.post(reverse("signing_code", args=[case]))
    typed = {**TICKS, "typed_name": "أمينة السيد", "code": newest_code(amina), "once_key": "k"}
    assert reader.post(reverse("signature", args=[case]), typed).status_code == 302
    assert [made.language for made in Agreement.objects.all()] == [signed_in]
    signature = again(loan).signatures.get()
    assert (signature.agreement.language, signature.typed_name) == (signed_in, "أمينة السيد")
    letter = Letter.objects.get(kind="signed")
    assert letter.language == "ar"
    kinds = ("", "-disclosure", "-debit_agreement", "-privacy")
    names = {f"{loan.number}{kind}-{signed_in}.pdf" for kind in kinds}
    assert {file.name for file in letter.attachments.all()} == names


@pytest.mark.parametrize("language", ["ar", "es", "zh-hans", "de"])
def test_no_agreement_is_made_in_a_language_that_does_not_bind(loan, language):
    with pytest.raises(ValueError, match="not in"):
        signing.agreement_for(loan, language)
    assert not Agreement.objects.exists()


def test_the_reasons_of_a_no_stand_in_both_languages(reader, amina, in_review, mariam):
    amina.binding_language = "fr"
    amina.save()
    decision.decline(again(in_review), by=mariam, reasons=["not_enrolled"])
    letter = Letter.objects.get(kind="declined")
    assert (letter.language, letter.facts["binds_in"]) == ("ar", "fr")
    below = render(letter).html.split('<div lang="fr" dir="ltr">')[1]
    assert "Une lettre d’admission changerait cela." in below
    assert binding_button(words(reader.get(reverse("my_case", args=[in_review.reference])))).group(1) == "fr"
