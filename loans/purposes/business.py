"""A business loan: to start, or to grow, a small business. Figures come from one typical month, not from a grid."""

from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from loans.fields import PERCENT, Field, Text, Values
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


def is_running(values: Values) -> bool:
    """Asked only of a business that has begun."""
    return values.get("stage") == "running"


def is_on_paper(values: Values) -> bool:
    """Asked only of those whose figures stand in a plan of their own."""
    return values.get("how") == "paper"


def is_typed_here(values: Values) -> bool:
    """Asked only of those who tell their figures here, not in a spreadsheet or photo among the papers."""
    return values.get("how") == "here"


BUSINESS_SECTION = Section(
    "business",
    _("My business"),
    "",
    (
        Field(
            "business_name",
            "text",
            _("Name of the business"),
            _("A working name is fine."),
            max_length=150,
            short=_("Name"),
        ),
        Field(
            "what",
            "longtext",
            _("What do you sell or do, and for whom?"),
            _("A few sentences are enough."),
            short=_("What it does"),
        ),
        Field(
            "stage",
            "choice",
            _("Where are you with it?"),
            choices=(
                ("idea", _("I have the idea and a plan")),
                ("starting", _("Setting it up now")),
                ("running", _("It is running")),
            ),
            short=_("Stage"),
        ),
        Field(
            "structure",
            "choice",
            _("What form does it have, or will it have?"),
            choices=(
                ("sole", _("Only owner, not incorporated")),
                ("partnership", _("A partnership")),
                ("corporation", _("A corporation")),
                ("cooperative", _("A cooperative")),
                ("unsure", _("I do not know yet")),
            ),
            short=_("Form"),
        ),
        Field("registration", "text", _("Registration or business number"), required=False, max_length=40),
        Field("began_on", "date", _("When did it begin?"), least=0, applies=is_running),
        Field(
            "share",
            "integer",
            _("How much of it is yours?"),
            least=1,
            most=100,
            suffix=PERCENT,
            short=_("My part"),
        ),
    ),
)

OWNERS = Section(
    "owners",
    _("The other owners"),
    _("Everybody who owns a part of the business signs the loan with you. If it is all yours, go on."),
    (
        Field("owner_name", "text", _("Full name"), max_length=150),
        Field("owner_email", "email", _("E-mail")),
        Field("owner_share", "integer", _("Their part"), least=1, most=99, suffix=PERCENT),
    ),
    repeated=True,
    max_lines=5,
    may_be_empty=True,
)

MONTH = Section(
    "month",
    _("A usual month of my business"),
    _("Once it runs as you expect."),
    (
        Field(
            "how",
            "choice",
            _("Where are your figures?"),
            choices=(
                ("here", _("I write them here")),
                ("paper", _("In my own plan, which I add to my papers")),
            ),
            short=_("Figures"),
        ),
        Field("sales", "money", _("Sales"), most=MOST_CENTS, applies=is_typed_here),
        Field(
            "goods",
            "integer",
            _("Cost of goods and materials for 100 dollars of sales"),
            least=0,
            most=100,
            suffix=_("dollars"),
            short=_("Goods for $100 of sales"),
            applies=is_typed_here,
        ),
        Field("rent", "money", _("Rent and power"), most=MOST_CENTS, applies=is_typed_here),
        Field("wages", "money", _("Wages of others"), most=MOST_CENTS, applies=is_typed_here),
        Field("other", "money", _("All other costs"), most=MOST_CENTS, applies=is_typed_here),
        Field(
            "drawings",
            "money",
            _("What you take out to live on"),
            most=MOST_CENTS,
            applies=is_typed_here,
            short=_("To live on"),
        ),
        Field(
            "ramp",
            "integer",
            _("Months until sales are usual"),
            _("Already usual? Write 0."),
            least=0,
            most=24,
            suffix=_("months"),
            applies=is_typed_here,
            short=_("Months until usual"),
        ),
        Field(
            "own_money",
            "money",
            _("Your own money that you put in"),
            most=MOST_CENTS,
            applies=is_typed_here,
            short=_("Own money"),
        ),
    ),
)

DIFFERENCES: tuple[tuple[str, Text], ...] = (
    ("-50", _("Half as much")),
    ("-25", _("A quarter less")),
    ("25", _("A quarter more")),
    ("50", _("Half as much again")),
    ("100", _("Twice as much")),
)
SEASONS = Section(
    "seasons",
    _("Seasons"),
    _("Are some months much better or worse? If not, go on."),
    (
        Field("month", "select", _("Month"), choices=tuple((str(number), name) for number, name in MONTHS.items())),
        Field("difference", "select", _("Sales in that month"), choices=DIFFERENCES),
    ),
    repeated=True,
    max_lines=12,
    may_be_empty=True,
)

COST_KINDS: tuple[tuple[str, Text], ...] = (
    ("equipment", _("Tools, machines, furniture")),
    ("stock", _("Goods and materials to begin with")),
    ("premises", _("Rent deposit or work on the premises")),
    ("licences", _("Licences, insurance, registration")),
    ("marketing", _("Signs, website, advertising")),
    ("vehicle", _("Vehicle")),
    ("other", _("Something else")),
)
COSTS = Section(
    "costs",
    _("What I need to start or grow"),
    _("One line for each cost that comes once. Write what you know."),
    (
        Field("what", "select", _("Kind of cost"), choices=COST_KINDS),
        Field("detail", "text", _("In a few words"), required=False, max_length=120),
        Field("cost", "money", _("Cost"), least=1, most=MOST_CENTS),
    ),
    repeated=True,
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
            _("In how many months will you pay it back?"),
            least=1,
            most=120,
            suffix=_("months"),
            short=_("Months to pay back"),
        ),
    ),
)

BUSINESS = Purpose(
    "business",
    _("Business"),
    (
        ABOUT_ME,
        STATUS,
        WORK,
        IN_MY_WAY,
        BUSINESS_SECTION,
        OWNERS,
        COSTS,
        AMOUNT,
        MONTH,
        SEASONS,
        BUDGET,
        SIGNERS,
        SENT_BY,
        PAPERS_SECTION,
        CONSENTS_SECTION,
    ),
    {
        "registration": ("business", is_running),
        "bank_statements": ("business", is_running),
        "plan": ("month", is_on_paper),
    },
)
