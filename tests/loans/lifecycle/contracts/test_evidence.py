"""The sealed file of a signing: what stands in it, how it is proved, and when it is erased."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from config import clock
from loans.lifecycle.contracts import evidence, signing
from loans.lifecycle.deciding.record import canonical
from loans.lifecycle.erasing import retention
from loans.lifecycle.ledger import books, roots
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import repayment
from loans.models import Loan, Root, SigningFile, SigningRecord
from loans.paper_kinds import LOAN_YEARS
from money.calendar import add_months
from tests.cases import TICKED, again, explain, has_account, lend, newest_code, prepare_papers
from tests.days_ahead import days_ahead
from tests.ink import lift_guards
from vault import files

pytestmark = pytest.mark.django_db


def told(loan):
    return json.loads(loan.signings.get().body.file.read())


def findings():
    return [(finding.loan, finding.root, finding.what) for finding in audit()]


def spoil(file):
    """Change one byte of a kept file as somebody would who holds the keys: sealed again, the row untouched."""
    data = bytearray(file.read())
    data[len(data) // 2] ^= 1
    default_storage.delete(file.path)
    path, _ = files.lay_down(bytes(data), place=file.place)
    default_storage.save(file.path, default_storage.open(path))


def test_the_last_signature_lays_down_one_file_with_all_that_proves_it(signed, amina):
    record = SigningRecord.objects.get()
    data = record.body.file.read()
    assert record.hash == hashlib.sha256(data).hexdigest() == record.event.detail["evidence"]
    assert (record.event.verb, record.event.subject_id, record.made_at) == ("sign", signed.pk, record.event.at)
    parts = json.loads(data)
    assert data.decode() == canonical(parts)
    (agreement,) = signed.agreements.all()
    document, *beside = parts["documents"]
    assert document["sha256"] == hashlib.sha256(agreement.file.read()).hexdigest()
    assert (document["code"], document["language"]) == (agreement.code, "en")
    assert {each["kind"]: each["party"] for each in beside} == {
        "disclosure": None,
        "privacy": None,
        "debit_agreement": signed.application.parties.get().pk,
    }
    kept = {paper.code: hashlib.sha256(paper.file.read()).hexdigest() for paper in signed.papers.all()}
    assert {each["code"]: each["sha256"] for each in beside} == kept
    (signature,) = parts["signatures"]
    assert (signature["typed_name"], signature["email"], signature["as"]) == (amina.name, amina.email, "borrower")
    assert signature["document"] == document["sha256"]
    assert signature["proof"]["way"] == "code_by_mail"
    assert signature["proof"]["sent_at"] <= signature["proof"]["used_at"] <= signature["signed_at"]
    assert {consent["purpose"] for consent in parts["consents"]} >= {"credit_check"}
    assert all(consent["words"] for consent in parts["consents"])
    assert parts["terms"]["annual_rate"] == f"{signed.annual_rate:f}"
    assert sum(row["principal_cents"] for row in parts["plan"]) == signed.principal_cents
    assert len(parts["engine"]) == 64


def test_no_address_of_a_machine_stands_in_it(loan, amina):
    has_account(loan.application)
    prepare_papers(loan, amina)
    explain(loan, amina)
    signing.send_code(loan, by=amina)
    words = {"language": "en", "typed_name": amina.name, "code": newest_code(amina), **TICKED}
    signing.sign(loan, by=amina, came_from="203.0.113.77", **words)
    (signature,) = told(again(loan))["signatures"]
    assert len(signature["came_from"]) == 64
    assert "203.0.113.77" not in again(loan).signings.get().body.file.read().decode()


def test_the_ink_holds_the_hash_and_nobody_changes_it(signed):
    with pytest.raises(DatabaseError), transaction.atomic():
        SigningRecord.objects.update(hash="f" * 64)


def test_a_night_takes_it_up_into_its_root(active):
    roots.make_root(clock.today())
    root = Root.objects.get()
    assert (root.hash_version, root.signing_count, root.signed_through) == (2, 1, active.signings.get().pk)
    said = f"{active.number} {active.signings.get().hash}\n".encode()
    assert root.signings_hash == hashlib.sha256(said).hexdigest()
    assert findings() == []


def test_a_signing_of_the_day_after_leaves_an_older_root_true(active, signed_by_clara):
    roots.make_root(clock.today())
    signed_by_clara()
    assert findings() == []
    with clock.at(days_ahead(1)):
        roots.make_root(clock.today())
    assert [root.signing_count for root in Root.objects.all()] == [1, 2]
    assert findings() == []


@pytest.fixture
def signed_by_clara(clara, product, omar, mariam, felix):
    return lambda: lend(clara, product, omar, mariam, felix)


def test_a_root_of_before_still_proves(active):
    root = Root(number=1, on=clock.today(), made_at=clock.now(), through=active.facts.last().pk, previous_hash="0" * 64)
    root.hash_version, root.loan_count = 1, 1
    root.hash = roots.sealed(root, map(roots.line, roots.last_facts()))
    root.save(force_insert=True)
    assert findings() == []
    with clock.at(days_ahead(1)):
        roots.make_root(clock.today())
    assert [root.hash_version for root in Root.objects.all()] == [1, 2]
    assert findings() == []


def test_one_byte_changed_in_the_sealed_file_is_told(active):
    spoil(active.signings.get().body.file)
    assert findings() == [(active.number, None, "the sealed file of the signing is not the one that was made")]


def test_one_byte_changed_in_the_agreement_is_told(active):
    spoil(active.agreements.get().file)
    assert findings() == [(active.number, None, "the agreement in en is not the one that was signed")]


@pytest.mark.parametrize("kind", ["disclosure", "privacy", "debit_agreement"])
def test_one_byte_changed_in_a_paper_beside_the_agreement_is_told(active, kind):
    spoil(active.papers.get(kind=kind).file)
    assert findings() == [(active.number, None, f"the {kind} in en is not the one that was signed")]


def test_another_hash_in_the_ink_is_told_by_the_story_and_by_the_root(active):
    roots.make_root(clock.today())
    lift_guards()
    SigningRecord.objects.update(hash="f" * 64)
    said = [what for _, _, what in findings()]
    assert "the root does not follow from the signings up to it" in said
    assert "the story of the signing names another sealed file" in said


def test_a_record_that_is_gone_is_told(active):
    roots.make_root(clock.today())
    lift_guards()
    SigningFile.objects.all().delete()
    SigningRecord.objects.all().delete()
    assert (None, 1, "the root does not follow from the signings up to it") in findings()
    assert (active.number, None, "the sealed file of the signing is missing") in findings()


def test_a_file_that_is_gone_before_its_years_are_over_is_told(active):
    SigningFile.objects.all().delete()
    assert findings() == [(active.number, None, "the sealed file of the signing is gone before its years are over")]


def test_it_is_erased_after_its_years_and_the_chain_stays_provable(active, felix, django_capture_on_commit_callbacks):
    roots.make_root(clock.today())
    owed = books.stands(active, clock.today())
    cents = owed.principal_cents + owed.fees_cents
    repayment.record_payment(active, by=felix, on=clock.today(), cents=cents, method="cash", payer="Amina")
    assert again(active).state == Loan.State.REPAID
    over = add_months(clock.today(), 12 * LOAN_YEARS)
    path = active.signings.get().body.file.path
    assert default_storage.exists(path)
    assert retention.erase_old_signings(over).done == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.erase_old_signings(over + timedelta(days=1)).done == 1
    assert not SigningFile.objects.exists()
    assert active.signings.get().hash == active.signings.get().event.detail["evidence"]
    told = active.application.events.filter(verb="erase_record", detail__has_key="signing_key").get()
    assert (told.actor, told.detail) == ("clock", {"signing_key": active.signings.get().pk})
    assert findings() == []
    assert not default_storage.exists(path)


def test_a_loan_signed_before_there_was_such_a_file_is_whole(active):
    lift_guards()
    SigningFile.objects.all().delete()
    SigningRecord.objects.all().delete()
    event = active.application.events.get(verb="sign")
    event.detail = {}
    event.save()
    assert findings() == []
    assert list(evidence.wrong()) == []
