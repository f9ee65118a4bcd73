"""An office of two staff and two board members: a contested case above the limit, from a no to a yes on appeal."""

import pytest

from accounts.models import Role
from accounts.people import give_role
from letters.models import Letter
from letters.render import render
from tests.cases import again
from tests.journeys.person import Person, sign
from tests.people import somebody

pytestmark = pytest.mark.django_db
TERMS = {"principal_cents": "5,000", "study_months": "6", "repayment_months": "24"}


@pytest.fixture
def office_of_two(omar, mariam, carl, product):
    """Omar reviews and moves money, Mariam manages and reviews; Carl and Bea are the board. One decides up to 4,000."""
    give_role(omar, Role.FINANCE, by=mariam)
    give_role(mariam, Role.OFFICER, by=omar)
    product.one_decides_up_to_cents = 400_000
    product.save()
    bea = somebody("bea@board.example", "Bea Chang", Role.COMMITTEE)
    people = {"omar": omar, "mariam": mariam, "carl": carl, "bea": bea}
    return {name: Person("en", user) for name, user in people.items()}


def recommends(officer, case, key):
    officer.sends(
        "recommendation", case.reference, **TERMS, **{"reason-affordable": "yes", "note": "Sound.", "once_key": key}
    )


def votes(member, case, word, key, why=""):
    return member.sends("votes", case.reference, in_favour=word, note=why, once_key=key)


def test_a_contested_case_goes_through_an_appeal_to_a_yes(submitted, amina, office_of_two):
    case, applicant = submitted, Person("en", amina)
    omar, mariam, carl, bea = (office_of_two[name] for name in ("omar", "mariam", "carl", "bea"))
    omar.sends("review", case.reference, once_key="take")
    recommends(omar, case, "recommend 1")

    alone = mariam.browser.post(f"/cases/{case.reference}/approval/", {"once_key": "alone"})
    assert alone.status_code == 422
    assert "Above that the committee decides" in alone.content.decode()
    page = votes(carl, case, "no", "carl 1", "Her debts worry me.")
    assert "Carl Nguyen has voted." in page.content.decode()
    for reader in (omar, mariam, bea):
        text = reader.opens("case", case.reference).content.decode()
        assert "Her debts worry me." not in text
        assert "against" not in text
    votes(bea, case, "yes", "bea 1")
    assert again(case).state == "in_review"
    text = omar.opens("case", case.reference).content.decode()
    assert "Her debts worry me." in text

    mariam.sends("refusal", case.reference, **{"reason-debts_too_high": "yes", "once_key": "no"})
    assert again(case).state == "declined"
    assert "Ask us to look again" in applicant.opens("my_case", case.reference).content.decode()
    applicant.sends("appeal", case.reference, note="The car is paid off, here is the letter.", once_key="appeal")
    assert again(case).state == "appealed"

    typed = {"note": "Yes.", "once_key": "x"}
    assert omar.browser.post(f"/cases/{case.reference}/appeal/success/", typed).status_code == 403
    decider = mariam.browser.post(f"/cases/{case.reference}/appeal/success/", typed)
    assert decider.status_code == 422
    assert "Carl Nguyen" in decider.content.decode()
    assert again(case).state == "appealed"
    carl.sends("appeal_success", case.reference, note="Look at the debts again.", once_key="heard")
    assert again(case).state == "in_review"

    recommends(omar, case, "recommend 2")
    votes(carl, case, "yes", "carl 2")
    assert again(case).state == "recommended"
    votes(bea, case, "yes", "bea 2")
    case = again(case)
    assert (case.state, case.decided_by) == ("approved", None)
    sign(applicant, case)
    assert case.loans.get().state == "signed"
    told = [letter.kind for letter in Letter.objects.filter(to=amina).order_by("pk")]
    assert [kind for kind in told if kind in ("declined", "appeal_received", "appeal_granted", "offer")] == [
        "declined",
        "appeal_received",
        "appeal_granted",
        "offer",
    ]


def test_a_decision_that_stands_is_told_with_its_reason(submitted, amina, office_of_two):
    case, applicant = submitted, Person("en", amina)
    omar, mariam, bea = (office_of_two[name] for name in ("omar", "mariam", "bea"))
    omar.sends("review", case.reference, once_key="take")
    mariam.sends("refusal", case.reference, **{"reason-debts_too_high": "yes", "once_key": "no"})
    applicant.sends("appeal", case.reference, note="Please look again.", once_key="appeal")
    bea.sends("appeal_dismissal", case.reference, note="The debts are still there.", once_key="heard")
    assert again(case).state == "decision_stands"
    assert "The debts are still there." in render(Letter.objects.get(kind="decision_stands")).text
    page = applicant.opens("my_case", case.reference).content.decode()
    assert "The answer stays no" in page
    assert "Ask us to look again" not in page
