"""The last pages: who signs too, papers, and what is agreed to."""

from django.utils.translation import gettext_lazy as _

from loans.fields import Field, Text, Values
from loans.sections.section import Section


def signs_with_somebody(values: Values) -> bool:
    return values.get("has_co_signer") is True


SIGNERS = Section(
    "signers",
    _("Who signs with me"),
    _("You may ask together with somebody. That person gets an invitation and signs too."),
    (
        Field("has_co_signer", "yes_no", _("Does somebody sign with you?"), short=_("Signs with me")),
        Field("co_signer_name", "text", _("Their full name"), max_length=150, applies=signs_with_somebody),
        Field("co_signer_email", "email", _("Their e-mail"), applies=signs_with_somebody),
        Field(
            "co_signer_kind",
            "choice",
            _("What do they sign for?"),
            choices=(
                ("co_borrower", _("We borrow together")),
                ("guarantor", _("They pay if I cannot")),
            ),
            required=False,
            applies=signs_with_somebody,
        ),
    ),
)

PAPERS_SECTION = Section(
    "papers",
    _("My papers"),
    _("A photo is fine if every word can be read. Photos up to 25 MB, PDF files up to 10 MB."),
)

# purpose → the page of the form that asks for it; its wording is a row (loans.models.ConsentText)
CONSENTS = {
    "truth": "consents",
    "credit_check": "consents",
    "bureau_reporting": "consents",
    "share_with_funder": "consents",
    "tell_partner": "sent-by",
    "messages": "consents",
    "research": "consents",
}
STATEMENTS = ("truth",)  # said once, and not withdrawn
CONSENT_TITLES: dict[str, Text] = {
    "truth": _("What I wrote is true"),
    "credit_check": _("Credit check"),
    "bureau_reporting": _("Telling a credit bureau how I pay"),
    "share_with_funder": _("Showing my file to the funder"),
    "tell_partner": _("Telling who sent me"),
    "messages": _("E-mails about other help"),
    "research": _("Questions later on"),
}

CONSENTS_SECTION = Section(
    "consents",
    _("What I agree to"),
    _("The optional ones change nothing in our answer. You can withdraw each later."),
    tuple(
        Field(purpose, "checkbox", CONSENT_TITLES[purpose], required=purpose in ("truth", "credit_check"))
        for purpose, page in CONSENTS.items()
        if page == "consents"
    ),
)
