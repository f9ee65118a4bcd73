"""What is said about conditions before signing or before money; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "condition_in_both_languages": lambda f: _(
        "Choose a condition from the list, or write it both in English and in French."
    ),
    "advance_of_money": lambda f: _("Only a condition before money is sent has an advance, numbered 1 to 9."),
    "no_evidence": lambda f: _("Please write what you saw, or choose the paper that shows it."),
    "not_an_accepted_paper": lambda f: _("Please choose a paper of this case that was accepted."),
    "condition_closed": lambda f: _("This condition was closed meanwhile. Here is how it stands now."),
    "condition_not_met": lambda f: _(
        "Only a condition that is marked as met can be opened again. Here is how it stands now."
    ),
    "gate_passed": lambda f: _(
        "It is too late to open this condition again: the agreement is signed, or the money has left."
    ),
    "waived_already": lambda f: _("You have said already that this condition may be done without."),
    "open_before_signing": lambda f: _(
        "Something is needed before anybody signs. You find it above, under “What we still need”."
    ),
    "open_before_advance": lambda f: _(
        "A condition that stands before this money is still open: an officer marks it met, or it is waived."
    ),
}
FIELDS = {
    "condition_in_both_languages": "words",
    "advance_of_money": "advance",
    "no_evidence": "note",
    "not_an_accepted_paper": "document",
    "condition_not_met": "reason",
    "gate_passed": "reason",
    "waived_already": "reason",
}
