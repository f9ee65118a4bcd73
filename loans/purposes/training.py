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
from loans.surroundings import IN_MY_WAY, SENT_BY

STUDY_PLAN = Section(
    "study-plan",
    _("My study plan"),
    "",
    (
        Field(
            "goal",
            "longtext",
            _("What work will this training lead to?"),
            _("A few sentences are enough."),
            short=_("It leads to"),
        ),
        Field("programme", "text", _("Course, exam or licence"), max_length=200),
        Field("school", "text", _("School or licensing body"), max_length=200),
        Field("starts_on", "date", _("First day"), _("Your best guess will do.")),
        Field("ends_on", "date", _("Last day")),
    ),
)

AMOUNT = Section(
    "amount",
    _("How much I ask for"),
    _("You may pay a part of the cost yourself."),
    (
        Field("requested", "money", _("Amount of the loan"), least=1, most=MOST_CENTS, short=_("Amount")),
        Field(
            "repayment_months",
            "integer",
            _("In how many months after the training will you pay it back?"),
            least=1,
            most=120,
            suffix=_("months"),
            short=_("Months to pay back"),
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
    _("One line for each cost. Write what you know."),
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
    (
        ABOUT_ME,
        STATUS,
        WORK,
        IN_MY_WAY,
        STUDY_PLAN,
        COSTS,
        AMOUNT,
        BUDGET,
        SIGNERS,
        SENT_BY,
        PAPERS_SECTION,
        CONSENTS_SECTION,
    ),
)
