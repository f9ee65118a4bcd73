"""The placeholders of contract clauses: `{sum}` and a few more, each a fact of the loan or of the house."""

from django.utils.translation import gettext_lazy as _

from loans.fields import Text

PLACES: dict[str, Text] = {
    "sum": _("the sum that is lent"),
    "product": _("the name of the product"),
    "rate": _("the yearly interest rate"),
    "lender": _("our own name"),
    "address": _("our address, in one line"),
    "phone": _("our telephone"),
    "email": _("our e-mail address"),
    "claim_window": _("how long somebody may claim a debit back, by the category of the agreement"),
    "loan_years": _("for how many years the papers of a loan are kept"),
    "person_years": _("for how many years papers about the person are kept"),
}
