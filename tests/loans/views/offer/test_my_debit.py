"""The debit agreement of another account on the pages: who is asked, reading it, agreeing; what the office reads."""

import html

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import passkeys
from loans.lifecycle.contracts import paper_making
from loans.lifecycle.lending import bank_accounts
from loans.models import DebitSignature
from tests.accounts.views.test_my_passkeys import kept
from tests.bank import TANGERINE, accepted_cheque, agree_to_debit, cheque, give_account, verified_account, verify
from tests.cases import again, newest_code, sign
from tests.loans.matrix.states import pay_off
from tests.people import signs_in

pytestmark = pytest.mark.django_db
MOST = 12
SHOWN = {"credential": '{"response": {"clientDataJSON": "e30"}}'}
FOR_THE_BORROWER = "Waiting for the borrower to agree to the debit agreement of the new account"


@pytest.fixture
def asked(active, amina):
    """A running loan whose borrower told another account; its debit agreement is made."""
    give_account(active.application, amina, TANGERINE, file=cheque())
    paper_making.make_all(again(active))
    return again(active)


def words(response):
    return html.unescape(response.content.decode())


def at(name, loan, *args):
    return reverse(name, args=[loan.case.reference, *args])


def page(client, user, address):
    signs_in(client, user)
    client.cookies["language"] = "en"
    return client.get(address)


def agrees(client, loan, **other):
    paper = loan.papers.latest("pk")
    typed = {"agreed": "yes", "typed_name": "Amina", "once_key": "k", "read": paper.pk, **other}
    return client.post(at("my_debit_signature", loan), typed)


# --- The payer ----------------------------------------------------------------------------------------


def test_the_borrower_is_told_reads_it_and_agrees(client, asked, amina):
    first = page(client, amina, at("my_case", asked))
    assert first.context["progress"].link_url == at("my_debit", asked)
    assert first.context["progress"].whose_turn == "It is your turn"
    bank = words(client.get(at("my_bank", asked)))
    assert at("my_debit", asked) in bank
    with CaptureQueriesContext(connection) as queries:
        shown = words(client.get(at("my_debit", asked)))
    assert len(queries) <= MOST
    paper = asked.papers.latest("pk")
    address = at("my_loan_paper", asked, paper.pk)
    assert address in shown
    assert client.get(address).content == paper.file.read()
    assert TANGERINE["number"] not in shown
    client.post(at("my_debit_code", asked))
    done = agrees(client, asked, code=newest_code(amina))
    assert (done.status_code, done.url) == (302, at("my_case", asked))
    assert DebitSignature.objects.get().paper == paper
    assert "Your new bank account waits" not in words(client.get(at("my_case", asked)))
    assert "No debit agreement waits for you now." in words(client.get(at("my_debit", asked)))


def test_the_form_sent_twice_is_taken_once_and_told_the_same(client, asked, amina):
    signs_in(client, amina)
    client.post(at("my_debit_code", asked))
    code = newest_code(amina)
    first, second = (agrees(client, asked, code=code) for _ in range(2))
    assert first.url == second.url == at("my_case", asked)
    late = agrees(client, asked, code=code, once_key="an old tab")
    assert (late.status_code, "You may have agreed to it already." in words(late)) == (422, True)
    assert DebitSignature.objects.count() == 1


def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(client, asked, amina):
    signs_in(client, amina)
    client.post(at("my_debit_code", asked))
    told = agrees(client, asked, code="000000", typed_name="Amina El-Sayed")
    assert told.status_code == 422
    assert "These are not the digits we sent." in words(told)
    assert 'value="Amina El-Sayed"' in words(told)
    told = agrees(client, asked, code=newest_code(amina), agreed="")
    assert "#id-agreed" in [link for link, _ in told.context["errors"]]
    assert not DebitSignature.objects.exists()


