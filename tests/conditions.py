"""Conditions as officers ask for them in the tests. Loaded by the root conftest."""

import pytest
from django.core.exceptions import PermissionDenied

from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import decision
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conditions
from loans.models import Condition, Event, Loan, Reopening, Signature, Waiver
from tests.cases import TERMS, TICKED, again, explain, has_account, newest_code, prepare_papers, sign

LEASE = {"text_en": "The lease is signed.", "text_fr": "Le bail est signé."}


def ask(case, by, **other):
    facts = {"before": "signing", **other}
    return conditions.add_condition(again(case), by=by, **({} if "words" in facts else LEASE), **facts)


def recommend(case, by, **other):
    return decision.recommend(again(case), by=by, reasons=["affordable"], note="Sound.", **TERMS, **other)


def traces():
    """How many rows a refused deed would add to; the questions that were explained before it do not count."""
    events = Event.objects.exclude(verb="explain").count()
    return [events, *(model.objects.count() for model in (Condition, Waiver, Reopening, Loan, Signature))]


def refused(act):
    """The code with which `act()` is refused; it leaves no trace."""
    before = traces()
    with pytest.raises(Refused) as told:
        act()
    assert traces() == before
    return told.value.code


def forbidden(act, error=PermissionDenied):
    before = traces()
    with pytest.raises(error):
        act()
    assert traces() == before
    return True


def put_name(loan, user, **other):
    has_account(loan.application)
    prepare_papers(loan, user, "en")
    explain(loan, user)
    signing.send_code(loan, by=user)
    said = {"language": "en", "typed_name": user.name, "code": newest_code(user), **TICKED, **other}
    return signing.sign(again(loan), by=user, **said)


def waive(case, by, condition, reason="The landlord is known to us."):
    return conditions.waive_condition(again(case), by=by, condition=condition, reason=reason)


@pytest.fixture
def lease(in_review, omar):
    """The condition that a lease is signed, asked for before anybody signs the loan."""
    return ask(in_review, omar)


@pytest.fixture
def promised(lease, omar, mariam):
    """The case of that condition, approved: its loan is offered."""
    recommend(lease.application, omar)
    decision.approve(again(lease.application), by=mariam)
    return again(lease.application)


@pytest.fixture
def before_money(in_review, omar, mariam, amina):
    """A signed loan whose money waits for an invoice."""
    condition = ask(in_review, omar, before="advance", words="invoice")
    recommend(in_review, omar)
    decision.approve(again(in_review), by=mariam)
    sign(again(in_review).loans.get(), amina)
    return condition
