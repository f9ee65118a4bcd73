"""What people tick and choose when they sign an offer or say no to it: codes in ink, words as they are read."""

from django.utils.translation import gettext_lazy as _

AGREES, DEBITS, NEW_DEBITS = "agreement", "debit", "new_debit"
TICKS = {
    AGREES: _("I have read the agreement and I agree to it."),
    DEBITS: _("I agree that each payment is taken from my bank account on its day."),
    NEW_DEBITS: _(
        "I have read the debit agreement, and I agree that each payment is taken from this account on its day."
    ),
}
WHY_NOT = {
    "found_another": _("I found the money elsewhere."),
    "too_expensive": _("It costs too much."),
    "plans_changed": _("My plans changed."),
    "not_what_i_need": _("The sum or the time is not what I need."),
    "other": _("Another reason"),
}
TICKS_ON_PAPER = {  # as they stand on the sheet that is signed by hand
    AGREES: _("I have read the agreement, or it was read to me, and I agree to it."),
    DEBITS: _("I agree that the payments are taken from my account, as the agreement says."),
}
