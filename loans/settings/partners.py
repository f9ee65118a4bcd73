"""Who else helps newcomers: whom the pages and letters name. One person changes a row; the history keeps what stood."""

from django.utils.translation import gettext_lazy as _

from applicants.models import Partner
from config.languages import BINDING, NAMES
from loans.fields import Field
from loans.purposes import PURPOSES
from loans.screening import ELSEWHERE, NEARBY
from loans.settings.kind import AS_OF, CODE, SOURCE, Group, Kind, check_website, in_further_languages, takes_one

SITUATIONS = (
    *((purpose.slug, purpose.title) for purpose in PURPOSES.values()),
    (NEARBY, _("The person lives where we lend")),
    (ELSEWHERE, _("The person lives somewhere else")),
)
PARTNERS = Kind(
    slug="partners",
    title=_("Partners"),
    about=_("Other lenders, settlement workers, schools and advisers whom our pages and letters name."),
    one=_("Partner"),
    model=Partner,
    ends="ended_on",
    further=("says",),
    can_add=True,
    can_end=True,
    needs_two=takes_one,
    check=check_website,
    name=lambda row: row.name,
    first_fields=(CODE,),
    groups=(
        Group(
            _("Who they are"),
            (
                Field("name_en", "text", _("Name in English"), max_length=150),
                Field("name_fr", "text", _("Name in French"), max_length=150),
                Field("kind", "select", _("With what they help"), choices=tuple(Partner.Kind.choices)),
                Field("phone", "text", _("Telephone"), required=False, max_length=40),
                Field("website", "text", _("Website"), required=False, max_length=200),
                Field("email", "email", _("E-mail for referrals"), required=False),
                Field(
                    "language",
                    "select",
                    _("In which language do we write to them?"),
                    _("In English, where nothing is chosen."),
                    choices=tuple((code, NAMES[code]) for code in BINDING),
                    required=False,
                ),
            ),
        ),
        Group(
            _("What they do, and for whom"),
            (
                Field("says_en", "longtext", _("What they do, in English")),
                Field("says_fr", "longtext", _("What they do, in French")),
                *in_further_languages("says", "longtext", _("What they do")),
            ),
        ),
        Group(
            _("When we name them"),
            (
                Field(
                    "helps",
                    "choices",
                    _("Only where all of these hold"),
                    _("Choose none, and they are named to everybody."),
                    choices=SITUATIONS,
                    required=False,
                ),
                Field("refers", "yes_no", _("Do they send people to us?"), _("Then they stand under “Who sent me”.")),
            ),
        ),
        Group(_("How we know"), (SOURCE, AS_OF)),
    ),
)
