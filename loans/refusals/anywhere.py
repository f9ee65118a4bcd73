"""What is said on many pages: a form sent twice, words that are missing, a day that is over; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "once_key_reused": lambda f: _("This form was already used for something else. Please open the page again."),
    "no_words": lambda f: _("Please answer this question."),
    "not_listed": lambda f: _("Please choose one of the answers."),
    "empty_note": lambda f: _("Please write why."),
    "no_reason": lambda f: _("Please give a reason."),
    "not_a_sum": lambda f: _("Please write an amount in dollars, such as 1,250 or 1250.50."),
    "in_the_future": lambda f: _("This day has not come yet."),
    "day_is_past": lambda f: _("This day is over. What is past stays as it was."),
    "proposed_already": lambda f: _("This was proposed already and waits for a second person."),
    "decided_already": lambda f: _("This was decided meanwhile."),
    "words_to_fill": lambda f: _("Please write what belongs here, or take it out: %(left)s.") % f,
}
FIELDS = {
    "empty_note": "note",
    "no_reason": "reasons",
    "not_a_sum": "cents",
    "in_the_future": "on",
    "day_is_past": "day",
}
