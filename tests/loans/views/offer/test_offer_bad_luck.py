"""What can go wrong while an offer is signed: each ends in a clear message and one consistent state."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.contracts import signing
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import bank_accounts
from loans.lifecycle.offering import own_terms
from loans.models import Event
from tests.bank import TANGERINE, cheque, give_account
from tests.cases import TICKS, again, explain, newest_code, prepare
from tests.cases import sign as signed_by
from tests.days_ahead import days_ahead
from tests.people import signs_in
from tests.words import words

pytestmark = pytest.mark.django_db


def address(name, loan):
    return reverse(name, args=[loan.application.reference])


def opens(client, user, loan):
    """The offer as `user` has it on the screen: read, explained, a code asked for."""
    prepare(loan)
    signs_in(client, user)
    explain(loan, user)
    client.post(address("signing_code", loan))
    return client.get(address("offer", loan)).context


def sign(client, user, loan, page, **typed):
    said = {
        **TICKS,
        "typed_name": user.name,
        "once_key": page["once_key"],
        "shown": page["plan"].pk,
        "read": page["read"],
        **typed,
    }
    return client.post(address("signature", loan), said, follow=True)


@pytest.fixture
def page(client, amina, loan):
    return opens(client, amina, loan)


@pytest.fixture
def with_clara(loan, clara):
    """The loan, for which Clara signs too."""
    loan.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    return again(loan)


def test_the_offer_ends_while_its_page_is_open(client, amina, loan, page):
    code = newest_code(amina)
    with clock.at(days_ahead(31)):
        signs_in(client, amina)
        response = sign(client, amina, loan, page, code=code)
        assert (response.status_code, "This offer has ended." in words(response)) == (422, True)
        call_command("nightly")
        response = sign(client, amina, loan, page, code=code)
        assert "There is no open offer any more." in words(response)
    assert (again(loan).state, again(loan.application).state) == ("lapsed", "in_review")
    assert not loan.signatures.exists()


def test_other_terms_in_another_tab_are_read_before_they_are_signed(client, amina, loan, page):
    own_terms.take(loan, by=amina, principal_cents=300_000, repayment_months=12, pay_day=5)
    client.get(address("agreement", loan))
    response = sign(client, amina, loan, page, code=newest_code(amina))
    assert response.status_code == 422
    assert "Other terms were chosen meanwhile." in words(response)
    assert "We offer to lend you $3,000.00" in words(response)
    assert "Then 3 short questions" in words(response)
    assert (again(loan).state, loan.signatures.count()) == ("offered", 0)


def test_papers_that_were_made_anew_are_read_before_they_are_signed(client, amina, loan, page):
    give_account(loan.application, amina)
    prepare(loan)
    assert client.get(address("offer", loan)).context["read"] != page["read"]
    response = sign(client, amina, loan, page, code=newest_code(amina))
    assert response.status_code == 422
    assert "The papers were made anew meanwhile." in words(response)
    assert (again(loan).state, loan.signatures.count()) == ("offered", 0)
    sign(client, amina, loan, response.context, code=newest_code(amina))
    assert again(loan).state == "signed"


def test_another_account_to_debit_is_read_before_it_is_signed_though_the_agreement_stayed(
    client, amina, clara, omar, with_clara
):
    give_account(with_clara.application, amina)
    signed_by(with_clara, clara)
    page, borrower = opens(client, amina, with_clara), with_clara.application.parties.get(user=amina)
    bank_accounts.enter(again(with_clara.application), by=omar, party=borrower.pk, file=cheque(), **TANGERINE)
    prepare(with_clara)
    response = sign(client, amina, with_clara, page, code=newest_code(amina))
    assert "The papers were made anew meanwhile." in words(response)
    assert [each.party.user for each in with_clara.signatures.all()] == [clara]
    sign(client, amina, with_clara, response.context, code=newest_code(amina))
    assert again(with_clara).state == "signed"


def test_five_wrong_codes_want_a_new_one_and_it_signs(client, amina, loan, page):
    right = newest_code(amina)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert "These are not the digits we sent." in words(sign(client, amina, loan, page, code=wrong))
    response = sign(client, amina, loan, page, code=right)
    assert response.status_code == 422
    assert "That was too many tries with one code. Please ask for a new one." in words(response)
    assert (again(loan).state, loan.signatures.count()) == ("offered", 0)
    client.post(address("signing_code", loan))
    sign(client, amina, loan, page, code=newest_code(amina))
    assert again(loan).state == "signed"


@pytest.mark.parametrize("name", ["አሚና ኤል-ሰይድ", "أمينة السيد", "阿米娜·赛义德", "Amina «<b>» O'Neil"])
def test_a_name_in_any_script_is_kept_as_it_was_typed(client, amina, loan, page, name):
    sign(client, amina, loan, page, code=newest_code(amina), typed_name=f"  {name} ")
    signed = again(loan)
    assert signed.state == "signed"
    assert signed.signatures.get().typed_name == name
    assert json.loads(signed.signings.get().body.file.read())["signatures"][0]["typed_name"] == name
    assert list(audit()) == []


def test_two_clicks_sign_once_and_both_say_so(client, amina, loan, page):
    code = newest_code(amina)
    for _ in range(2):
        response = sign(client, amina, loan, page, code=code)
        assert "You have signed. A copy is on its way to you." in words(response)
    assert Event.objects.filter(verb="put_signature").count() == 1


def test_a_second_tab_says_that_it_is_signed_already(client, amina, loan, page):
    other_tab = client.get(address("offer", loan)).context
    code = newest_code(amina)
    sign(client, amina, loan, page, code=code)
    response = sign(client, amina, loan, other_tab, code=code)
    assert "You have signed this agreement already." in words(response)
    assert loan.signatures.count() == 1


def test_the_debit_is_ticked_only_by_whose_account_is_debited(client, amina, clara, with_clara):
    page = opens(client, amina, with_clara)
    response = sign(client, amina, with_clara, page, code=newest_code(amina), debit="")
    assert "#id-debit" in [link for link, _ in response.context["errors"]]
    page = opens(client, clara, with_clara)
    assert 'name="debit"' not in words(client.get(address("offer", with_clara)))
    sign(client, clara, with_clara, page, code=newest_code(clara), debit="")
    assert [tick["code"] for tick in with_clara.signatures.get().ticks] == ["agreement"]


def test_what_was_ticked_is_kept_in_the_words_and_the_language_that_were_read(client, amina, loan):
    amina.language = "fr"
    amina.save()
    page = opens(client, amina, loan)
    sign(client, amina, loan, page, code=newest_code(amina))
    agreement, debit = loan.signatures.get().ticks
    assert agreement == {"code": "agreement", "language": "fr", "words": "J’ai lu le contrat et je l’accepte."}
    assert debit["words"] == "J’accepte que chaque paiement soit prélevé sur mon compte bancaire à sa date."


def test_the_second_signer_says_no_after_the_first_has_signed(client, amina, clara, omar, with_clara):
    sign(client, amina, with_clara, opens(client, amina, with_clara), code=newest_code(amina))
    signs_in(client, clara)
    assert "I do not want to sign" in words(client.get(address("offer", with_clara)))
    shown = client.get(address("offer_refusal", with_clara))
    assert "You do not want to sign?" in words(shown)
    said = {"once_key": shown.context["once_key"], "reason": "too_expensive", "note": "I lost my job."}
    for _ in range(2):
        response = client.post(address("offer_refusal", with_clara), said, follow=True)
        assert "You said no to this offer." in words(response)
    assert (again(with_clara).state, again(with_clara.application).state) == ("refused", "in_review")
    assert Event.objects.filter(verb="decline_to_sign").count() == 1
    letter = Letter.objects.get(kind="offer_declined")
    assert letter.to == amina
    assert "Clara El-Sayed does not want to sign the loan agreement." in render(letter).text
    assert "lost" not in render(letter).text
    signs_in(client, amina)
    assert "There is no open offer any more." in words(client.get(address("offer", with_clara), follow=True))
    signs_in(client, omar)
    file = words(client.get(reverse("case", args=[with_clara.application.reference])))
    assert "Offer ended: somebody did not want to sign" in file
    assert "It costs too much." in file
    assert "I lost my job." in file


def test_whoever_has_signed_cannot_say_no_any_more(client, amina, clara, with_clara):
    sign(client, clara, with_clara, opens(client, clara, with_clara), code=newest_code(clara))
    assert client.get(address("offer_refusal", with_clara)).status_code == 302
    response = client.post(address("offer_refusal", with_clara), {"once_key": "k"})
    assert "You have signed this agreement already." in words(response)
    assert again(with_clara).state == "offered"


def test_the_borrowers_no_tells_who_would_have_signed_too(amina, clara, with_clara):
    signing.refuse(with_clara, by=amina, reason="plans_changed")
    assert [letter.to for letter in Letter.objects.filter(kind="offer_declined")] == [clara]
    assert Event.objects.get(verb="refuse").detail == {"why_not": "plans_changed"}


def test_a_reason_that_is_no_reason_is_refused_and_none_is_needed(client, amina, loan):
    signs_in(client, amina)
    url = address("offer_refusal", loan)
    response = client.post(url, {"once_key": "k", "reason": "weather"})
    assert (response.status_code, again(loan).state) == (422, "offered")
    client.post(url, {"once_key": "k"})
    assert again(loan).state == "refused"
    assert Event.objects.get(verb="refuse").detail == {}
