"""What is said about who somebody is: papers seen, a number that ends; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "unknown_person": lambda f: _("Please choose a person of this case."),
    "unknown_identity_paper": lambda f: _("Please choose which paper you saw."),
    "unknown_way": lambda f: _("Please choose how you saw it."),
    "number_too_long": lambda f: _("Write the last four signs only, never the whole number."),
    "paper_expired": lambda f: _("This paper has expired. Please ask for one that is still good."),
    "day_or_forgotten": lambda f: _("Write the new day, or tick that the number shall be forgotten."),
    "number_has_ended": lambda f: _("On this day the number has ended already. Please write a later day."),
}
FIELDS = {
    "unknown_person": "party",
    "unknown_identity_paper": "paper",
    "unknown_way": "how",
    "number_too_long": "last_signs",
    "paper_expired": "expires_on",
    "day_or_forgotten": "ends_on",
    "number_has_ended": "ends_on",
}
