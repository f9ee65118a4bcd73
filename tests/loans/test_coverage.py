"""Which deeds nobody could do with these people, and what a case says that waits for nobody."""

import pytest

from accounts.models import Role, User
from accounts.people import give_role
from loans.coverage import gaps, who_is_missing
from tests.cases import again
from tests.journeys.person import Person
from tests.people import somebody

pytestmark = pytest.mark.django_db


def test_a_full_office_has_no_gap(product, omar, olga, mariam, felix, carl):
    give_role(olga, Role.MANAGER, by=mariam)
    for number in (1, 2):
        somebody(f"board{number}@board.example", f"Board {number}", Role.COMMITTEE)
    assert gaps(User.objects.staff()) == []


def test_a_manager_who_is_the_only_officer_cannot_decide_alone(product, mariam, felix):
    give_role(mariam, Role.OFFICER, by=None)
    found = gaps(User.objects.staff())
    assert "Nobody can decide on what Mariam Haddad recommends: another manager is missing." in found


def test_finance_that_also_reviews_needs_somebody_else_for_its_money(product, omar, mariam):
    give_role(omar, Role.FINANCE, by=mariam)
    found = gaps(User.objects.staff())
    assert "Nobody can send the money for what Omar Diallo recommends: somebody else in finance is missing." in found


def test_a_committee_of_one_cannot_vote_above_the_limit(product, omar, olga, mariam, felix, carl):
    product.one_decides_up_to_cents = 400_000
    product.save()
    found = gaps(User.objects.staff())
    assert "Above the limit nobody can approve what Omar Diallo recommends: the committee is too small." in found


def test_a_case_that_nobody_may_decide_waits_and_says_who_is_missing(recommended, omar, mariam):
    grant = mariam.grants.get()
    grant.role = Role.OFFICER
    grant.save()
    give_role(omar, Role.MANAGER, by=mariam)
    assert "a manager who did not recommend it" in who_is_missing(again(recommended))
    page = Person("en", omar).opens("case", recommended.reference)
    assert "Nobody who works here can decide on this" in page.content.decode()
    answer = Person("en", omar).browser.post(f"/cases/{recommended.reference}/approval/", {"once_key": "alone"})
    assert (answer.status_code, again(recommended).state) == (403, "recommended")


def test_a_case_that_somebody_can_decide_says_nothing(recommended, mariam):
    assert who_is_missing(again(recommended)) == ""
