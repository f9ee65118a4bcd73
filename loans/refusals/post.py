"""What the office is told when a letter by post cannot be written down so; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "posted_instead": lambda f: _("This letter cannot be sent by post from here, or waits to be posted already."),
    "posted_before_written": lambda f: _("The letter was not written yet on that day."),
    "not_in_the_post": lambda f: _("Only a letter that was posted can come back."),
    "tracking_number": lambda f: _("A tracking number has letters and digits only, 40 at most."),
}
FIELDS = {
    "posted_before_written": "on",
    "tracking_number": "tracking",
}
