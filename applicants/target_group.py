"""Whom the office exists for: worked out from a person's own answers, never assigned.

Sources: unemployed and involuntary part-time as the Labour Force Survey uses them (Statistics Canada, Guide to the
Labour Force Survey, 71-543-G); over-qualified in its narrow meaning, a degree holder in work that asks for at most
high school (Statistics Canada, 75-006-X; TEER 4 and 5 of the National Occupational Classification 2021). The
thresholds are a dated row, `applicants.models.TargetDefinition`.
"""

from dataclasses import dataclass
from enum import StrEnum


class WorkStatus(StrEnum):
    """What a person does for a living today."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    LOOKING = "looking"  # without work and looking for it
    NOT_LOOKING = "not_looking"


class Education(StrEnum):
    """The highest level completed anywhere in the world, lowest first."""

    LESS_THAN_HIGH_SCHOOL = "less_than_high_school"
    HIGH_SCHOOL = "high_school"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    GRADUATE = "graduate"


EDUCATION_LADDER = tuple(Education)


class TargetGroup(StrEnum):
    """The verdict. The first that fits counts, in this order."""

    UNEMPLOYED = "unemployed"
    INVOLUNTARY_PART_TIME = "involuntary_part_time"
    OVER_QUALIFIED = "over_qualified"
    OUTSIDE_FIELD = "outside_field"
    NONE = "none"


@dataclass(frozen=True)
class Situation:
    """A person's work today. `teer` is the level of the present job, 0 (management) to 5 (short demonstration)."""

    work_status: WorkStatus
    education: Education
    hours_per_week: int | None = None
    wants_more_hours: bool | None = None
    teer: int | None = None
    in_trained_field: bool | None = None


@dataclass(frozen=True)
class Definition:
    """The thresholds in force: `full_time_hours` a week; the schooling and the TEER levels that make over-qualified."""

    full_time_hours: int
    least_education: Education
    lowest_skill_teer: int  # this TEER level and above (4 and 5) ask for at most high school


def target_group(situation: Situation, definition: Definition) -> TargetGroup:
    """Which group a person belongs to; what was not answered never counts in favour of a group."""
    if situation.work_status == WorkStatus.LOOKING:
        return TargetGroup.UNEMPLOYED
    if situation.work_status == WorkStatus.NOT_LOOKING:
        return TargetGroup.NONE
    if _works_too_little(situation, definition):
        return TargetGroup.INVOLUNTARY_PART_TIME
    if _is_over_qualified(situation, definition):
        return TargetGroup.OVER_QUALIFIED
    if situation.in_trained_field is False:
        return TargetGroup.OUTSIDE_FIELD
    return TargetGroup.NONE


def _works_too_little(situation: Situation, definition: Definition) -> bool:
    hours = situation.hours_per_week
    return hours is not None and hours < definition.full_time_hours and situation.wants_more_hours is True


def _is_over_qualified(situation: Situation, definition: Definition) -> bool:
    enough = EDUCATION_LADDER.index(situation.education) >= EDUCATION_LADDER.index(definition.least_education)
    return enough and situation.teer is not None and situation.teer >= definition.lowest_skill_teer
