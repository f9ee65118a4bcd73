"""Everybody who owns a part or is named signs: invited once, also when named only after a question."""

import pytest
from django.template.loader import render_to_string

from accounts.models import User
from letters.models import Letter
from letters.render import render
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.contracts.contract import agreement_facts
from loans.lifecycle.reviewing import review
from loans.models import Application
from loans.models.form import Form
from tests.cases import again, fill_in

pytestmark = pytest.mark.django_db
CLARA = {"owner_name": "Clara El-Sayed", "owner_email": "clara@example.org", "owner_share": "40"}


@pytest.fixture
def business(office, amina):
    return filling.start(amina, office.get(code="business"))


def people(case):
    return [(party.user.email, party.kind) for party in case.parties.all()]


def test_a_co_owner_named_after_a_question_is_invited_then(business, amina, omar):
    fill_in(business, amina, business={"share": "60"})
    case = review.take(submission.submit(business, by=amina), by=omar)
    assert people(case) == [(amina.email, "borrower")]
    case = review.ask_for_more(case, by=omar, asked=[("owners", "Your sister bakes with you?")])
    filling.save(case, Form(case).purpose.section("owners"), [CLARA], by=amina)
    filling.save(case, Form(case).purpose.section("owners"), [CLARA], by=amina)
    case = review.answer(again(case), by=amina)
    assert people(case) == [(amina.email, "borrower"), ("clara@example.org", "co_borrower")]
    assert Letter.objects.filter(kind="co_signer_invited").count() == 1


def test_somebody_named_twice_is_one_party(business, amina):
    again_named = {"has_co_signer": "yes", "co_signer_name": "Clara", "co_signer_email": "clara@example.org"}
    fill_in(business, amina, signers=again_named, owners=[CLARA], business={"share": "60"})
    case = submission.submit(business, by=amina)
    assert people(case) == [(amina.email, "borrower"), ("clara@example.org", "co_borrower")]


def test_a_guarantor_is_told_what_a_guarantor_is(draft, amina):
    named = {
        "has_co_signer": "yes",
        "co_signer_name": "Clara",
        "co_signer_email": "clara@example.org",
        "co_signer_kind": "guarantor",
    }
    fill_in(draft, amina, signers=named)
    case = submission.submit(Application.objects.get(pk=draft.pk), by=amina)
    assert people(case)[1] == ("clara@example.org", "guarantor")
    assert "guarantee it" in render(Letter.objects.get(kind="co_signer_invited")).text


@pytest.mark.parametrize(
    ("owners", "code"),
    [
        ([{**CLARA, "owner_email": "amina@example.org"}], "named_already"),
        ([CLARA, CLARA], "named_already"),
        ([{**CLARA, "owner_share": "70"}], "more_than_all"),
    ],
)
def test_owners_who_cannot_be_are_named(business, amina, owners, code):
    fill_in(business, amina, owners=owners, business={"share": "60"})
    gaps = {gap.code for gap in Form(business).all_gaps()}
    assert code in gaps


def test_the_agreement_says_what_a_guarantor_owes_and_only_then(loan):
    def agreement():
        return render_to_string("loans/agreement.html", {**agreement_facts(loan), "title": ""})

    assert "For the guarantor" not in agreement()
    clara = User.objects.known_as("clara@example.org", name="Clara")
    loan.application.parties.create(user=clara, name="Clara", kind="guarantor")
    assert "The guarantor never owes more than the borrower" in agreement()
