"""The matrix asks together with somebody, so that two people sign, and visits its addresses."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from accounts.models import Recovery, RoleChange
from applicants.models import CallBack
from loans.lifecycle.applying import filling, uploads
from loans.models import BankAccount, CalendarDay, Complaint, SettingChange
from tests.cases import fill_in, sign
from tests.loans.matrix.address import ALL
from tests.loans.matrix.machines import PEOPLE
from tests.people import signs_in


@pytest.fixture
def draft(amina, clara, product):
    """A filled form of somebody who asks together with Clara."""
    together = {"has_co_signer": "yes", "co_signer_name": clara.name, "co_signer_email": clara.email}
    return fill_in(filling.start(amina, product), amina, signers=together)


@pytest.fixture
def signed(loan, amina, clara):
    sign(loan, amina)
    return sign(loan, clara)


@pytest.fixture
def people(request):
    """Name → user: everybody who tries every verb."""
    return {name: request.getfixturevalue(name) for name in PEOPLE}


@pytest.fixture
def visit(client, request):
    """`visit(address, "get", "omar")`: the response, in English unless told; what a visit changed is taken back."""
    everybody = {name: request.getfixturevalue(name) for name in (*ALL.split(), "newcomer")}
    client.raise_request_exception = False

    def respond(address, method, who, language="en"):
        url = url_of(address)
        client.logout()
        if who:
            signs_in(client, everybody[who])
        client.cookies["language"] = language
        with transaction.atomic():
            response = getattr(client, method)(url)
            transaction.set_rollback(True)
        return response

    def url_of(address):
        world = request.getfixturevalue(address.world) if address.world else None
        if isinstance(world, RoleChange | CalendarDay | SettingChange | CallBack | Recovery | Authenticator):
            return reverse(address.name, args=[world.pk])
        if isinstance(world, Complaint):
            return reverse(address.name, args=[world.number])
        if isinstance(world, str):  # what a letter carries
            return reverse(address.name, args=[world])
        case = world.case if world else None
        facts = {"case": case and case.reference}
        if "loan" in address.args:
            facts["loan"] = case.loans.get().number
        if "party" in address.args:
            facts["party"] = case.parties.get(kind="borrower").pk
        if "signed_paper" in address.args:
            facts["signed_paper"] = case.loans.get().paper_signatures.get().pk
        if "paper" in address.args:
            facts["paper"] = case.documents.get(kind="identity").pk
        if "statement" in address.args:
            facts["statement"] = case.loans.get().papers.first().pk
        if "report" in address.args:
            facts["report"] = case.credit_reports.get().pk
        if "conflict" in address.args:
            facts["conflict"] = case.conflicts.get().pk
        if "task" in address.args:
            facts["task"] = case.tasks.get().pk
        if "referral" in address.args:
            facts["referral"] = case.referrals.get().pk
        if "condition" in address.args:
            facts["condition"] = case.conditions.get().pk
        if "account" in address.args:
            facts["account"] = BankAccount.objects.get(party__application=case).pk
        if "file" in address.args:
            facts["file"] = case.messages.get().files.get().pk
        if "copy" in address.args:
            facts["copy"] = case.loans.get().signatures.first().agreement.file_id
        if "letter" in address.args:
            letters = case.applicant.user.letters.filter(case_reference=case.reference)
            letters.update(language="fr")  # a letter stays in its own language on a page in another one
            facts["letter"] = letters.latest("pk").pk
        if "attached" in address.args:
            signed = case.applicant.user.letters.get(kind="signed")
            facts |= {"letter": signed.pk, "attached": signed.attachments.first().pk}
        if "record" in address.args:
            facts["record"] = case.records.first().pk
        if "count" in address.args:
            facts["count"] = case.recommendation.vote_count.pk
        if "upload" in address.args:
            begun = uploads.begin(case, "identity", name="x.jpg", size=9, sha256="0" * 64, by=case.applicant.user)
            facts["upload"] = begun.code
        return reverse(address.name, args=[facts.get(part, part) for part in address.args])

    return respond
