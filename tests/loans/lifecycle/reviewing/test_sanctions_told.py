"""A new name on a list of sanctions that is like one in a case under way: its officer is written to, once."""

import pytest
from django.urls import reverse

from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.applying import submission
from loans.lifecycle.reviewing import flags, review, sanctions
from tests.cases import again
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
LIST = "name,born,item\nEl-Sayed AMINA,1985-03-27,42\n"


def told(kind="sanctions_hit"):
    return [(letter.to, letter.facts["count"]) for letter in Letter.objects.filter(kind=kind).order_by("pk")]


def night(days=0):
    with clock.at(days_ahead(days)):
        return flags.count_flags(clock.today()).done


def test_the_night_writes_to_the_officer_about_a_new_name_on_a_list_once(in_review, mariam, omar):
    night()
    assert told() == []
    sanctions.load("Canada", LIST.encode(), by=mariam)
    for days in (0, 0, 1):
        night(days)
    assert told() == [(omar, 1)]
    words = render(Letter.objects.get(kind="sanctions_hit")).text
    assert in_review.reference in words
    assert reverse("case_flags", args=[in_review.reference]) in words
    assert "Amina" not in words


def test_several_of_one_night_are_one_letter_and_a_later_one_another(in_review, mariam, omar):
    sanctions.load("Canada", LIST.encode(), by=mariam)
    sanctions.load("Elsewhere", b"name,item\nAmina El-Sayed,7\n", by=mariam)
    night()
    assert told() == [(omar, 2)]
    sanctions.load("A third", b"name,item\nEl-Sayed Amina,9\n", by=mariam)
    night(1)
    assert told() == [(omar, 2), (omar, 1)]


def test_of_what_the_officer_has_answered_nothing_is_written_and_of_new_facts_anew(in_review, mariam, omar):
    sanctions.load("Canada", LIST.encode(), by=mariam)
    [flag] = flags.flags_of(again(in_review))
    said = {"verdict": "somebody_else", "note": "Born in Cairo, not in Minsk."}
    flags.answer_flag(again(in_review), by=omar, flag=flag.key, **said)
    night()
    assert told() == []
    sanctions.load("Canada", LIST.replace("1985-03-27", "1985").encode(), by=mariam)
    night(1)
    assert told() == [(omar, 1)]


def test_of_a_case_on_nobodys_desk_the_officer_is_told_once_it_has_one(submitted, mariam, omar):
    sanctions.load("Canada", LIST.encode(), by=mariam)
    night()
    assert told() == []
    review.take(again(submitted), by=omar)
    night(1)
    assert told() == [(omar, 1)]


def test_a_case_that_is_over_writes_to_nobody(in_review, amina, mariam):
    submission.withdraw(in_review, by=amina)
    sanctions.load("Canada", LIST.encode(), by=mariam)
    night(1)
    assert told() == []
