"""What is said when a person cannot be helped with typing as they asked; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "not_agreed_to_help": lambda f: _("Please agree that this person sees and types your form."),
    "of_somebody_here": lambda f: _(
        "This belongs to somebody who works here, or to a closed account. Please use what is the person’s own."
    ),
    "not_an_address": lambda f: _("Please write an e-mail address, such as name@example.org."),
    "own_helper": lambda f: _("This is your own address. Write the address of the person who helps you."),
    "helped_already": lambda f: _("Somebody helps you already. End that first."),
}
FIELDS = {"not_agreed_to_help": "agreed"}
