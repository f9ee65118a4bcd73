"""The pages about who asks: oneself, and one's status in Canada."""

from django.utils.translation import gettext_lazy as _

from applicants.social_insurance import has_an_end
from loans.fields import Field, Values
from loans.sections.section import Section


def has_a_sin_that_ends(values: Values) -> bool:
    """A social insurance number that begins with 9 belongs to somebody here for a time."""
    return has_an_end(values.get("sin") or "")


ABOUT_ME = Section(
    "about-me",
    _("About me"),
    "",
    (
        Field(
            "full_name",
            "text",
            _("Full name, as on your papers"),
            _("One name is fine. Any alphabet is fine."),
            max_length=150,
            autocomplete="name",
            short=_("Full name"),
        ),
        Field("called", "text", _("What shall we call you?"), required=False, max_length=80, autocomplete="nickname"),
        Field("born_on", "date", _("Date of birth"), least=18, autocomplete="bday", freely=True),
        Field(
            "phone",
            "tel",
            _("Phone number"),
            _("If it is not Canadian, begin with + and the country code."),
            max_length=40,
            autocomplete="tel",
        ),
        Field("address", "longtext", _("Home address"), max_length=300, autocomplete="street-address"),
        Field("postal_code", "text", _("Postal code"), max_length=12, autocomplete="postal-code"),
        Field(
            "sin",
            "sin",
            _("Social insurance number (SIN)"),
            _("It helps a credit bureau find you. Leaving it out changes nothing. We keep it locked."),
            required=False,
        ),
        Field(
            "sin_expires_on",
            "date",
            _("Until when is this number good?"),
            _("A number that begins with 9 ends on a day. It stands on the letter that came with it."),
            applies=has_a_sin_that_ends,
            freely=True,
            on_demand=True,
        ),
    ),
)

STATUS = Section(
    "status",
    _("My status in Canada"),
    _("It is not shared with immigration authorities."),
    (
        Field(
            "status",
            "choice",
            _("What is your status in Canada?"),
            choices=(
                ("permanent_resident", _("Permanent resident")),
                ("protected_person", _("Protected person or accepted refugee")),
                ("citizen", _("Canadian citizen")),
                ("temporary", _("Work or study permit")),
                ("other", _("Something else")),
            ),
            short=_("Status"),
        ),
        Field(
            "arrived_on",
            "date",
            _("When did you come to live in Canada?"),
            _("Not sure of the day? Write 1."),
            least=0,
            freely=True,
            short=_("In Canada since"),
        ),
    ),
)
