"""Whose social insurance number ends soon stands on desk and case, and the officer writes the new day down."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from applicants.models import Applicant
from config import clock
from letters.wording import day
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db
SIN = "912345675"


def words(page):
    text = re.sub(r"<[^>]+>", " ", page.content.decode().replace("\xa0", " "))
    return re.sub(r"\s+", " ", html.unescape(text))


@pytest.fixture
def ends_soon(submitted):
    person = submitted.applicant
    person.remember_sin(SIN, clock.today() + timedelta(days=30))
    person.save()
    return submitted


def test_the_desk_and_the_case_say_until_when_it_is_good(ends_soon, omar):
    officer, until = Person("en", omar), day(clock.today() + timedelta(days=30))
    assert f"Social insurance number: until {until}" in words(officer.opens("desk"))
    assert ends_soon.reference in words(officer.browser.get(reverse("desk"), {"show": "numbers"}))
    said = words(officer.opens("case", ends_soon.reference))
    assert f"The social insurance number is good until {until}: ask for the new day." in said
    assert SIN not in said


def test_the_new_day_takes_it_off_the_desk(ends_soon, omar):
    officer, new = Person("en", omar), clock.today() + timedelta(days=400)
    said = words(officer.sends("number_renewal", ends_soon.reference, ends_on=new.isoformat()))
    assert "Written down." in said
    assert "ask for the new day" not in said
    assert "Social insurance number brought up to date" in said
    assert ends_soon.reference not in words(officer.browser.get(reverse("desk"), {"show": "numbers"}))
    assert Applicant.objects.get(pk=ends_soon.applicant_id).sin_expires_on == new


def test_a_day_that_is_over_is_told_beside_the_question(ends_soon, omar):
    browser = Person("en", omar).browser
    answer = browser.post(reverse("number_renewal", args=[ends_soon.reference]), {"ends_on": "2020-01-01"})
    assert answer.status_code == 422
    assert "On this day the number has ended already." in words(answer)
    answer = browser.post(reverse("number_renewal", args=[ends_soon.reference]), {})
    assert "Write the new day, or tick that the number shall be forgotten." in words(answer)


def test_an_auditor_learns_nothing_of_it(ends_soon, ada):
    auditor, until = Person("en", ada), day(clock.today() + timedelta(days=30))
    said = words(auditor.opens("case", ends_soon.reference))
    assert "insurance number is good" not in said
    assert until not in said
    assert "Number ends" not in words(auditor.opens("desk"))
    assert ends_soon.reference not in words(auditor.browser.get(reverse("desk"), {"show": "numbers"}))


def test_a_number_that_is_good_for_long_is_no_matter(ends_soon, omar):
    Applicant.objects.update(sin_expires_on=clock.today() + timedelta(days=61))
    officer = Person("en", omar)
    assert "Social insurance number: until" not in words(officer.opens("desk"))
    assert "is good until" not in words(officer.opens("case", ends_soon.reference))
