"""What is said about choosing an offer and signing it; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "offer_over": lambda f: _("This offer has ended. Please write to your loan officer."),
    "nothing_chosen": lambda f: _("Please choose one of the loans first."),
    "fixed_offer": lambda f: _("The terms of this offer stand as they are. Please write to your loan officer."),
    "choice_is_signed": lambda f: _("Somebody has signed already, so the choice stands. Please call us."),
    "papers_made_anew": lambda f: _("The papers were made anew meanwhile. Please read them first, then sign."),
    "other_terms_chosen": lambda f: _("Other terms were chosen meanwhile. Please read them and the agreement first."),
    "no_agreement": lambda f: _("Please open and read the agreement first."),
    "not_agreed": lambda f: _("Please tick that you agree, if you do."),
    "no_debit": lambda f: _(
        "Please tick that payments may be taken from your account. You would rather pay in another way? Call us."
    ),
    "questions_first": lambda f: _("Before you sign, please answer the three short questions."),
    "passkey_wanted": lambda f: _("It is a while since you used your passkey. Please use it once more."),
    "no_name": lambda f: _("Please type your full name."),
    "cooling_over": lambda f: _("The days in which you could change your mind are over. Please call us."),
    "helper_unfinished": lambda f: _("Please write both: who helped you, and in which language."),
    "no_debit_waits": lambda f: _("No debit agreement waits for you. You may have agreed to it already."),
    "debit_not_made": lambda f: _("We are preparing the debit agreement. Please read it first, then agree."),
    "signed_already": lambda f: _("You have signed this agreement already."),
}
FIELDS = {
    "not_agreed": "agreed",
    "no_debit": "debit",
    "no_name": "typed_name",
}
