"""A training loan: to pay for the course, the exam or the licence that stands between a person and their field."""

from django.utils.translation import gettext_lazy as _

from loans.fields import Field, Text
from loans.purposes.purpose import Purpose
from loans.sections import (
    ABOUT_ME,
    BUDGET,
    CONSENTS_SECTION,
    MOST_CENTS,
    PAPERS_SECTION,
    SIGNERS,
    STATUS,
    WORK,
    Section,
)

STUDY_PLAN = Section(
    "study-plan",
    _("My study plan"),
    _("What you want to learn, where, and what it leads to."),
    (
        Field("goal", "longtext", _("What work will this training lead to?"), _("A few sentences are enough.")),
        Field("programme", "text", _("Name of the course, exam or licence"), max_length=200),
        Field("school", "text", _("School or licensing body"), max_length=200),
        Field("starts_on", "date", _("First day"), _("If you do not know yet, write your best guess.")),
        Field("ends_on", "date", _("Last day"), _("The day the course or exam is over.")),
    ),
)

AMOUNT = Section(
    "amount",
    _("How much I ask for"),
    _("You can ask for less than the whole cost, if you pay a part yourself."),
    (
        Field("requested", "money", _("Amount of the loan"), least=1, most=MOST_CENTS),
        Field(
            "repayment_months",
            "integer",
            _("In how many months after the training will you pay it back?"),
            least=1,
            most=120,
            suffix=_("months"),
        ),
    ),
)

COST_KINDS: tuple[tuple[str, Text], ...] = (
    ("tuition", _("Tuition")),
    ("exam", _("Exam or licence fee")),
    ("assessment", _("Assessment or translation of papers")),
    ("books", _("Books and tools")),
    ("travel", _("Travel")),
    ("child_care", _("Child care during the training")),
    ("living", _("Living costs during the training")),
    ("other", _("Something else")),
)

COSTS = Section(
    "costs",
    _("What the money is for"),
    _("One line for each cost. Write what you know; we will look at it together."),
    (
        Field("what", "select", _("Kind of cost"), choices=COST_KINDS),
        Field("detail", "text", _("In a few words"), required=False, max_length=120),
        Field("cost", "money", _("Cost"), least=1, most=MOST_CENTS),
    ),
    repeated=True,
)


TRAINING = Purpose(
    "training",
    _("Training"),
    (ABOUT_ME, STATUS, WORK, STUDY_PLAN, COSTS, AMOUNT, BUDGET, SIGNERS, PAPERS_SECTION, CONSENTS_SECTION),
)
