"""Voluntary answers: sealed, whose only a keyed hash says; francophone by two definitions that are data."""

import pytest
from django.db import connection, models

from applicants.voluntary import DEFINITIONS, PREFER_NOT, QUESTIONS, FrancophoneDefinition, VoluntaryAnswers

pytestmark = pytest.mark.django_db


def test_every_question_can_be_left_open_in_words():
    assert all(question.choices[-1] == PREFER_NOT for question in QUESTIONS)
    assert {"gender", "origin", "racialised", "indigenous", "disability", "knows"} <= {q.name for q in QUESTIONS}


def test_the_row_points_to_nobody_and_nobody_points_to_it():
    assert not [field for field in VoluntaryAnswers._meta.get_fields() if field.is_relation]
    assert {type(field) for field in VoluntaryAnswers._meta.fields} & {models.DateTimeField} == set()


def test_what_was_told_is_sealed_and_found_by_its_person_only(amina, bilal):
    VoluntaryAnswers.keep(amina, {"gender": "woman", "origin": "arab", "disability": None})
    assert VoluntaryAnswers.of(amina) == {"gender": "woman", "origin": "arab"}
    assert VoluntaryAnswers.of(bilal) == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applicants_voluntaryanswers")
        lying = b" ".join(bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for v in cursor.fetchone())
    assert b"woman" not in lying
    assert b"amina" not in lying
    assert len(VoluntaryAnswers.objects.get().person_hash) == 64


def test_it_can_be_changed_and_erased(amina):
    VoluntaryAnswers.keep(amina, {"gender": "woman"})
    VoluntaryAnswers.keep(amina, {"gender": "prefer_not"})
    assert VoluntaryAnswers.of(amina) == {"gender": "prefer_not"}
    VoluntaryAnswers.keep(amina, {"gender": None})
    assert not VoluntaryAnswers.objects.exists()
    VoluntaryAnswers.keep(amina, {"gender": "woman"})
    VoluntaryAnswers.erase(amina)
    assert not VoluntaryAnswers.objects.exists()


@pytest.mark.parametrize(
    ("told", "first_official", "inclusive"),
    [
        ({"knows": "french", "first_learned": "french", "at_home": "french"}, True, True),
        ({"knows": "english", "first_learned": "english", "at_home": "english"}, False, False),
        # From Algiers: Arabic first, French known and spoken at home.
        ({"knows": "french", "first_learned": "other", "at_home": "french"}, True, True),
        ({"knows": "both", "first_learned": "other", "at_home": "french"}, True, True),
        # From Beirut: both known, Arabic at home. The two definitions differ.
        ({"knows": "both", "first_learned": "other", "at_home": "other"}, True, False),
        ({"knows": "french", "first_learned": "other", "at_home": "other"}, True, False),
        ({"knows": "both", "first_learned": "other", "at_home": "english"}, False, False),
        # A francophone by first language who speaks only English today.
        ({"knows": "english", "first_learned": "french", "at_home": "english"}, False, True),
        ({"knows": "neither", "first_learned": "other", "at_home": "other"}, False, False),
        ({"knows": "prefer_not", "first_learned": "prefer_not"}, None, None),
        ({}, None, None),
    ],
)
def test_francophone_by_two_definitions(office, told, first_official, inclusive):
    assert FrancophoneDefinition.in_force("first-official-language").holds_for(told) is first_official
    assert FrancophoneDefinition.in_force("inclusive").holds_for(told) is inclusive


def test_the_rules_speak_of_questions_and_answers_that_exist():
    known = {question.name: {code for code, _label in question.choices} for question in QUESTIONS}
    for definition in DEFINITIONS:
        assert definition["source"]
        for rule in definition["rules"]:
            for name, codes in rule["if"].items():
                assert set(codes) <= known[name]


def test_a_definition_that_was_never_furnished_is_told(db):
    with pytest.raises(FrancophoneDefinition.DoesNotExist):
        FrancophoneDefinition.in_force("inclusive")
