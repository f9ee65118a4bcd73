"""A business loan with all of it: a flag, more asked, income adjusted, two votes, another offer, on a condition."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.reviewing import checklist, flags
from loans.models import Condition
from loans.views.deeds import new_once_key
from tests.cases import TICKS, again, fill_in, picture
from tests.journeys.person import Person, answers_the_questions, checks_account, code_mailed, tells_account
from tests.journeys.test_a_business_loan import today_typed
from tests.people import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery(office):
    """The product for businesses; one person decides up to $2,000."""
    product = office.get(code="business")
    product.one_decides_up_to_cents = 200_000
    product.save()
    return product


@pytest.fixture
def case(checklist, amina, bilal, bakery):
    """Amina's request, which looks like one that Bilal began under her telephone number and sent."""
    earlier = submission.submit(fill_in(filling.start(bilal, bakery), bilal), by=bilal)
    assert earlier.state == "submitted"
    return submission.submit(fill_in(filling.start(amina, bakery), amina), by=amina)


def key(**typed):
    return {**typed, "once_key": new_once_key()}


def looks_into_it(officer, case):
    """Takes the case, answers what was flagged, asks for a paper, adjusts the pay, and goes through the checklist."""
    officer.sends("review", case.reference, **key())
    found = [flag for flag in flags.flags_of(case) if flag.kind == "same_person"]
    assert found
    for flag in found:
        answer = key(verdict="somebody_else", note="Two people in one flat share the telephone.", token=flag.token)
        officer.sends("flag_answer", case.reference, flag.key, **answer)
    assert not [flag for flag in flags.flags_of(again(case)) if flag.kind == "same_person" and flag.is_open]
    boxes = {"ask-paper-bank_statements": "yes", "why-paper-bank_statements": "Those of May, please."}
    officer.sends("questions", case.reference, **key(**boxes))


def sends_the_paper(applicant, case):
    file = SimpleUploadedFile("may.jpg", picture(), content_type="image/jpeg")
    applicant.sends("papers", case.reference, kind="bank_statements", file=file)
    applicant.sends("check_answers", case.reference, **key())
    assert again(case).state == "in_review"


def stands_for_less(officer, case):
    pay = key(cents="1,800", note="The overtime of May was the last.")
    officer.sends("figure_adjustment", case.reference, "budget.pay.0", **pay)
    items = {f"item-{item.key}": "yes" for item in checklist.checklist_of(again(case)).items}
    officer.sends("checklist_answers", case.reference, **key(**items))
    lease = key(text_en="The lease is signed.", text_fr="Le bail est signé.", before="advance")
    officer.sends("condition_new", case.reference, **lease)
    options = {"principal_cents": "4,000", "repayment_months": "24"}
    options |= {"principal_cents_2": "3,000", "repayment_months_2": "24", "why_other": "The first oven comes first."}
    said = {"reason-sound_business": "yes", "note": "Less to begin with."}
    officer.sends("recommendation", case.reference, **options, **key(**said))
    assert again(case).state == "recommended"


def signs(person, case, name):
    person.opens("offer", case.reference)
    person.browser.get(f"/my/{case.reference}/offer/agreement.pdf")
    answers_the_questions(person, case)
    person.sends("signing_code", case.reference)
    typed = {**TICKS, "typed_name": name, "code": code_mailed("signing_code")}
    person.sends("signature", case.reference, **key(**typed))


def test_another_offer_is_taken_and_its_money_waits_for_the_lease(case, amina, omar, carl, felix):
    officer, applicant, finance = Person("en", omar), Person("fr", amina), Person("en", felix)
    looks_into_it(officer, case)
    sends_the_paper(applicant, case)
    stands_for_less(officer, case)
    for member in (carl, somebody("bea@board.example", "Bea Chang", Role.COMMITTEE)):
        voter = Person("en", member)
        memo = voter.opens("case_memo", case.reference).content.decode()
        assert "The lease is signed." in memo
        assert "The overtime of May was the last." in memo
        voter.sends("votes", case.reference, **key(in_favour="yes", note=""))
    loan = again(case).loans.get()
    assert (again(case).state, len(loan.options)) == ("approved", 2)

    page = applicant.opens("offer", case.reference).content.decode()
    assert "The first oven comes first." in page
    assert "Le bail est signé." in page
    applicant.sends("offer_choice", case.reference, **key(option="2"))
    assert again(loan).principal_cents == 300_000
    tells_account(applicant, case)
    signs(applicant, case, "Amina El-Sayed")
    assert again(loan).state == "signed"

    told = finance.browser.post(f"/loans/{loan.number}/advances/1/release/", key())
    assert told.status_code == 422
    assert again(loan).advances.get().state == "planned"
    officer.sends("condition_met", case.reference, Condition.objects.get().pk, **key(note="I saw the lease."))
    checks_account(officer, case)
    finance.sends("advance_release", loan.number, 1, **key())
    finance.sends("advance_sending", loan.number, 1, **today_typed(), **key())
    assert again(loan).state == "active"
