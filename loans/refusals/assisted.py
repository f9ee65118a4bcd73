"""What the office is told when typing for somebody, or a confirmation, is refused; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "not_agreed_aloud": lambda f: _("Nobody types for a person who has not agreed. Read the words to them first."),
    "form_incomplete": lambda f: _("Something is still missing in the form. Open “Check the answers” to see what."),
    "not_read_to_them": lambda f: _("The person must have heard or read all answers before they confirm."),
    "answers_moved": lambda f: _("Something was typed meanwhile. Read it to the person, then send a new code."),
    "code_wrong": lambda f: _("These are not the digits we sent. Please look again."),
    "code_expired": lambda f: _("This code is older than 15 minutes. Please send a new one."),
    "code_too_many": lambda f: _("Too many tries. Please wait an hour, then send a new code."),
    "code_none_sent": lambda f: _(
        "No code was sent for the answers as they stand. Was something typed since? Then send a new one."
    ),
    "does_not_match": lambda f: _("Only a signed page that matches the printed answers counts."),
    "page_void": lambda f: _("Something was typed since this page was printed. It does not count: print anew."),
    "posted_already": lambda f: _("Somebody wrote down already that this letter was posted."),
    "checked_already": lambda f: _("This page was checked already. It waits for a second person."),
    "not_checked_yet": lambda f: _("Whoever typed checks the page first; then somebody else does."),
}
FIELDS = {
    "not_agreed_aloud": "agreed",
    "not_read_to_them": "read_aloud",
    "answers_moved": "code",
    "code_wrong": "code",
    "code_expired": "code",
    "code_too_many": "code",
    "code_none_sent": "code",
    "does_not_match": "is_same",
}
