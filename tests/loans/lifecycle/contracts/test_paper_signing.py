"""Signed on paper: recorded by one member of staff, confirmed by another, and only then a signature."""

import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from config import clock
from loans.interpreter_words import STATEMENT, VERSION
from loans.lifecycle.contracts import paper_signing, signing
from loans.lifecycle.deciding import decision
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import bank_accounts
from loans.lifecycle.offering import choosing
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing.messages import Attached
from loans.models import Event, PaperSignature, Signature
from tests.bank import TANGERINE, cheque
from tests.cases import TERMS, TICKED, again, has_account, pdf, picture, prepare, sign
from tests.days_ahead import days_ahead
from tests.loans.lifecycle.contracts.test_evidence import spoil

pytestmark = pytest.mark.django_db
SCAN = Attached("signed.pdf", pdf(2))
BY_INTERPRETER = {
    "explained_by": "interpreter",
    "interpreter": "Yodit Bekele",
    "interpreted_in": "Amharic",
    "made_statement": True,
}


def recorded(loan, by, party, **other):
    said = {
        "scan": SCAN,
        "name": party.user.name,
        "signed_on": clock.today(),
        "agreed": True,
        "debit_agreed": True,
        "explained_by": "staff",
        **other,
    }
    return paper_signing.record(again(loan), by=by, party=party.pk, **said)


def confirmed(loan, by, paper, **other):
    return paper_signing.confirm(again(loan), by=by, paper=paper.pk, **{"matches": True, **other})


def refused(code, act):
    """It is refused with this code, and leaves no trace."""
    before = (PaperSignature.objects.count(), Signature.objects.count(), Event.objects.count())
    with pytest.raises(Refused) as told:
        act()
    assert told.value.code == code
    assert (PaperSignature.objects.count(), Signature.objects.count(), Event.objects.count()) == before


@pytest.fixture
def borrower(loan):
    """Amina, whose agreement was printed."""
    prepare(loan)
    return loan.application.parties.get(kind="borrower")


@pytest.fixture
def paper(loan, omar, borrower):
    return recorded(loan, omar, borrower)


def test_recorded_it_is_no_signature_yet_confirmed_it_is(loan, paper, olga, borrower):
    assert not loan.signatures.exists()
    assert confirmed(loan, olga, paper).state == "signed"
    signature = loan.signatures.get()
    assert (signature.party, signature.typed_name, signature.came_from) == (borrower, "Amina El-Sayed", "")
    assert signature.agreement.file.sha256 == paper.document


def test_a_paper_is_void_when_another_account_is_to_be_debited_though_the_agreement_stayed(
    loan, omar, olga, amina, clara
):
    loan.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    prepare(loan)
    sign(loan, clara)
    borrower = loan.application.parties.get(user=amina)
    paper = recorded(loan, omar, borrower)
    other = bank_accounts.enter(again(loan.application), by=omar, party=borrower.pk, file=cheque(), **TANGERINE)
    refused("not_printed", lambda: confirmed(loan, olga, paper))
    prepare(loan)
    refused("other_terms_on_paper", lambda: confirmed(loan, olga, paper))
    paper_signing.turn_down(again(loan), by=olga, paper=paper.pk, note="Another account.")
    later = recorded(loan, omar, borrower)
    bank_accounts.refuse(again(loan.application), by=omar, account=other, note="Not hers.")
    refused("other_terms_on_paper", lambda: confirmed(loan, olga, later))
    assert [each.party.user for each in loan.signatures.all()] == [clara]


def test_the_proof_names_the_scan_and_the_two_who_looked(loan, paper, omar, olga):
    confirmed(loan, olga, paper)
    assert loan.signatures.get().proof == {
        "way": "on_paper",
        "key": paper.pk,
        "scan": hashlib.sha256(paper.scan.read()).hexdigest(),
        "signed_on": clock.today().isoformat(),
        "recorded_by": omar.pk,
        "confirmed_by": olga.pk,
    }


