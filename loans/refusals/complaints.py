"""What is said about complaints; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "complaint_about_you": lambda f: _("This complaint speaks of you, so somebody else takes care of it."),
    "complaint_answered": lambda f: _("This complaint was answered meanwhile."),
    "unknown_owner": lambda f: _("Please choose somebody of whom it does not speak, and who has no tie to the case."),
}
FIELDS = {
    "complaint_about_you": "about",
    "unknown_owner": "owner",
}
