"""What can happen to the bank details of those who stand in a loan."""

from django_fsm import transition

from loans import rules
from loans.models.application.states import MAY_BE_CLOSED, State


class BankMoves:
    """Deeds that move no state. Nobody is asked for bank details before a yes; whoever gave them keeps their say."""

    @transition("state", State.APPROVED, None, permission=rules.may_enter_bank_details)
    def enter_bank_details(self):
        """The borrower, or the office from a void cheque, says to which account the money goes."""

    @transition("state", State.APPROVED, None, permission=rules.may_verify_bank_details)
    def verify_bank_details(self):
        """A second person has typed the numbers anew from a paper, and they are the same."""

    @transition("state", State.APPROVED, None, permission=rules.may_verify_bank_details)
    def refuse_bank_details(self):
        """The office does not take these bank details, and says why: the ones before stay in force."""

    @transition("state", MAY_BE_CLOSED, None, permission=rules.is_the_clock)
    def erase_bank_details(self):
        """The years for which they are kept are over: the numbers go, this line stays."""
