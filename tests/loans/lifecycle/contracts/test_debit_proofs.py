"""What is signed of a debit agreement for another account, what is kept of it, and which one is genuine."""

import hashlib
import io
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from config import clock
from letters.models import Letter
from letters.render import render
from letters.wording import day, money
from loans.lifecycle.contracts import debit_signing, paper_making
from loans.lifecycle.contracts.verifying import Verdict, told_by_code, told_by_file
from loans.lifecycle.ledger import roots
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import bank_accounts, planning
from loans.lifecycle.lending.bank_accounts import in_force
from loans.models import DebitSignature, Root, SigningRecord
from tests.bank import TANGERINE, agree_to_debit, give_account
from tests.cases import again, sign
from tests.debit_agreements import accounts_of, paper_of, verdict
from tests.ink import lift_guards
from tests.pdfs import text_of

pytestmark = pytest.mark.django_db
THIRD = {"institution": "842", "transit": "00012", "number": "7654321"}


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
