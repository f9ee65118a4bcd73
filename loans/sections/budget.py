"""The page of the household budget, and what a usual month comes to."""

from django.utils.translation import gettext_lazy as _

from loans.fields import Field, Text, Values
from loans.sections.section import MOST_CENTS, Section

INCOME = ("pay", "household_pay", "benefits", "other_income")
COSTS = ("rent", "food", "transport", "child_care", "phone", "debts", "family_abroad", "other_costs")


def was_bankrupt(values: Values) -> bool:
    """Somebody who told of a bankruptcy or a consumer proposal, over or not."""
    return values.get("was_bankrupt") is True


def is_discharged(values: Values) -> bool:
    """Of those, asked only of whom it is over for."""
    return was_bankrupt(values) and values.get("discharged") is True


def _monthly(name: str, label: Text, *, required: bool = False, short: Text = "") -> Field:
    return Field(name, "money", label, required=required, most=MOST_CENTS, short=short)


BUDGET = Section(
    "budget",
    _("My household budget"),
    _("A usual month of all who live from the same purse. Leave empty what you do not have."),
    (
        _monthly("pay", _("My pay, after tax"), required=True, short=_("My pay")),
        _monthly("household_pay", _("Pay of others in my household, after tax")),
        _monthly("benefits", _("Benefits, such as child benefit or employment insurance"), short=_("Benefits")),
        _monthly("other_income", _("Other income")),
        _monthly("rent", _("Rent or mortgage, with heat and power"), required=True, short=_("Rent or mortgage")),
        _monthly("food", _("Food and household"), required=True),
        _monthly("transport", _("Bus, car, fuel")),
        _monthly("child_care", _("Child care")),
        _monthly("phone", _("Phone and internet")),
        _monthly("debts", _("Payments on other debts")),
        _monthly("family_abroad", _("Money I send to family")),
        _monthly("other_costs", _("Everything else")),
        Field(
            "was_bankrupt",
            "checkbox",
            _("Bankruptcy or consumer proposal, now or before"),
            required=False,
            short=_("Bankruptcy or consumer proposal"),
        ),
        Field(
            "discharged",
            "yes_no",
            _("Is it over: discharged, or all paid?"),
            applies=was_bankrupt,
            on_demand=True,
            short=_("Discharged, or all paid"),
        ),
        Field(
            "discharged_on",
            "date",
            _("Since which day?"),
            applies=is_discharged,
            least=0,
            freely=True,
            on_demand=True,
            short=_("Discharged, or all paid, since"),
        ),
    ),
)


def month_of(budget):
    """(income, costs) of a usual month in cents, from the understood values of the page of the budget."""
    return sum(budget.get(name) or 0 for name in INCOME), sum(budget.get(name) or 0 for name in COSTS)