def test_the_evidence_holds_all_of_it(loan, omar, olga, borrower):
    paper = recorded(loan, omar, borrower, **BY_INTERPRETER)
    confirmed(loan, olga, paper)
    (told,) = json.loads(again(loan).signings.get().body.file.read())["signatures"]
    assert told["helper"] == {"name": "Yodit Bekele", "language": "Amharic"}
    on_paper = told["on_paper"]
    assert (on_paper["scan"], on_paper["explained_by"]) == (paper.scan.sha256, "interpreter")
    assert (on_paper["statement"], on_paper["statement_version"]) == (STATEMENT["en"], VERSION)
    assert (on_paper["recorded"]["name"], on_paper["confirmed"]["name"]) == (omar.name, olga.name)
    assert not audit_findings()


def audit_findings():
    return [finding.what for finding in audit()]


def test_a_scan_that_was_changed_is_found(loan, paper, olga):
    confirmed(loan, olga, paper)
    spoil(paper.scan)
    assert audit_findings() == ["the scan of a signature on paper is not the one that was confirmed"]


def test_the_interpreters_name_is_sealed_and_stands_in_no_event(loan, omar, borrower):
    paper = recorded(loan, omar, borrower, **BY_INTERPRETER)
    columns = PaperSignature.objects.filter(pk=paper.pk).extra(select={"raw": "interpreter"}).values("raw")
    assert "Yodit" not in str(columns[0]["raw"])
    assert not any("Yodit" in str(event.detail) for event in loan.application.events.all())


def test_nobody_confirms_or_turns_down_what_they_recorded(loan, paper, omar):
    refused("same_person", lambda: confirmed(loan, omar, paper))
    refused("same_person", lambda: paper_signing.turn_down(loan, by=omar, paper=paper.pk, note="A slip."))


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("not_ticked", {"agreed": False}),
        ("debit_not_ticked", {"debit_agreed": False}),
        ("no_name", {"name": " "}),
        ("not_listed", {"explained_by": "nobody"}),
        ("no_interpreter", {"explained_by": "interpreter"}),
        ("interpreter_unfinished", {**BY_INTERPRETER, "made_statement": False}),
        ("interpreter_unfinished", {**BY_INTERPRETER, "interpreted_in": ""}),
        ("wrong_type", {"scan": Attached("x.txt", b"hello")}),
    ],
)
def test_what_is_not_whole_is_not_recorded(loan, omar, borrower, code, other):
    refused(code, lambda: recorded(loan, omar, borrower, **other))


def test_no_day_before_the_agreement_and_none_to_come(loan, omar, borrower):
    for day, code in ((days_ahead(1), "in_the_future"), (days_ahead(-1), "before_agreement")):
        refused(code, lambda day=day: recorded(loan, omar, borrower, signed_on=clock.day_of(day)))


def test_what_was_never_printed_cannot_have_been_signed(loan, omar):
    has_account(loan.application)
    refused("not_printed", lambda: recorded(loan, omar, loan.application.parties.get()))


def test_a_paper_of_somebody_who_signed_or_of_whom_one_waits_is_refused(loan, paper, omar, amina, clara, borrower):
    loan.application.parties.create(user=clara, name="Clara", kind="co_borrower")
    refused("paper_waits", lambda: recorded(loan, omar, borrower))
    clara_ = loan.application.parties.get(user=clara)
    sign(again(loan), clara)
    refused("party_signed", lambda: recorded(loan, omar, clara_))


def test_signed_online_meanwhile_the_paper_is_only_turned_down(loan, paper, omar, olga, amina, clara):
    loan.application.parties.create(user=clara, name="Clara", kind="co_borrower")
    sign(again(loan), amina)
    refused("party_signed", lambda: confirmed(loan, olga, paper))
    paper_signing.turn_down(again(loan), by=olga, paper=paper.pk, note="She signed online.")
    assert loan.signatures.count() == 1