def test_a_passkey_that_was_shown_for_it_agrees_without_a_code(client, asked, amina, monkeypatch):
    monkeypatch.setattr(passkeys, "shown", lambda credential: Authenticator.objects.latest("pk"))
    passkey = kept(amina)
    assert "Use my passkey instead" in words(page(client, amina, at("my_debit", asked)))
    assert client.post(at("my_debit_passkey", asked), SHOWN).url.endswith("/debit/#sign")
    assert 'name="code"' not in words(client.get(at("my_debit", asked)))
    first, second = (agrees(client, asked) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert DebitSignature.objects.get().proof["key"] == passkey.pk


def test_while_the_worker_is_busy_the_page_says_so_and_nothing_can_be_signed(client, active, amina, monkeypatch):
    heard = []
    monkeypatch.setattr(paper_making.make_papers, "delay", lambda *said: heard.append(said))
    give_account(active.application, amina, TANGERINE)
    shown = words(page(client, amina, at("my_debit", active)))
    assert "We are preparing your papers." in shown
    assert 'name="typed_name"' not in shown
    assert heard[-1] == (active.pk, "en")
    client.post(at("my_debit_code", active))
    assert agrees(client, active, code=newest_code(amina)).status_code == 422


def test_other_details_told_in_another_tab_are_read_first(client, asked, amina):
    signs_in(client, amina)
    client.post(at("my_debit_code", asked))
    old = asked.papers.latest("pk").pk
    give_account(asked.application, amina, {**TANGERINE, "number": "7654321"})
    paper_making.make_all(again(asked))
    told = agrees(client, asked, code=newest_code(amina), read=old)
    assert (told.status_code, "made anew meanwhile" in words(told)) == (422, True)


def test_a_loan_that_ended_meanwhile_is_told(client, asked, amina, felix):
    signs_in(client, amina)
    client.post(at("my_debit_code", asked))
    pay_off(asked, felix)
    told = agrees(client, asked, code=newest_code(amina))
    assert (told.status_code, "No debit agreement waits for you" in words(told)) == (422, True)
    assert not DebitSignature.objects.exists()


def test_a_co_borrower_is_asked_for_their_own_and_nobody_else_reads_it(client, loan, amina, clara, bilal, omar):
    party = loan.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    sign(again(loan), amina)
    sign(again(loan), clara)
    bank_accounts.enter(again(loan.application), by=omar, party=party.pk, **TANGERINE, file=cheque())
    paper_making.make_all(again(loan))
    assert page(client, clara, at("my_case", loan)).context["progress"].link_url == at("my_debit", loan)
    assert "Read the debit agreement (PDF)" in words(client.get(at("my_debit", loan)))
    client.post(at("my_debit_code", loan))
    assert agrees(client, loan, code=newest_code(clara)).status_code == 302
    assert "No debit agreement waits" in words(page(client, amina, at("my_debit", loan)))
    assert page(client, amina, at("my_loan_paper", loan, loan.papers.latest("pk").pk)).status_code == 404
    assert page(client, bilal, at("my_debit", loan)).status_code == 404


def test_a_guarantor_has_no_such_page(client, loan, amina, clara):
    loan.application.parties.create(kind="guarantor", user=clara, name=clara.name)
    sign(again(loan), amina)
    sign(again(loan), clara)
    assert page(client, clara, at("my_debit", loan)).status_code == 404


# --- The office ---------------------------------------------------------------------------------------


def test_the_office_reads_what_the_account_waits_for(client, asked, amina, omar):
    account = asked.application.parties.get().bank_accounts.latest("pk")
    shown = words(page(client, omar, at("case_bank", asked)))
    assert f"{account.party} has yet to agree to it." in shown
    verify(account, omar, accepted_cheque(account, omar), TANGERINE)
    assert "checked, the debit agreement is not agreed to yet" in words(client.get(at("case_bank", asked)))
    assert client.get(at("case", asked)).context["next"] == FOR_THE_BORROWER
    agree_to_debit(asked, amina)
    shown = words(client.get(at("case_bank", asked)))
    assert "has yet to agree" not in shown
    assert "not agreed to yet" not in shown
    assert client.get(at("case", asked)).context["next"] == "Nothing: the loan is running"


def test_finance_reads_why_an_advance_waits(client, loan, amina, omar, felix, settings):
    settings.BANK_CHANGE_DAYS = 0
    old = verified_account(loan.application, amina, omar)
    sign(again(loan), amina)
    verified_account(loan.application, amina, omar, TANGERINE)
    bank_accounts.refuse(again(loan.application), by=omar, account=old, note="It is closed.")
    for address in (reverse("loan", args=[loan.number]), reverse("money_desk")):
        shown = words(page(client, felix, address))
        assert FOR_THE_BORROWER in shown
        assert "Release the money" not in shown
    assert page(client, omar, at("case", loan)).context["next"] == FOR_THE_BORROWER


def test_anybody_is_told_that_a_debit_agreement_is_not_signed_yet(client, asked, amina):
    code = asked.papers.latest("pk").code
    assert "Not everybody has signed it yet." in words(client.post(reverse("verify"), {"code": code}))
    agree_to_debit(asked, amina)
    assert "Genuine: this paper is ours" in words(client.post(reverse("verify"), {"code": code}))
