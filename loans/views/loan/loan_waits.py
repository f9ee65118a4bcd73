"""What an advance waits for before it is released or sent, in words for finance."""

from django.utils.translation import gettext as _

from letters.wording import day
from loans.lifecycle.lending.bank_gates import Lack

_OF_BANK_DETAILS = {
    Lack.TO_ENTER: lambda waiting: _("Waiting for the borrower’s bank details"),
    Lack.TO_VERIFY: lambda waiting: _("Waiting for a second person to verify the bank details"),
    Lack.TO_AGREE: lambda waiting: _("Waiting for the borrower to agree to the debit agreement of the new account"),
    Lack.TO_HOLD: lambda waiting: (
        _("Waiting until %(day)s: from then on the bank details may be used") % {"day": day(waiting.until)}
    ),
}


def of_bank_details(waiting):
    """Why no money moves (loans.lifecycle.lending.bank_gates.Waiting), in words."""
    return _OF_BANK_DETAILS[waiting.lack](waiting)


def waits_for(number, conditions, waiting):
    """One line for each thing that the advance of this number waits for; none: it may go.

    `conditions` are those of its case, `waiting` is what lacks of the bank details, or None.
    """
    asked = [each for each in conditions if each.is_open and each.guards(number)]
    lines = [_("Waiting for a loan officer to mark as met: %(condition)s") % {"condition": each.text} for each in asked]
    return [*lines, of_bank_details(waiting)] if waiting else lines