def test_after_the_last_day_neither_is_possible(loan, paper, omar, olga, clara):
    loan.application.parties.create(user=clara, name="Clara", kind="co_borrower")
    prepare(loan)
    with clock.at(days_ahead(31)):
        refused("offer_over", lambda: confirmed(loan, olga, paper))
        refused("offer_over", lambda: recorded(loan, omar, loan.application.parties.get(user=clara)))


def test_a_lapsed_offer_takes_no_paper(loan, paper, olga):
    with clock.at(days_ahead(31)):
        signing.lapse_offers(clock.today())
        with pytest.raises(TransitionNotAllowed):
            confirmed(loan, olga, paper)


def test_other_terms_chosen_meanwhile_make_the_paper_void(in_review, omar, olga, mariam, amina):
    other = {**TERMS, "principal_cents": 400_000}
    decision.recommend(again(in_review), by=omar, reasons=["affordable"], note="Sound.", further=[other], **TERMS)
    loan = decision.approve(again(in_review), by=mariam)
    party = loan.application.parties.get()
    refused("nothing_chosen", lambda: recorded(loan, omar, party))
    choosing.choose(again(loan), by=amina, option=1)
    prepare(again(loan))
    paper = recorded(loan, omar, party)
    choosing.choose(again(loan), by=amina, option=2)
    prepare(again(loan))
    refused("other_terms_on_paper", lambda: confirmed(loan, olga, paper))
    paper_signing.turn_down(again(loan), by=olga, paper=paper.pk, note="She chose the smaller loan.")
    again_signed = recorded(loan, omar, party)
    assert confirmed(loan, olga, again_signed).principal_cents == 400_000


def test_turned_down_another_may_be_recorded_and_the_first_counts_no_more(loan, paper, omar, olga, borrower):
    refused("empty_note", lambda: paper_signing.turn_down(loan, by=olga, paper=paper.pk, note=" "))
    paper_signing.turn_down(again(loan), by=olga, paper=paper.pk, note="The second page is missing.")
    refused("paper_answered", lambda: confirmed(loan, olga, paper))
    photo = recorded(loan, omar, borrower, scan=Attached("signed.jpg", picture()))
    assert confirmed(loan, olga, photo).state == "signed"


def test_only_officers_and_managers_who_are_strangers_to_the_case(loan, borrower, amina, felix, bilal, ada):
    for somebody in (amina, felix, bilal, ada):
        with pytest.raises(PermissionDenied):
            recorded(loan, somebody, borrower)


def test_two_clicks_record_and_confirm_once(loan, omar, olga, borrower):
    first = recorded(loan, omar, borrower, once_key="record")
    assert recorded(loan, omar, borrower, once_key="record") == first
    confirmed(loan, olga, first, once_key="confirm")
    confirmed(loan, olga, first, once_key="confirm")
    assert loan.signatures.count() == PaperSignature.objects.count() == 1


def test_one_signs_on_paper_and_the_other_online(loan, paper, olga, clara, amina):
    loan.application.parties.create(user=clara, name="Clara", kind="co_borrower")
    assert confirmed(loan, olga, paper).state == "offered"
    assert sign(again(loan), clara).state == "signed"
    ways = [each["proof"]["way"] for each in json.loads(again(loan).signings.get().body.file.read())["signatures"]]
    assert ways == ["on_paper", "code_by_mail"]


def test_whoever_signs_online_may_name_who_helped(loan, amina):
    prepare(loan)
    signing.send_code(loan, by=amina)
    said = {"language": "en", "typed_name": amina.name, "code": "000000", **TICKED}
    for half in ({"helper": "Yodit"}, {"helped_in": "Amharic"}):
        refused("helper_unfinished", lambda half=half: signing.sign(loan, by=amina, **said, **half))
    signed = sign(loan, amina, helper="Yodit Bekele", helped_in="Amharic")
    (told,) = json.loads(signed.signings.get().body.file.read())["signatures"]
    assert told["helper"] == {"name": "Yodit Bekele", "language": "Amharic"}
