"""What is said about telling a partner of a person; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "unknown_partner": lambda f: _("This partner does not help any more. Please choose another one."),
    "referred_already": lambda f: _("A referral to this partner is under way already."),
    "too_long_wish": lambda f: _("Please say it in %(most)s characters at most.") % f,
    "referral_over": lambda f: _("This has been sent or closed meanwhile. Here is how it stands now."),
    "refused_already": lambda f: _("You have said no to this already."),
    "no_consent": lambda f: _("The person does not agree to this now, so nothing can be sent."),
    "partner_without_email": lambda f: _(
        "We have no e-mail address of this partner. Print the sheet, or put the address into the settings first."
    ),
    "outcome_needs_sending": lambda f: _(
        "Only what was sent has an outcome, and only what was not sent can be given up."
    ),
}
FIELDS = {
    "unknown_partner": "partner",
    "referred_already": "partner",
    "too_long_wish": "wish",
    "partner_without_email": "way",
    "outcome_needs_sending": "outcome",
}
