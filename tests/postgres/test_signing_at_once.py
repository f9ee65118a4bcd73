"""Two people, or two clicks, at the same offer in the same moment."""

import pytest

from accounts.passkeys import Shown
from config import clock
from loans.lifecycle.contracts import signing
from loans.lifecycle.offering import own_terms
from loans.lifecycle.refusal import Refused
from loans.models import Application, Event, Loan, Signature, SigningRecord
from tests.cases import TICKED, again, explain, has_account, newest_code, prepare_papers
from tests.postgres.test_at_once import both


@pytest.fixture
def ready(loan, amina, clara):
    """An offer that Amina and Clara have read, each with a code."""
    loan.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    has_account(loan.application)
    for user in (amina, clara):
        prepare_papers(again(loan), user, "en")
        explain(again(loan), user)
        signing.send_code(loan, by=user)
    return again(loan)


def sign(loan, user, **other):
    said = {"language": "en", "typed_name": user.name, "code": newest_code(user), **TICKED, **other}
    return signing.sign(Loan.objects.get(pk=loan.pk), by=user, **said)


def test_two_clicks_at_once_sign_once(committed, ready, amina):
    both(lambda: sign(ready, amina, once_key="one form"))
    assert Signature.objects.count() == 1
    assert Event.objects.filter(verb="put_signature").count() == 1
    assert again(ready).state == "offered"


def test_two_tabs_at_once_sign_once_and_the_other_is_told_so(committed, ready, amina):
    tabs, passkey = iter("ab"), Shown(1, amina.pk, clock.now())
    results = both(lambda: sign(ready, amina, passkey=passkey, once_key=next(tabs)))
    assert [result.code for result in results if isinstance(result, Refused)] == ["signed_already"]
    assert [type(result) for result in results].count(Loan) == Signature.objects.count() == 1


def test_two_signers_at_once_are_both_signed_and_sealed_once(committed, ready, amina, clara):
    users = iter((amina, clara))
    both(lambda: sign(ready, next(users)))
    assert (Signature.objects.count(), SigningRecord.objects.count()) == (2, 1)
    assert again(ready).state == "signed"


def test_the_last_signature_and_a_no_at_once_one_of_them_holds(committed, ready, amina, clara):
    sign(ready, amina)
    acts = iter((lambda: sign(ready, clara), lambda: signing.decline_to_sign(again(ready), by=clara)))
    both(lambda: next(acts)())
    loan = again(ready)
    is_signed = Signature.objects.filter(party__user=clara).exists()
    assert loan.state == ("signed" if is_signed else "refused")
    assert Application.objects.get().state == ("approved" if is_signed else "in_review")


def test_other_terms_and_a_signature_at_once_nobody_signs_what_they_have_not_read(committed, ready, amina, clara):
    read = ready.plans.get().pk
    terms = {"principal_cents": 300_000, "repayment_months": 12, "pay_day": 5}
    acts = iter(
        (
            lambda: sign(ready, clara, shown=read),
            lambda: own_terms.take(again(ready), by=amina, **terms, shown=read),
        )
    )
    both(lambda: next(acts)())
    loan = again(ready)
    was_signed = Signature.objects.exists()
    assert loan.principal_cents == (500_000 if was_signed else 300_000)
    assert loan.plans.count() == 1
