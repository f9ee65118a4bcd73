"""What is said about the figures of the form and what shows them; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "unknown_line": lambda f: _("This figure is not part of the newest form."),
    "figure_moved": lambda f: _("This figure changed meanwhile. Here is how it stands now: please look at it again."),
    "not_a_paper_of_the_case": lambda f: _("Please choose a paper of this case that was not refused."),
    "unknown_group": lambda f: _("Please choose one of the answers."),
    "nothing_found": lambda f: _("There is nothing here to take back or to confirm."),
}
FIELDS = {
    "not_a_paper_of_the_case": "document",
    "unknown_group": "group",
}
