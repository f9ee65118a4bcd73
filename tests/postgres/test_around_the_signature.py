"""Around the signature at the same moment: one signature a party, one offer, one end."""

from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from config import clock
from loans.lifecycle.contracts import cooling, paper_signing, signing
from loans.lifecycle.contracts.receiving import receive
from loans.lifecycle.deciding import re_offering
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing.messages import Attached
from loans.models import Loan, Signature
from tests.cases import TICKED, again, explain, newest_code, pdf, prepare
from tests.postgres.test_at_once import both

TOO_LATE = (Refused, TransitionNotAllowed, PermissionDenied)


def on_paper(loan, by):
    party = loan.application.parties.get()
    prepare(loan)
    return paper_signing.record(
        loan,
        by=by,
        party=party.pk,
        scan=Attached("signed.pdf", pdf()),
        name="Amina El-Sayed",
        signed_on=clock.today(),
        agreed=True,
        debit_agreed=True,
        explained_by="staff",
    )


def one_was_too_late(results):
    return [isinstance(result, TOO_LATE) for result in results].count(True) == 1


def test_two_who_confirm_one_paper_at_once_put_one_signature(committed, loan, omar, olga, mariam):
    paper = on_paper(loan, omar)
    people = iter((olga, mariam))
    results = both(lambda: paper_signing.confirm(loan, by=next(people), paper=paper.pk, matches=True))
    assert one_was_too_late(results)
    assert (Signature.objects.count(), again(loan).state) == (1, "signed")


def test_signed_online_and_confirmed_on_paper_at_once_is_one_signature(committed, loan, omar, olga, amina):
    paper = on_paper(loan, omar)
    explain(loan, amina)
    signing.send_code(loan, by=amina)
    said = {"language": "en", "typed_name": amina.name, "code": newest_code(amina), **TICKED}
    acts = iter(
        (
            lambda: signing.sign(loan, by=amina, **said),
            lambda: paper_signing.confirm(loan, by=olga, paper=paper.pk, matches=True),
        )
    )
    assert one_was_too_late(both(lambda: next(acts)()))
    assert (Signature.objects.count(), again(loan).advances.count()) == (1, 1)


def test_offered_again_twice_at_once_is_one_offer(committed, loan, omar, amina):
    signing.refuse(loan, by=amina)
    case = again(loan.application)
    assert one_was_too_late(both(lambda: re_offering.re_offer(case, by=omar)))
    assert [each.state for each in case.loans.all()] == ["offered", "refused"]


def test_withdrawn_and_called_off_at_once_ends_once(committed, signed, amina, mariam):
    Loan.objects.filter(pk=signed.pk).update(cooling_days=2)
    acts = iter(
        (
            lambda: cooling.withdraw_from(again(signed), by=amina),
            lambda: signing.cancel(again(signed), by=mariam, note="She found a bursary."),
        )
    )
    assert one_was_too_late(both(lambda: next(acts)()))
    assert (again(signed).state, again(signed.application).state) == ("cancelled", "in_review")


def test_a_paper_that_a_browser_asks_for_twice_at_once_is_taken_once(committed, signed, amina):
    file = signed.agreements.get(language="en").file
    assert both(lambda: receive(again(signed.application), file, by=amina)) == [None, None]
    assert signed.application.events.filter(verb="receive_paper").count() == 1
