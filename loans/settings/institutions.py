"""Banks and credit unions by number, so that who types bank details is told a name. One person changes a row."""

import re

from django.utils.translation import gettext_lazy as _

from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.models.bank_account import Institution
from loans.settings.kind import AS_OF, SOURCE, Group, Kind, takes_one


def _check_code(row: Institution) -> None:
    """Raises Refused("institution_digits") for a code that is not three digits."""
    if not re.fullmatch(r"[0-9]{3}", row.code):
        raise Refused("institution_digits", field="code")


INSTITUTIONS = Kind(
    slug="institutions",
    title=_("Banks and credit unions"),
    about=_("Which number belongs to which bank. An unknown number is a warning; it refuses nothing."),
    one=_("Bank or credit union"),
    model=Institution,
    ends="ended_on",
    can_add=True,
    can_end=True,
    needs_two=takes_one,
    name=lambda row: f"{row.code} {row.name}",
    check_row=_check_code,
    order=lambda row: row.code,
    first_fields=(Field("code", "text", _("Institution number"), _("Three digits, as on a cheque."), max_length=3),),
    groups=(
        Group(
            _("Which bank"),
            (
                Field("name", "text", _("Name"), max_length=150),
                Field(
                    "usual_digits",
                    "text",
                    _("How many digits its account numbers have"),
                    _("Such as “7” or “7, 12”. Leave it empty where nobody knows."),
                    required=False,
                    max_length=40,
                ),
            ),
        ),
        Group(_("How we know"), (SOURCE, AS_OF)),
    ),
)
