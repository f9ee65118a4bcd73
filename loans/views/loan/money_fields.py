"""The questions about money that came in, shared by payments and recoveries."""

from django.utils.translation import gettext_lazy

from config import clock
from loans.fields import Field

METHODS = {
    "transfer": gettext_lazy("Bank transfer"),
    "cheque": gettext_lazy("Cheque"),
    "card": gettext_lazy("Card"),
    "cash": gettext_lazy("Cash"),
    "debit": gettext_lazy("Pre-authorised debit"),
}
PAYMENT = (
    Field("on", "date", gettext_lazy("Day the money came in")),
    Field("cents", "money", gettext_lazy("Amount")),
    Field("method", "select", gettext_lazy("How it came in"), choices=tuple(METHODS.items())),
    Field("payer", "text", gettext_lazy("Who paid"), max_length=150),
)
MORE_THAN_OWED = Field(
    "more_than_owed",
    "checkbox",
    gettext_lazy("The amount is right. Keep the rest for the borrower."),
    required=False,
)


def today_as_typed():
    """Today as the three boxes of a date hold it."""
    today = clock.today()
    return f"{today.day}/{today.month}/{today.year}"
