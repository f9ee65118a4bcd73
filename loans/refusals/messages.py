"""What is said about messages and calls; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "too_many_files": lambda f: _("Up to three files go with one message. Please send the others with the next one."),
    "empty_message": lambda f: _("Please write something, or choose a file."),
    "message_too_long": lambda f: _("This message is too long. Please send it in two."),
    "thread_closed": lambda f: _("No more messages can be sent in this case. Please call us or write an e-mail."),
    "too_many_unread": lambda f: _("Thirty messages wait to be read already. Please call instead."),
    "called_already": lambda f: _("Somebody else wrote down meanwhile what came of this call."),
}
FIELDS = {
    "too_many_files": "file",
    "empty_message": "text",
    "message_too_long": "text",
}
