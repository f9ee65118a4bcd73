"""Index rates: what a bank's prime is from a day on. Two people; no value is ever edited."""

from django.utils.translation import gettext_lazy as _

from loans.fields import Field
from loans.models import IndexRate
from loans.models.loan import INDEXES
from loans.settings.kind import Group, Kind

RATES = Kind(
    slug="rates",
    title=_("Index rates"),
    about=_("The published rates that our loans are made of, such as prime, each value from its day on."),
    one=_("Index rate"),
    model=IndexRate,
    key="index",
    starts="starts",
    may_begin_in_the_past=True,
    name=lambda row: INDEXES.get(row.index, row.index),
    groups=(
        Group(
            _("The new value"),
            (
                Field("annual_rate", "percent", _("Rate a year"), suffix="%"),
                Field(
                    "source",
                    "text",
                    _("How we know"),
                    _("Such as the bank’s page and the day on which you read it."),
                    max_length=300,
                ),
            ),
            _("Running loans that follow this index get the value the night after it is confirmed, from its day on."),
        ),
    ),
)
