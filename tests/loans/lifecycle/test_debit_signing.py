"""Who signed and tells another account agrees to its debit agreement; until then nothing is drawn there or sent."""

import hashlib
import io
import json
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts.codes import CodeError
from accounts.passkeys import Shown
from config import clock
from letters.models import Letter
from letters.render import render
from letters.wording import day, money
from loans.lifecycle import (
    bank_accounts,
    cooling,
    debit_signing,
    disbursement,
    paper_making,
    paper_signing,
    planning,
    roots,
    typed_names,
)
from loans.lifecycle.audit import audit
from loans.lifecycle.bank_accounts import in_force
from loans.lifecycle.bank_gates import Lack, Waiting, waits_of
from loans.lifecycle.refusal import Refused
from loans.lifecycle.verifying import Verdict, told_by_code, told_by_file
from loans.models import DebitSignature, Loan, Root, Signature, SigningRecord
from tests.bank import TANGERINE, accepted_cheque, agree_to_debit, cheque, give_account, verified_account, verify
from tests.cases import again, newest_code, sign
from tests.conditions import refused
from tests.days_ahead import days_ahead
from tests.ink import lift_guards
from tests.loans.matrix.states import pay_off
from tests.pdfs import text_of

pytestmark = pytest.mark.django_db
THIRD = {"institution": "842", "transit": "00012", "number": "7654321"}
SAID = {"typed_name": "Amina", "agreed": True, "code": "123456"}


@pytest.fixture
def moved(signed, amina, omar, settings):
    """A signed loan; Amina has told another account since then, and Omar has verified it: its days are over."""
    settings.BANK_CHANGE_DAYS = 0
    verified_account(signed.application, amina, omar, TANGERINE)
    paper_making.make_all(again(signed))
    return again(signed)


def accounts_of(loan):
    return list(loan.application.parties.get(kind="borrower").bank_accounts.order_by("pk"))


def paper_of(loan, account):
    return loan.papers.get(occasion=f"bank:{account.pk}")


def verdict(paper):
    return told_by_code(paper.code).verdict


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


# --- What is signed, and what is kept ------------------------------------------------------------------


def test_the_name_is_put_under_the_very_paper_with_the_tick_as_it_was_read(moved, amina):
    with override("fr"):
        signature = agree_to_debit(moved, amina, helper="Yodit", helped_in="Amharic", came_from="203.0.113.77")
    paper = paper_of(moved, accounts_of(moved)[1])
    assert (signature.paper, signature.party.user, signature.typed_name) == (paper, amina, amina.name)
    assert signature.proof["way"] == "code_by_mail"
    (tick,) = signature.ticks
    assert (tick["code"], tick["language"]) == ("new_debit", "fr")
    assert "accord de débit" in tick["words"]
    assert (signature.helper, signature.helped_in) == ("Yodit", "Amharic")


def test_one_sealed_file_proves_it_and_a_night_takes_it_up(moved, amina):
    before = SigningRecord.objects.get()
    signature = agree_to_debit(moved, amina)
    record = SigningRecord.objects.get(paper=signature.paper)
    data = record.body.file.read()
    assert record.hash == hashlib.sha256(data).hexdigest() == record.event.detail["evidence"]
    assert (record.event.verb, record.event.actor) == ("seal_debit", "ledger")
    parts = json.loads(data)
    (document,), (told,) = parts["documents"], parts["signatures"]
    sha256 = hashlib.sha256(signature.paper.file.read()).hexdigest()
    assert document["sha256"] == told["document"] == sha256
    assert (document["kind"], document["occasion"]) == ("debit_agreement", signature.paper.occasion)
    assert (told["event"], told["as"], told["email"]) == (signature.event_id, "borrower", amina.email)
    assert [tick["code"] for tick in told["ticks"]] == ["new_debit"]
    assert again(before).hash == before.hash
    assert list(audit()) == []


def test_a_root_counts_both_signings(active, amina):
    give_account(active.application, amina, TANGERINE)
    agree_to_debit(active, amina)
    roots.make_root(clock.today())
    assert Root.objects.get().signing_count == 2
    assert list(audit()) == []


def test_a_byte_changed_in_what_proves_it_is_told(active, amina):
    give_account(active.application, amina, TANGERINE)
    signature = agree_to_debit(active, amina)
    lift_guards()
    SigningRecord.objects.filter(paper=signature.paper).update(hash="f" * 64)
    assert "the story of the signing names another sealed file" in [finding.what for finding in audit()]


