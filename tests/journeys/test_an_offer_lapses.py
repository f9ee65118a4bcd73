"""Nobody signs in time: the offer ends, the case returns to the desk, another offer is made and signed."""

import pytest
from django.core.management import call_command

from config import clock
from letters.models import Letter
from letters.render import render
from loans.models import Application
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.journeys.person import Person, decide, sign

pytestmark = pytest.mark.django_db


def test_an_offer_that_nobody_signed_lapses_and_a_new_one_is_signed(submitted, amina, omar, mariam):
    loan = decide(submitted, omar, mariam)
    applicant = Person("en", amina)
    assert "Read the offer" in applicant.opens("my_case", submitted.reference).content.decode()
    with clock.at(days_ahead(31)):
        call_command("nightly")
        assert (again(loan).state, again(submitted).state) == ("lapsed", "in_review")
        page = applicant.opens("offer", submitted.reference)
        assert page.redirect_chain[-1][0] == f"/my/{submitted.reference}/"
        letter = render(Letter.objects.get(kind="offer_lapsed"))
        assert "offer" not in letter.subject.lower()
        officer = Person("en", omar)
        assert submitted.reference in officer.opens("desk").content.decode()
        terms = {"principal_cents": "4,000", "study_months": "3", "repayment_months": "24"}
        said = {"reason-affordable": "yes", "note": "She was abroad.", "once_key": "recommend again"}
        officer.sends("recommendation", submitted.reference, **terms, **said)
        Person("fr", mariam).sends("approval", submitted.reference, note="", once_key="approve again")
        sign(applicant, submitted)
    assert Application.objects.get(pk=submitted.pk).loans.get(state="signed").principal_cents == 400_000


def test_what_was_typed_too_late_is_told_and_not_taken(submitted, amina, omar, mariam):
    loan = decide(submitted, omar, mariam)
    applicant = Person("en", amina)
    applicant.sends("signing_code", submitted.reference)
    with clock.at(days_ahead(31)):
        call_command("nightly")
        page = applicant.sends("signature", submitted.reference, agreed="yes", typed_name="Amina", code="123456")
    assert "There is no open offer any more" in page.content.decode()
    assert not loan.signatures.exists()
