"""What is told of a code that proves nothing."""

from django.utils.translation import gettext as _

SENTENCES = {
    "wrong": lambda: _("These are not the digits we sent. Please look again."),
    "expired": lambda: _("This code is older than 15 minutes. Please ask for a new one."),
    "too_many": lambda: _("Too many tries. Please ask for a new code, or wait an hour."),
    "none_sent": lambda: _("These are not the digits we sent. Please look again."),
}


def say(form, error):
    """Put the sentence beside the box of the code."""
    form.is_valid()
    form.add_error("code" if "code" in form.fields else None, SENTENCES[error.reason]())


PASSKEYS = {
    "not_proven": lambda: _("That did not work. Please try once more, or use a code by e-mail."),
    "too_many": lambda: _("You have ten passkeys already. Please remove one first."),
}
