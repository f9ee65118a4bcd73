"""A no, and a referral to another lender that is accepted there: asked, agreed to, sent, its outcome kept."""

import pytest

from applicants.models import Partner
from letters.models import Letter
from letters.render import render
from loans.models import Referral
from loans.views.deeds import new_once_key
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db


def test_a_referral_to_another_lender_accepted_there(submitted, amina, omar, mariam):
    Partner.objects.filter(code="windmill").update(email="intake@windmill.example")
    officer, manager, person = Person("en", omar), Person("fr", mariam), Person("ar", amina)
    reference = submitted.reference
    officer.sends("review", reference, once_key="take")
    manager.sends("refusal", reference, **{"reason-not_affordable": "yes", "once_key": "no"})

    page = officer.opens("case_referrals", reference)
    assert page.context["offer"]
    wish = "Examens de pharmacie, Toronto"
    officer.sends("case_referrals_new", reference, partner="windmill", wish=wish, once_key="offer")
    referral = Referral.objects.get()
    assert Letter.objects.filter(kind="referral_offered", to=amina).exists()

    page = person.opens("my_referrals", reference).content.decode()
    assert wish in page
    assert not Letter.objects.filter(kind="referral").exists()
    person.sends("my_referral_answer", reference, referral.pk, deed="yes", once_key=new_once_key())

    officer.sends("case_referral_sending", reference, referral.pk, way="email", once_key="send")
    letter = render(Letter.objects.get(kind="referral", address_hash__gt=""))
    assert wish in letter.text
    assert "Windmill Microlending" in person.opens("my_referrals", reference).content.decode()

    officer.sends("case_referral_outcome", reference, referral.pk, outcome="accepted", once_key="end")
    referral.refresh_from_db()
    assert (referral.outcome, referral.closed.by) == ("accepted", omar)
    assert "Accepted there" in officer.opens("case_referrals", reference).content.decode()
    story = officer.opens("case", reference).content.decode()
    for words in ("Referral offered", "Referral agreed to", "Referral sent", "Outcome of the referral written down"):
        assert words in story
