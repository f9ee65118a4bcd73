"""The lender itself: its name, how to reach it, the laws its contracts cite. Letters and contracts show it."""

from django.utils.translation import gettext_lazy as _

from letters.models import Lender
from loans.fields import Field
from loans.settings.kind import Group, Kind, check_website, in_further_languages

LENDER = Kind(
    slug="lender",
    title=_("The lender itself"),
    about=_(
        "Name, address, opening hours and the laws that our contracts cite. What is signed already keeps its words."
    ),
    one=_("The lender itself"),
    model=Lender,
    key="id",
    name=lambda row: row.name,
    further=("hours",),
    check=check_website,
    groups=(
        Group(
            _("Name"),
            (
                Field("name_en", "text", _("Name in English"), max_length=150),
                Field("name_fr", "text", _("Name in French"), max_length=150),
                Field("short_name", "text", _("Short name"), required=False, max_length=40),
            ),
        ),
        Group(
            _("How to reach us"),
            (
                Field("address", "longtext", _("Address"), required=False),
                Field("phone", "tel", _("Telephone"), required=False),
                Field("email", "email", _("E-mail"), _("Replies to our letters go here."), required=False),
                Field("website", "text", _("Website"), required=False, max_length=200),
                Field("hours_en", "longtext", _("Opening hours in English"), required=False),
                Field("hours_fr", "longtext", _("Opening hours in French"), required=False),
                *in_further_languages("hours", "longtext", _("Opening hours")),
            ),
        ),
        Group(
            _("Laws that our contracts cite"),
            (
                Field("statutes_en", "longtext", _("In English, one a line"), required=False),
                Field("statutes_fr", "longtext", _("In French, one a line"), required=False),
            ),
        ),
    ),
)
