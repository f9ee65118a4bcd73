"""Roles: proposed by one person, confirmed by a second; stand-ins on their days."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role, RoleChange, User
from accounts.people import ChangeRefused, decide, first_manager, give_role, propose
from config import clock
from letters.models import Letter
from letters.render import render
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_a_role_holds_once_a_second_person_confirmed_it(mariam, carl, olga):
    change = propose("give", olga, Role.MANAGER, by=mariam)
    assert fresh(olga).roles == {Role.OFFICER}
    decide(change, by=carl, confirmed=True)
    assert fresh(olga).roles == {Role.OFFICER, Role.MANAGER}


def test_nobody_confirms_what_they_proposed_or_what_concerns_them(mariam, carl, olga):
    change = propose("give", olga, Role.MANAGER, by=mariam)
    for somebody in (mariam, olga):
        with pytest.raises(PermissionDenied):
            decide(change, by=somebody, confirmed=True)
    assert fresh(olga).roles == {Role.OFFICER}


def test_the_database_too_wants_two_people(mariam, olga):
    change = propose("give", olga, Role.MANAGER, by=mariam)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleChange.objects.filter(pk=change.pk).update(decided_by=mariam)


def test_only_a_manager_proposes(omar, olga):
    with pytest.raises(PermissionDenied):
        propose("give", olga, Role.FINANCE, by=omar)


def test_in_an_office_of_one_the_second_person_accepts_for_themselves(db):
    mariam = first_manager("mariam@office.example", name="Mariam Haddad")
    omar = User.objects.known_as("omar@office.example", name="Omar Diallo")
    change = propose("give", omar, Role.OFFICER, by=mariam)
    assert "loan officer" in render(Letter.objects.get(to=omar, kind="role_proposed")).text
    decide(change, by=omar, confirmed=True)
    assert fresh(omar).roles == {Role.OFFICER}


def test_a_refused_change_changes_nothing_and_is_remembered(mariam, carl, olga):
    change = decide(propose("give", olga, Role.MANAGER, by=mariam), by=carl, confirmed=False)
    assert (change.is_confirmed, change.decided_by, fresh(olga).roles) == (False, carl, {Role.OFFICER})
    with pytest.raises(ChangeRefused, match="decided_already"):
        decide(change, by=carl, confirmed=True)


def test_whoever_proposed_it_may_take_it_back(mariam, olga):
    change = decide(propose("give", olga, Role.MANAGER, by=mariam), by=mariam, confirmed=False)
    assert (change.is_confirmed, change.decided_by) == (False, None)


def test_a_role_is_taken_by_two_and_ended_not_deleted(mariam, carl, olga):
    decide(propose("take", olga, Role.OFFICER, by=mariam), by=carl, confirmed=True)
    assert fresh(olga).roles == frozenset()
    assert olga.grants.get().ended_at is not None


def test_a_stand_in_holds_the_role_on_those_days_only(mariam, carl, olga, felix):
    first, last = clock.today() + timedelta(days=3), clock.today() + timedelta(days=5)
    days = {"stands_in_for": felix, "first_day": first, "last_day": last}
    decide(propose("stand_in", olga, Role.FINANCE, by=mariam, **days), by=carl, confirmed=True)
    held = []
    for offset in (2, 3, 5, 6):
        with clock.at(days_ahead(offset)):
            held.append(Role.FINANCE in fresh(olga).roles)
    assert held == [False, True, True, False]
    assert Role.FINANCE in fresh(felix).roles


@pytest.mark.parametrize(
    ("kind", "role", "code"),
    [("give", Role.OFFICER, "held_already"), ("take", Role.FINANCE, "not_held"), ("stand_in", Role.FINANCE, "no_days")],
)
def test_what_cannot_be_is_refused_with_its_reason(mariam, olga, felix, kind, role, code):
    more = {"stands_in_for": felix} if kind == "stand_in" else {}
    with pytest.raises(ChangeRefused, match=code):
        propose(kind, olga, role, by=mariam, **more)


def test_the_last_manager_stays(mariam):
    with pytest.raises(ChangeRefused, match="last_manager"):
        propose("take", mariam, Role.MANAGER, by=mariam)


def test_the_same_change_is_proposed_once(mariam, olga):
    propose("give", olga, Role.MANAGER, by=mariam)
    with pytest.raises(ChangeRefused, match="proposed_already"):
        propose("give", olga, Role.MANAGER, by=mariam)


def test_staff_are_known_with_their_roles_in_one_query(mariam, olga, felix, django_assert_num_queries):
    give_role(olga, Role.FINANCE, by=mariam)
    with django_assert_num_queries(1):
        assert {person.name: person.roles for person in User.objects.staff()} == {
            "Mariam Haddad": {Role.MANAGER},
            "Olga Petrenko": {Role.OFFICER, Role.FINANCE},
            "Félix Tremblay": {Role.FINANCE},
        }
