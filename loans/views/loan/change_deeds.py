"""Changing a running loan, as its page draws it: the sheets, and which of them the reader may fill in now."""

from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import clock
from letters.wording import day, money
from loans.fields import Field
from loans.lifecycle.lending import changes
from loans.views.account import PLAN_CHANGES
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet
from money.book import FactKind, Part

WHY = Field(
    "note",
    "longtext",
    gettext_lazy("Why?"),
    gettext_lazy("For the file; the borrower does not read it."),
    max_length=2000,
)
PAUSE = (
    Field(
        "instalments",
        "integer",
        gettext_lazy("How many payments?"),
        gettext_lazy("The next ones that are not due yet, from 1 to 6."),
    ),
    WHY,
)
RATE = (
    Field(
        "annual_rate", "percent", gettext_lazy("New annual interest rate"), gettext_lazy("From today on."), suffix="%"
    ),
    WHY,
)
RESCHEDULE = (
    Field(
        "months",
        "integer",
        gettext_lazy("In how many monthly payments?"),
        gettext_lazy("All that is owed, from 1 to 120."),
    ),
    Field("first_due", "date", gettext_lazy("Day of the first of them"), gettext_lazy("Within the next two months.")),
    WHY,
)
WAIVER = (
    Field(
        "part",
        "select",
        gettext_lazy("What is waived?"),
        choices=(
            (Part.FEES.value, gettext_lazy("Fees")),
            (Part.INTEREST.value, gettext_lazy("Interest")),
            (Part.PRINCIPAL.value, gettext_lazy("Principal")),
        ),
    ),
    Field("cents", "money", gettext_lazy("Amount")),
    WHY,
)
RETURNED = (Field("note", "longtext", gettext_lazy("Why did the money come back?"), max_length=2000),)
QUIET, DANGER = "button-quiet", "button-danger"

# verb → (address, its title, its button, its questions, its look)
DEEDS = {
    "pause": ("pauses", gettext_lazy("Pause payments"), gettext_lazy("Grant the pause"), PAUSE, QUIET),
    "lower_rate": ("rate", gettext_lazy("Lower the interest rate"), gettext_lazy("Lower the rate"), RATE, QUIET),
    "reschedule": (
        "reschedules",
        gettext_lazy("Make a new payment plan"),
        gettext_lazy("Put the new plan in force"),
        RESCHEDULE,
        QUIET,
    ),
    "waive": ("waivers", gettext_lazy("Waive a part of the debt"), gettext_lazy("Waive it"), WAIVER, DANGER),
}
# What is granted only after its cost was shown: the change that the answers of the sheet ask for.
CHANGES = {
    "pause": lambda loan, said: changes.a_pause(said["instalments"]),
    "lower_rate": lambda loan, said: changes.a_lower_rate(loan, Decimal(said["annual_rate"])),
    "reschedule": lambda loan, said: changes.a_new_spread(loan, said["months"], date.fromisoformat(said["first_due"])),
}


class ChangeSheet(Sheet):
    """A sheet whose cost is shown before it is granted: `comparison` is there once it was worked out."""

    comparison = None

    @property
    def shown(self):
        """What the comparison was made of: only this, and on this day, can be granted after it."""
        said = [str(value) for name, value in self.values.items() if name != "note"]
        return "|".join([*said, clock.today().isoformat()])


def change_deeds(loan, may, tried):
    """Those of DEEDS that are among the moves `may`; `tried` is {verb: its Sheet} to be shown again."""
    return [_drawn(loan, verb, tried.get(verb)) for verb in DEEDS if verb in may]


def _drawn(loan, verb, tried):
    address, title, button, fields, look = DEEDS[verb]
    form = drawn(
        tried or Sheet(fields),
        key=verb.replace("_", "-"),
        title=title,
        button=button,
        action=reverse(address, args=[loan.number]),
        look=look,
        is_open=bool(tried),
    )
    comparison = getattr(tried, "comparison", None)
    shown = {"comparison": comparison, "shown": tried.shown, "is_pause": verb == "pause"} if comparison else {}
    return {**form, "is_shown_first": verb in CHANGES, **shown}


def charge_fields(facts):
    """The questions about what the bank charged, for the payments among `facts` that came back and bear no charge."""
    choices = tuple((str(fact.number), _returned(fact.reverses)) for fact in _not_charged(facts))
    return (
        Field("reversal", "select", _("Which payment came back?"), choices=choices),
        Field("cents", "money", _("What the bank charged"), _("What it really charged us, never more.")),
    )


def charge_deed(loan, facts, tried, asked_for=""):
    """The deed that asks the bank's charge of the borrower; None when no payment came back."""
    fields = charge_fields(facts)
    if not fields[0].choices:
        return None
    return drawn(
        tried or Sheet(fields, initial={"reversal": asked_for or fields[0].choices[0][0]}),
        key="charge-return",
        title=_("Charge for a returned payment"),
        button=_("Ask it of the borrower"),
        action=reverse("charges", args=[loan.number]),
        look=QUIET,
        is_open=bool(tried or asked_for),
    )


def chargeable(facts):
    """The numbers of the payments that came back and bear no charge yet, each with that of its reversal."""
    return {fact.reverses.number: fact.number for fact in _not_charged(facts)}


def _not_charged(facts):
    charged = {
        fact.detail.get("returned") for fact in facts if fact.kind == FactKind.FEE and not hasattr(fact, "reversed_by")
    }
    reversals = [fact for fact in facts if fact.kind == FactKind.REVERSAL and fact.number not in charged]
    return [fact for fact in reversals if fact.reverses.kind == FactKind.PAYMENT]


def _returned(payment):
    facts = {"number": payment.number, "sum": money(payment.cents), "day": day(payment.on)}
    return _("Payment %(number)s: %(sum)s of %(day)s") % facts


def return_deed(loan, advance, tried):
    """The deed that takes back an advance which the bank returned."""
    key = f"return-{advance.number}"
    return drawn(
        tried.get(key) or Sheet(RETURNED),
        key=key,
        title=_("Advance %(number)s came back") % {"number": advance.number},
        button=_("The money came back"),
        action=reverse("advance_return", args=[loan.number, advance.number]),
        look=DANGER,
        is_open=key in tried,
    )


def latest_change(facts):
    """The newest of `facts` (newest first) that changed the plan and stands; None when none does."""
    return next((fact for fact in facts if fact.kind in PLAN_CHANGES and not hasattr(fact, "reversed_by")), None)
