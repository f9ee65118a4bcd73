"""Who signed and tells another account agrees to its debit agreement; until then nothing is drawn there or sent."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from accounts.codes import CodeError
from accounts.passkeys import Shown
from config import clock
from letters.models import Letter
from loans.lifecycle.contracts import cooling, debit_signing, paper_making, paper_signing, typed_names
from loans.lifecycle.contracts.verifying import Verdict
from loans.lifecycle.lending import bank_accounts, disbursement
from loans.lifecycle.lending.bank_accounts import in_force
from loans.lifecycle.lending.bank_gates import Lack, Waiting, waits_of
from loans.lifecycle.refusal import Refused
from loans.models import DebitSignature, Loan, Signature, SigningRecord
from tests.bank import TANGERINE, accepted_cheque, agree_to_debit, cheque, give_account, verified_account, verify
from tests.cases import again, newest_code, sign
from tests.conditions import refused
from tests.days_ahead import days_ahead
from tests.debit_agreements import accounts_of, paper_of, verdict
from tests.loans.matrix.states import pay_off

pytestmark = pytest.mark.django_db
THIRD = {"institution": "842", "transit": "00012", "number": "7654321"}
SAID = {"typed_name": "Amina", "agreed": True, "code": "123456"}


def waits(loan):
    return waits_of([loan.application_id]).get(loan.application_id)


# --- The gate -----------------------------------------------------------------------------------------


def test_another_account_is_used_only_once_its_owner_has_agreed(moved, amina):
    old, new = accounts_of(moved)
    assert in_force(moved.application) == old
    agree_to_debit(moved, amina)
    assert in_force(moved.application) == new


def test_an_account_that_was_told_before_the_signature_needs_no_second_yes(loan, amina, omar):
    account = verified_account(loan.application, amina, omar)
    sign(again(loan), amina)
    assert Signature.objects.get().account == account
    assert in_force(again(loan.application)) == account
    assert debit_signing.wanted_of(account.party) is None


def test_money_that_has_no_other_account_waits_for_the_yes(moved, amina, omar, felix):
    advance = moved.advances.get()
    assert waits(moved) is None
    bank_accounts.refuse(again(moved.application), by=omar, account=accounts_of(moved)[0], note="It is closed.")
    assert waits(moved) == Waiting(Lack.TO_AGREE)
    assert refused(lambda: disbursement.release(advance, by=felix)) == "debit_not_agreed"
    agree_to_debit(moved, amina)
    assert waits(moved) is None
    assert disbursement.release(advance, by=felix).state == "released"


def test_who_has_agreed_still_waits_for_the_second_person_and_the_days(signed, amina, omar):
    account = give_account(signed.application, amina, TANGERINE, file=cheque())
    agree_to_debit(signed, amina)
    assert in_force(signed.application) != account
    verify(account, omar, accepted_cheque(account, omar), TANGERINE)
    assert in_force(signed.application) != account
    with clock.at(days_ahead(7)):
        assert in_force(signed.application) == account


def test_a_running_loan_asks_in_the_same_way(active, amina, omar, settings):
    settings.BANK_CHANGE_DAYS = 0
    account = verified_account(active.application, amina, omar, TANGERINE)
    assert in_force(active.application) != account
    agree_to_debit(active, amina)
    assert in_force(active.application) == account


def test_what_is_told_between_two_signatures_is_asked_for_at_once(loan, amina, clara):
    loan.application.parties.create(kind="guarantor", user=clara, name=clara.name)
    sign(again(loan), amina)
    account = give_account(loan.application, amina, TANGERINE)
    agree_to_debit(loan, amina)
    assert sign(again(loan), clara).state == "signed"
    assert DebitSignature.objects.get().account == account


# --- Bad luck -----------------------------------------------------------------------------------------


def test_without_the_tick_the_name_or_the_right_code_nothing_is_agreed(moved, amina):
    said = {"by": amina, **SAID}
    assert refused(lambda: debit_signing.agree(moved, **{**said, "agreed": False})) == "not_agreed"
    assert refused(lambda: debit_signing.agree(moved, **{**said, "typed_name": " "})) == "no_name"
    assert refused(lambda: debit_signing.agree(moved, **said, helper="Yodit")) == "helper_unfinished"
    with pytest.raises(CodeError):
        debit_signing.agree(moved, **said)
    stale = Shown(1, amina.pk, clock.now() - timedelta(minutes=16))
    assert refused(lambda: debit_signing.agree(moved, **said, passkey=stale)) == "passkey_wanted"
    assert not DebitSignature.objects.exists()


def test_other_details_told_meanwhile_are_read_first_and_use_up_no_code(moved, amina):
    read = paper_of(moved, accounts_of(moved)[1]).pk
    typed_names.send_code(moved, by=amina)
    code = newest_code(amina)
    give_account(moved.application, amina, THIRD)
    said = {"by": amina, **SAID, "code": code, "read": read}
    assert refused(lambda: debit_signing.agree(moved, **said)) == "debit_not_made"
    paper_making.make_all(again(moved))
    assert refused(lambda: debit_signing.agree(moved, **said)) == "papers_made_anew"
    newest = paper_of(moved, accounts_of(moved)[2]).pk
    assert debit_signing.agree(moved, **{**said, "read": newest}).paper_id == newest


def test_a_second_click_signs_nothing_twice(moved, amina):
    first = agree_to_debit(moved, amina, once_key="one form")
    said = {"typed_name": amina.name, "code": newest_code(amina), "agreed": True}
    assert debit_signing.agree(moved, by=amina, **said, once_key="one form") == first
    assert refused(lambda: debit_signing.agree(moved, by=amina, **said, once_key="another")) == "no_debit_waits"
    assert (DebitSignature.objects.count(), SigningRecord.objects.count()) == (1, 2)


def test_a_loan_that_ended_meanwhile_asks_for_nothing(moved, amina):
    Loan.objects.filter(pk=moved.pk).update(cooling_days=5)
    cooling.withdraw_from(again(moved), by=amina)
    assert refused(lambda: debit_signing.agree(again(moved), by=amina, **SAID)) == "no_debit_waits"
    assert debit_signing.wanted_of(accounts_of(moved)[1].party) is None
    assert verdict(paper_of(moved, accounts_of(moved)[1])) == Verdict.CALLED_OFF


def test_a_repaid_loan_asks_for_nothing(active, amina, felix):
    account = give_account(active.application, amina, TANGERINE)
    pay_off(active, felix)
    assert again(active).state == "repaid"
    assert debit_signing.wanted_of(account.party) is None
    assert refused(lambda: debit_signing.agree(again(active), by=amina, **SAID)) == "no_debit_waits"


# --- Who else stands in the loan ----------------------------------------------------------------------


@pytest.fixture
def together(loan, amina, clara):
    """A loan that Clara borrows too, signed by both; she gave no account."""
    loan.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    sign(again(loan), amina)
    sign(again(loan), clara)
    return again(loan)


def entered_for(loan, party, omar, numbers=THIRD):
    """Omar types this person's account from a void cheque."""
    return bank_accounts.enter(again(loan.application), by=omar, party=party.pk, **numbers, file=cheque())


