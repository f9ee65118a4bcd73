"""The page about work and training."""

from django.utils.translation import gettext_lazy as _

from applicants.target_group import Education, WorkStatus
from loans.fields import Field, Values
from loans.sections.section import MOST_CENTS, Section


def is_working(values: Values) -> bool:
    """Asked only of people who have work."""
    return values.get("work_status") in (WorkStatus.EMPLOYED, WorkStatus.SELF_EMPLOYED)


def has_no_code(values: Values) -> bool:
    """Somebody who works, and whose occupation has no code from which the level would follow."""
    return is_working(values) and not values.get("noc")


WORK = Section(
    "work",
    _("My work and training"),
    "",
    (
        Field(
            "work_status",
            "choice",
            _("Do you have work now?"),
            choices=(
                (WorkStatus.EMPLOYED.value, _("Yes, for somebody")),
                (WorkStatus.SELF_EMPLOYED.value, _("Yes, for myself")),
                (WorkStatus.LOOKING.value, _("No, I am looking")),
                (WorkStatus.NOT_LOOKING.value, _("No, not looking now")),
            ),
            short=_("Work now"),
        ),
        Field(
            "occupation",
            "text",
            _("What is your work now?"),
            max_length=150,
            applies=is_working,
            short=_("Occupation"),
        ),
        Field(
            "noc",
            "noc",
            _("Occupation code"),
            _("With a code, the next question falls away."),
            required=False,
            max_length=5,
            applies=is_working,
        ),
        Field(
            "teer",
            "choice",
            _("What do employers ask for in that work?"),
            choices=(
                ("0", _("Experience in management")),
                ("1", _("A university degree")),
                ("2", _("College or apprenticeship, two years or more")),
                ("3", _("College or apprenticeship, under two years")),
                ("4", _("High school")),
                ("5", _("No schooling: learned in days")),
            ),
            applies=has_no_code,
            short=_("Schooling it asks for"),
        ),
        Field(
            "hours_per_week",
            "integer",
            _("Hours of work a week"),
            least=1,
            most=120,
            applies=is_working,
            suffix=_("hours"),
            short=_("Hours a week"),
        ),
        Field(
            "wants_more_hours",
            "yes_no",
            _("Would you like more hours?"),
            applies=is_working,
            short=_("More hours"),
        ),
        Field(
            "in_trained_field",
            "yes_no",
            _("Is it in the field you trained for?"),
            applies=is_working,
            short=_("In my field"),
        ),
        Field(
            "annual_income",
            "money",
            _("What you earned in the last 12 months, before tax"),
            _("If nothing, write 0."),
            most=MOST_CENTS,
            short=_("Earned in 12 months"),
        ),
        Field(
            "education",
            "choice",
            _("Highest level you completed, in any country"),
            choices=(
                (Education.LESS_THAN_HIGH_SCHOOL.value, _("Less than high school")),
                (Education.HIGH_SCHOOL.value, _("High school")),
                (Education.COLLEGE.value, _("College or trade")),
                (Education.BACHELOR.value, _("Bachelor's degree")),
                (Education.GRADUATE.value, _("Master's, doctorate or professional degree")),
            ),
            short=_("Schooling"),
        ),
        Field(
            "trained_occupation",
            "text",
            _("What were you trained to be?"),
            max_length=150,
            required=False,
            short=_("Trained as"),
        ),
        Field(
            "confidence",
            "choice",
            _("How sure are you that you will work in your field in two years?"),
            choices=(
                ("1", _("Not sure at all")),
                ("2", _("A little sure")),
                ("3", _("Half sure")),
                ("4", _("Quite sure")),
                ("5", _("Very sure")),
            ),
            short=_("My field in two years"),
        ),
    ),
)
