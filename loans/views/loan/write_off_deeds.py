"""Giving up on a loan, as its page draws it: the sheets, and which of them the reader may fill in now."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from loans.fields import Field
from loans.views.loan.money_fields import PAYMENT, today_as_typed
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet

WHY_GIVE_UP = (Field("note", "longtext", gettext_lazy("What was tried, and why is there no hope?"), max_length=3000),)
MAY_SAY_WHY = (Field("note", "longtext", gettext_lazy("Note, if you want"), required=False, max_length=3000),)
WHY_ERROR = (Field("note", "longtext", gettext_lazy("What was wrong about the write-off?"), max_length=3000),)
QUIET, DANGER = "button-quiet", "button-danger"

# verb → (address, its title, its button, its questions, its look)
DEEDS = {
    "record_recovery": (
        "recoveries",
        gettext_lazy("Record a recovery"),
        gettext_lazy("Record the recovery"),
        PAYMENT,
        "button",
    ),
    "write_off": ("write_off", gettext_lazy("Write off"), gettext_lazy("Write off this loan"), MAY_SAY_WHY, DANGER),
    "drop_write_off": (
        "write_off_proposal_end",
        gettext_lazy("Do not write off"),
        gettext_lazy("End the proposal"),
        MAY_SAY_WHY,
        QUIET,
    ),
    "propose_write_off": (
        "write_off_proposal",
        gettext_lazy("Propose to write off"),
        gettext_lazy("Propose it"),
        WHY_GIVE_UP,
        QUIET,
    ),
    "reinstate": (
        "write_off_reversal",
        gettext_lazy("Reverse the write-off"),
        gettext_lazy("Reverse the write-off"),
        WHY_ERROR,
        DANGER,
    ),
}


def write_off_deeds(loan, may, tried):
    """Those of DEEDS that are among the moves `may`; `tried` is {verb: its Sheet} to be shown again."""
    return [_drawn(loan, verb, tried.get(verb)) for verb in DEEDS if verb in may]


def _drawn(loan, verb, tried):
    address, title, button, fields, look = DEEDS[verb]
    initial = {"on": today_as_typed()} if fields is PAYMENT else None
    return drawn(
        tried or Sheet(fields, initial=initial),
        key=verb.replace("_", "-"),
        title=title,
        button=button,
        action=reverse(address, args=[loan.number]),
        look=look,
        is_open=bool(tried),
    )
