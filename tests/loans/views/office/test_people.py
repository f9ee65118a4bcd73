"""The page of people and roles."""

from datetime import timedelta

import pytest

from accounts.models import Role, RoleChange, User
from config import clock
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db


def three_boxes(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_a_role_is_proposed_on_the_page_and_confirmed_by_a_second_person(mariam, carl):
    page = Person("en", mariam).sends(
        "role_changes", "give", name="Nia Owusu", email="nia@office.example", role="officer"
    )
    assert "Nia Owusu becomes: loan officer" in page.content.decode()
    change = RoleChange.objects.get()
    assert "Confirm</button>" not in page.content.decode()
    Person("en", carl).sends("role_decision", change.pk, answer="confirm")
    assert User.objects.get(email="nia@office.example").roles == {Role.OFFICER}
    page = Person("fr", carl).opens("people").content.decode()
    assert "Nia Owusu" in page


def test_a_stand_in_is_proposed_with_its_days(mariam, olga, felix):
    first, last = clock.today(), clock.today() + timedelta(days=9)
    typed = {"person": olga.pk, "stands_in_for": felix.pk, "role": "finance"}
    Person("en", mariam).sends(
        "role_changes", "stand_in", **typed, **three_boxes("first_day", first), **three_boxes("last_day", last)
    )
    change = RoleChange.objects.get()
    assert (change.person, change.stands_in_for, change.last_day) == (olga, felix, last)


def test_what_cannot_be_is_told_beside_its_box(mariam, olga):
    manager = Person("en", mariam)
    answer = manager.browser.post("/office/people/changes/take/", {"person": olga.pk, "role": "finance"})
    assert answer.status_code == 422
    assert "That role is not held" in answer.content.decode()


def test_whoever_is_asked_to_accept_reads_only_what_concerns_them(mariam, bilal):
    manager = Person("en", mariam)
    manager.sends("role_changes", "give", name="Bilal", email=bilal.email, role="officer")
    page = Person("en", bilal).opens("people").content.decode()
    assert "Bilal becomes: loan officer" in page
    assert mariam.email not in page
    Person("en", bilal).sends("role_decision", RoleChange.objects.get().pk, answer="confirm")
    assert User.objects.get(pk=bilal.pk).roles == {Role.OFFICER}
