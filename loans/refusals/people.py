"""What is said about who works here and on what: roles, stand-ins, conflicts, handing over; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "held_already": lambda f: _("This person has that role already."),
    "not_held": lambda f: _("That role is not held, so it cannot be taken or stood in for."),
    "last_manager": lambda f: _("This is the last manager. Give the role to somebody else first."),
    "no_days": lambda f: _("The last day is before the first day."),
    "days_over": lambda f: _("These days are over already."),
    "own_stand_in": lambda f: _("Nobody stands in for themselves."),
    "not_staff": lambda f: _("Please choose somebody who works here."),
    "conflict_already": lambda f: _("A conflict of this person is declared already."),
    "lifted_already": lambda f: _("This conflict was lifted meanwhile."),
    "not_an_officer": lambda f: _("Please choose a loan officer who may work on this case."),
    "has_it_already": lambda f: _("This person has the case on the desk already."),
}
FIELDS = {
    "held_already": "role",
    "not_held": "role",
    "last_manager": "role",
    "no_days": "last_day",
    "days_over": "last_day",
    "own_stand_in": "stands_in_for",
    "not_staff": "person",
    "conflict_already": "person",
    "not_an_officer": "officer",
    "has_it_already": "officer",
}