def test_a_co_borrower_agrees_to_the_debits_from_their_own_account(together, amina, clara, omar, olga):
    party = together.application.parties.get(user=clara)
    account = entered_for(together, party, omar)
    assert [letter.to for letter in Letter.objects.filter(kind="debit_to_agree")] == [clara]
    assert refused(lambda: debit_signing.agree(again(together), by=amina, **SAID)) == "no_debit_waits"
    signature = agree_to_debit(together, clara)
    assert (signature.account, signature.party) == (account, party)
    verify(account, olga, accepted_cheque(account, olga), THIRD)
    assert party.bank_accounts.in_force().get() == account


def test_a_co_borrower_whose_account_we_know_ticks_its_debits_with_the_loan(loan, amina, clara, omar):
    party = loan.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    account = entered_for(loan, party, omar)
    sign(again(loan), amina)
    with pytest.raises(Refused, match="no_debit"):
        sign(again(loan), clara, debit=False)
    sign(again(loan), clara)
    assert loan.signatures.get(party=party).account == account
    assert debit_signing.wanted_of(party) is None


def test_a_guarantor_is_asked_for_nothing(loan, amina, clara, omar):
    party = loan.application.parties.create(kind="guarantor", user=clara, name=clara.name)
    sign(again(loan), amina)
    sign(again(loan), clara)
    entered_for(loan, party, omar)
    paper_making.make_all(again(loan))
    assert not Letter.objects.filter(kind="debit_to_agree").exists()
    assert not loan.papers.filter(kind="debit_agreement", party=party).exists()
    assert debit_signing.wanted_of(party) is None


# --- With a pen, and signings of before ------------------------------------------------------------------


def test_a_paper_that_was_signed_by_hand_covers_what_was_told_before_it_came_back(kept_on_paper, amina, mariam):
    before = accounts_of(kept_on_paper)[-1]
    paper = kept_on_paper.paper_signatures.get()
    paper_signing.confirm(kept_on_paper, by=mariam, paper=paper.pk, matches=True)
    assert Signature.objects.get().account == before


def test_a_signature_of_before_gets_the_account_that_stood_then(signed, amina):
    account = Signature.objects.get().account
    give_account(signed.application, amina, TANGERINE)
    Signature.objects.update(account=None)
    import_module("loans.migrations.0044_accounts_signed_for").name_the_account(apps, None)
    assert Signature.objects.get().account == account
