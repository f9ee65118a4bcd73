"""Credit bureaus, whom a no that rests on their report names, and the names of scores. One person changes a row."""

from django.utils.translation import gettext_lazy as _

from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.models.credit import CreditBureau, ScoreBand
from loans.settings.kind import (
    AS_OF,
    CODE,
    SOURCE,
    Answers,
    Group,
    Kind,
    check_website,
    in_further_languages,
    takes_one,
)

HIGHEST = 999


def _check_bounds(answers: Answers) -> None:
    """A band goes from its least to its most score. Raises Refused: less_than_least."""
    if answers["most"] < answers["least"]:
        raise Refused("less_than_least", field="most")


BUREAUS = Kind(
    slug="credit-bureaus",
    title=_("Credit bureaus"),
    about=_("Who makes credit reports. A no that rests on a report tells people how to reach its bureau."),
    one=_("Credit bureau"),
    model=CreditBureau,
    ends="ended_on",
    can_add=True,
    can_end=True,
    needs_two=takes_one,
    check=check_website,
    name=lambda row: row.name,
    first_fields=(CODE,),
    groups=(
        Group(
            _("How people reach it"),
            (
                Field("name", "text", _("Name"), max_length=150),
                Field("address", "longtext", _("Address")),
                Field("phone", "tel", _("Telephone")),
                Field("website", "text", _("Website"), required=False, max_length=200),
            ),
        ),
        Group(
            _("How we know"),
            (
                SOURCE,
                AS_OF,
                Field(
                    "is_confirmed",
                    "yes_no",
                    _("Has somebody here made sure of it?"),
                    _("Such as by calling the bureau, or on its own website."),
                ),
            ),
        ),
    ),
)
BANDS = Kind(
    slug="score-bands",
    title=_("Credit scores"),
    about=_("How we call a score. Officers and applicants read the name, no letter does."),
    one=_("Band of scores"),
    model=ScoreBand,
    ends="ended_on",
    further=("name",),
    can_add=True,
    can_end=True,
    needs_two=takes_one,
    check=_check_bounds,
    name=lambda row: row.name,
    first_fields=(CODE,),
    groups=(
        Group(
            _("Name"),
            (
                Field("name_en", "text", _("Name in English"), max_length=100),
                Field("name_fr", "text", _("Name in French"), max_length=100),
                *in_further_languages("name", "text", _("Name"), max_length=100),
            ),
        ),
        Group(
            _("Which scores"),
            (
                Field("least", "integer", _("From"), most=HIGHEST),
                Field("most", "integer", _("To"), most=HIGHEST),
            ),
        ),
        Group(_("How we know"), (SOURCE,)),
    ),
)