def test_a_loan_has_one_signing_and_a_paper_one_name(moved, amina):
    signature = agree_to_debit(moved, amina)
    record = moved.signings.get(paper=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningRecord.objects.create(loan=moved, event=signature.event, made_at=clock.now(), hash="", hash_version=1)
    assert moved.signings.filter(paper=None).get() == record
    with pytest.raises(IntegrityError), transaction.atomic():
        DebitSignature.objects.create(
            paper=signature.paper, account=signature.account, event=record.event, signed_at=clock.now(), typed_name="x"
        )


def test_the_payer_is_asked_at_once_and_gets_a_copy_of_what_they_agreed_to(signed, amina):
    give_account(signed.application, amina, TANGERINE)
    asked = Letter.objects.get(kind="debit_to_agree", to=amina)
    assert f"/my/{signed.application.reference}/debit/" in render(asked).text
    assert "567" in render(asked).text
    assert TANGERINE["number"] not in render(asked).text
    signature = agree_to_debit(signed, amina)
    copy = Letter.objects.get(kind="debit_agreed", to=amina)
    assert [file.sha256 for file in copy.attachments.all()] == [signature.paper.file.sha256]


def test_before_the_signature_nobody_is_asked(loan, amina):
    give_account(loan.application, amina)
    give_account(loan.application, amina, TANGERINE)
    assert not Letter.objects.filter(kind="debit_to_agree").exists()


def test_it_is_made_and_signed_in_the_language_in_which_the_loan_was_signed(loan, amina):
    amina.language = "fr"
    amina.save()
    sign(again(loan), amina)
    amina.language = "en"
    amina.save()
    give_account(loan.application, amina, TANGERINE)
    assert agree_to_debit(loan, amina).paper.language == "fr"


def test_it_names_the_account_and_what_is_still_drawn(active, amina):
    rows = list(planning.plan_in_force(active).rows.all())
    account = give_account(active.application, amina, TANGERINE)
    with clock.at(clock.now() + (rows[8].payable_by - clock.today()) + timedelta(days=1)):
        paper_making.make_all(again(active))
    text = " ".join(text_of(paper_of(active, account).file.read()).split())
    assert "ends in 567" in text
    assert f"{len(rows) - 10} payments of {money(rows[9].total_cents)}" in text
    assert f"1 payment of {money(rows[-1].total_cents)}, on {day(rows[-1].payable_by)}" in text
    assert "of interest only" not in text


# --- Genuine? -----------------------------------------------------------------------------------------


def test_the_old_paper_holds_until_the_new_account_may_be_used(moved, amina):
    before, new = (paper_of(moved, account) for account in accounts_of(moved))
    assert (verdict(before), verdict(new)) == (Verdict.GENUINE, Verdict.NOT_SIGNED)
    assert told_by_code(new.code).signers == 0
    agree_to_debit(moved, amina)
    assert (verdict(before), verdict(new)) == (Verdict.LATER_ONE, Verdict.GENUINE)
    assert told_by_code(new.code).signers == 1
    assert told_by_file(io.BytesIO(new.file.read())).verdict == Verdict.GENUINE


def test_of_two_told_in_a_row_only_the_newest_is_signed(moved, amina):
    give_account(moved.application, amina, THIRD)
    signature = agree_to_debit(moved, amina)
    before, between, newest = (paper_of(moved, account) for account in accounts_of(moved))
    assert signature.paper == newest
    told = [verdict(each) for each in (before, between, newest)]
    assert told == [Verdict.GENUINE, Verdict.LATER_ONE, Verdict.GENUINE]
    assert in_force(moved.application) == accounts_of(moved)[0]


def test_details_that_are_not_taken_bring_back_what_was_agreed_to_before(moved, amina, omar):
    agree_to_debit(moved, amina)
    old, new = accounts_of(moved)
    bank_accounts.refuse(again(moved.application), by=omar, account=new, note="It was not her.")
    assert in_force(moved.application) == old
    assert (verdict(paper_of(moved, old)), verdict(paper_of(moved, new))) == (Verdict.GENUINE, Verdict.NOT_USED)
    assert debit_signing.wanted_of(old.party) is None


def test_an_account_that_comes_back_unsigned_is_asked_for(loan, amina, omar):
    first = give_account(loan.application, amina)
    second = give_account(loan.application, amina, TANGERINE)
    sign(again(loan), amina)
    bank_accounts.refuse(again(loan.application), by=omar, account=second, note="It is closed.")
    assert debit_signing.wanted_of(first.party) == first
    assert Letter.objects.filter(kind="debit_to_agree", to=amina).count() == 1
    assert agree_to_debit(loan, amina).account == first
    assert [verdict(paper_of(loan, each)) for each in (first, second)] == [Verdict.GENUINE, Verdict.NOT_USED]


def test_a_copy_in_the_other_language_is_told(moved, amina):
    paper_making.make_all(moved, "fr")
    agree_to_debit(moved, amina)
    other = moved.papers.get(occasion=f"bank:{accounts_of(moved)[1].pk}", language="fr")
    assert verdict(other) == Verdict.OTHER_LANGUAGE


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
