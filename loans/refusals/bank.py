"""What is said about bank details; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "institution_digits": lambda f: _("The institution number has 3 digits, such as 004. Please look at it again."),
    "transit_digits": lambda f: _("The transit number has 5 digits, such as 01234. Please look at it again."),
    "account_digits": lambda f: _("An account number has 7 to 12 digits. Please look at it again."),
    "proof_wanted": lambda f: _("Please show first that it is you, by a code or a passkey."),
    "no_money_moves": lambda f: _("There is no loan now for which we need bank details."),
    "bank_changed_meanwhile": lambda f: _(
        "Other bank details were entered meanwhile. Please open the page again and look at them first."
    ),
    "bank_as_before": lambda f: _("We have these bank details already. Nothing was changed."),
    "no_bank_paper": lambda f: _("Choose the paper from which you type, or add a scan of it."),
    "bank_closed": lambda f: _("These bank details were answered or replaced meanwhile. Here is how it stands now."),
    "bank_second_person": lambda f: _("You entered these bank details. Somebody else compares them with the paper."),
    "not_as_on_paper": lambda f: _(
        "These are not the numbers that were entered. Please read the paper again. If it does say this, do not take "
        "the details, and write why."
    ),
    "no_bank_details": lambda f: _("Before you sign, please tell us where we may send the money."),
    "details_not_verified": lambda f: _(
        "No money leaves before the borrower’s bank details are verified and may be used. An officer verifies them."
    ),
    "debit_not_agreed": lambda f: _(
        "No money leaves before the borrower has agreed to the debit agreement of these bank details."
    ),
}
FIELDS = {
    "institution_digits": "institution",
    "transit_digits": "transit",
    "account_digits": "number",
    "bank_as_before": "number",
    "no_bank_paper": "document",
    "not_as_on_paper": "number",
}
