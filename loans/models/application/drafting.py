"""What can happen to a request before it is sent."""

from django_fsm import transition

from loans import rules
from loans.models.application.states import State


class DraftMoves:
    """The moves of a draft, typed by the applicant or by somebody who helps."""

    @transition("state", State.DRAFT, State.SUBMITTED, permission=rules.is_owner)
    def submit(self):
        """The applicant sends the form."""

    @transition("state", State.DRAFT, None, permission=rules.is_assisting)
    def assist(self):
        """Somebody of the office begins a form for a person who agreed to it."""

    @transition("state", State.DRAFT, None, permission=rules.is_owner)
    def invite_helper(self):
        """The applicant lets somebody help with typing."""

    @transition("state", State.DRAFT, None, permission=rules.is_assisting)
    def pass_on(self):
        """A colleague goes on with the typing."""

    @transition("state", State.DRAFT, None, permission=rules.may_end_help)
    def end_help(self):
        """The help with typing is over: the person takes the consent back, or the helper stops."""

    @transition("state", State.DRAFT, None, permission=rules.is_assisting)
    def send_confirmation(self):
        """The person is sent a code by which they confirm the answers as they stand."""

    @transition("state", State.DRAFT, None, permission=rules.is_assisting)
    def confirm_by_code(self):
        """The person told the code that was sent to them: the form is theirs."""

    @transition("state", State.DRAFT, None, permission=rules.is_assisting)
    def print_summary(self):
        """The answers as they stand are printed, for a signature."""

    @transition("state", State.DRAFT, None, permission=rules.is_assisting)
    def check_signed_page(self):
        """Whoever typed has the signed page scanned and compared it with what was printed."""

    @transition("state", State.DRAFT, None, permission=rules.may_look_second)
    def confirm_signed_page(self):
        """A second person, who never typed here, compared the signed page too: the form is the person's."""

    @transition("state", State.DRAFT, None, permission=rules.may_look_second)
    def turn_down_signed_page(self):
        """The second person found that the signed page does not match."""

    @transition("state", State.DRAFT, State.EXPIRED, permission=rules.is_the_clock)
    def expire(self):
        """A draft nobody touched for long is closed."""

    @transition(
        "state",
        [State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.WAITING, State.RECOMMENDED, State.APPEALED],
        State.WITHDRAWN,
        permission=rules.is_owner,
    )
    def withdraw(self):
        """The applicant no longer wants the loan."""
