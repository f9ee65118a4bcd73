"""What is said about filling in the form, and about asking for a page of it again; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "too_many_drafts": lambda f: _("You have three open applications. Please finish or withdraw one first."),
    "not_open": lambda f: _("This page was sent already and cannot be changed now."),
    "nothing_asked": lambda f: _("Choose at least one page to ask about."),
    "asked_already": lambda f: _("Some of this was asked already and is not answered yet."),
    "unknown_page": lambda f: _("This page is not part of the form."),
}
