"""The words by which people are found: kept when the form is sent, and written down for who was there before."""

from importlib import import_module

import pytest
from django.apps import apps

from applicants.models import Applicant
from applicants.search_words import SearchWord, applicants_named, applicants_with_phone, search_words_of

pytestmark = pytest.mark.django_db


def named(typed):
    people = Applicant.objects.all()
    for keys in applicants_named(typed):
        people = people.filter(pk__in=keys)
    return list(people)


def test_who_sent_a_form_is_found_by_any_part_of_the_name_and_by_telephone(submitted):
    person = submitted.applicant
    assert named("sayed amina") == named("AMI") == [person]
    assert named("amina diallo") == []
    assert list(Applicant.objects.filter(pk__in=applicants_with_phone(person.phone))) == [person]


def test_words_that_are_none_and_too_few_digits_look_for_nobody():
    assert applicants_named("?!") == []
    assert applicants_with_phone("61") is None


def test_people_from_before_get_their_words(submitted):
    SearchWord.objects.all().delete()
    import_module("applicants.migrations.0007_find_people").write_words(apps, None)
    words = submitted.applicant.search_words.order_by("word").values_list("word", flat=True)
    assert list(words) == search_words_of(submitted.applicant)
