"""What is said about agreeing and taking it back; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "unknown_consent": lambda f: _("This is nothing that can be agreed to or withdrawn."),
    "agreed_already": lambda f: _("You have agreed to this already."),
    "not_agreed_to": lambda f: _("You do not agree to this now, so there is nothing to withdraw."),
}
