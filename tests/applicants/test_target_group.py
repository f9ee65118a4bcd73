"""Whom the office exists for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applicants.models import TargetDefinition
from applicants.target_group import Definition, Education, Situation, TargetGroup, WorkStatus, target_group
from loans.models import Baseline

NARROW = Definition(full_time_hours=30, least_education=Education.BACHELOR, lowest_skill_teer=4)
AMINA = Situation(WorkStatus.EMPLOYED, Education.BACHELOR, 38, False, 5, False)  # a pharmacist who stocks shelves

situations = st.builds(
    Situation,
    work_status=st.sampled_from(WorkStatus),
    education=st.sampled_from(Education),
    hours_per_week=st.none() | st.integers(1, 120),
    wants_more_hours=st.none() | st.booleans(),
    teer=st.none() | st.integers(0, 5),
    in_trained_field=st.none() | st.booleans(),
)


@pytest.mark.parametrize(
    ("change", "group"),
    [
        ({}, TargetGroup.OVER_QUALIFIED),
        ({"teer": 4}, TargetGroup.OVER_QUALIFIED),
        ({"education": Education.GRADUATE}, TargetGroup.OVER_QUALIFIED),
        ({"teer": 3}, TargetGroup.OUTSIDE_FIELD),  # narrow: only work that asks for high school at most
        ({"education": Education.COLLEGE}, TargetGroup.OUTSIDE_FIELD),  # narrow: only with a degree
        ({"education": Education.COLLEGE, "in_trained_field": True}, TargetGroup.NONE),
        ({"hours_per_week": 29, "wants_more_hours": True}, TargetGroup.INVOLUNTARY_PART_TIME),
        ({"hours_per_week": 30, "wants_more_hours": True}, TargetGroup.OVER_QUALIFIED),  # thirty hours are full time
        ({"hours_per_week": 20, "wants_more_hours": False}, TargetGroup.OVER_QUALIFIED),  # part-time by choice
        ({"work_status": WorkStatus.SELF_EMPLOYED}, TargetGroup.OVER_QUALIFIED),
        ({"work_status": WorkStatus.LOOKING}, TargetGroup.UNEMPLOYED),
        ({"work_status": WorkStatus.NOT_LOOKING}, TargetGroup.NONE),  # not in the labour force
        ({"teer": None, "in_trained_field": None}, TargetGroup.NONE),
    ],
)
def test_the_group_follows_from_the_answers(change, group):
    assert target_group(replace(AMINA, **change), NARROW) == group


@given(situations)
def test_what_was_not_answered_never_counts_in_favour(situation):
    silent = replace(situation, hours_per_week=None, wants_more_hours=None, teer=None, in_trained_field=None)
    assert target_group(silent, NARROW) in (TargetGroup.UNEMPLOYED, TargetGroup.NONE)


@given(situations)
def test_a_degree_never_takes_somebody_out_of_the_group(situation):
    more = replace(situation, education=Education.GRADUATE)
    if target_group(situation, NARROW) != TargetGroup.NONE:
        assert target_group(more, NARROW) != TargetGroup.NONE


@pytest.mark.django_db
def test_the_definition_is_a_dated_row(office):
    assert TargetDefinition.in_force() == NARROW
    assert "Statistics Canada" in TargetDefinition.objects.get().source


def test_the_baseline_is_frozen_when_the_form_is_sent(submitted):
    baseline = Baseline.objects.get(application=submitted)
    assert baseline.target_group == TargetGroup.OVER_QUALIFIED
    assert (baseline.annual_income_cents, baseline.occupation, baseline.confidence) == (3_100_000, "shelf stocker", 4)
