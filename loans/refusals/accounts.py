"""What is said about getting into an account again, and about signing a language; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "no_account": lambda f: _("No account has this address. Please ask the person for another one they may have used."),
    "own_account": lambda f: _("This is your own account. Somebody else helps you with it."),
    "staff_by_managers": lambda f: _("This person works here: a manager identifies them, and another one confirms."),
    "recovering_already": lambda f: _("Another request for this account is under way. Close one of the two."),
    "address_taken": lambda f: _("Another account has this address already."),
    "same_address": lambda f: _("This is the address that the account has now."),
    "not_proposed": lambda f: _("Nobody has identified this person yet."),
    "confirmed_already": lambda f: _("This was confirmed meanwhile."),
    "recovery_over": lambda f: _("This is over meanwhile. Here is how it stands now."),
    "no_such_language": lambda f: _("This is not one of our languages."),
    "no_reader": lambda f: _("Please write who has read it."),
    "catalogue_not_whole": lambda f: _("Some sentences have no words in this language yet."),
    "catalogue_signed_already": lambda f: _("This language was signed meanwhile."),
}
FIELDS = {
    "no_account": "account",
    "own_account": "account",
    "staff_by_managers": "account",
    "recovering_already": "account",
    "address_taken": "new_address",
    "same_address": "new_address",
}
