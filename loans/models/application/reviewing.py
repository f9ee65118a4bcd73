"""What can happen to a request on the desk."""

from django_fsm import transition

from loans import rules
from loans.models.application.states import UNDER_WAY, State


class ReviewMoves:
    """The moves of an officer at work on a case, and of the applicant who answers."""

    @transition("state", State.SUBMITTED, State.IN_REVIEW, permission=rules.is_officer)
    def take(self):
        """An officer takes the case."""

    @transition("state", State.SUBMITTED, State.IN_REVIEW, permission=rules.may_assign)
    def assign(self):
        """A manager gives a new case to an officer."""

    @transition(
        "state",
        [State.IN_REVIEW, State.WAITING, State.RECOMMENDED, State.APPROVED, State.APPEALED],
        None,
        permission=rules.may_hand_over,
    )
    def hand_over(self):
        """A manager gives the case to another officer; an officer takes up one that lies on nobody's desk."""

    @transition("state", State.IN_REVIEW, State.WAITING, permission=rules.is_the_reviewer)
    def ask_for_more(self):
        """The officer re-opens pages or asks for papers, each with a reason."""

    @transition("state", State.WAITING, None, permission=rules.is_the_reviewer)
    def ask_besides(self):
        """While the applicant is waited for, the officer asks for something else too."""

    @transition("state", State.WAITING, State.IN_REVIEW, permission=rules.is_owner)
    def answer(self):
        """The applicant has answered what was asked."""

    @transition("state", State.WAITING, State.CLOSED_UNANSWERED, permission=rules.is_the_clock)
    def close_unanswered(self):
        """The time to answer ran out."""

    @transition("state", State.CLOSED_UNANSWERED, State.IN_REVIEW, permission=rules.may_reopen)
    def reopen(self):
        """The officer takes up a case again that was closed without an answer."""

    @transition(
        "state", [State.SUBMITTED, State.IN_REVIEW, State.WAITING, State.RECOMMENDED], None, permission=rules.is_officer
    )
    def add_note(self):
        """An officer writes something down."""

    @transition("state", [State.IN_REVIEW, State.RECOMMENDED, State.APPROVED], None, permission=rules.is_officer)
    def check_identity(self):
        """An officer has seen somebody's papers and knows who they are."""

    @transition("state", UNDER_WAY, None, permission=rules.is_the_clock)
    def ask_when_number_ends(self):
        """The person is asked until when their social insurance number is good: the day told is near."""

    @transition("state", UNDER_WAY, None, permission=rules.renews_number)
    def renew_number(self):
        """An officer writes down the new day of a social insurance number, or forgets the number."""

    @transition("state", UNDER_WAY, None, permission=rules.may_answer_flag)
    def answer_flag(self):
        """Somebody has looked at a flag and says what it is."""

    @transition("state", State.IN_REVIEW, None, permission=rules.is_the_reviewer)
    def note_paper(self):
        """The officer writes down what a paper shows of a figure that was said."""

    @transition("state", State.IN_REVIEW, None, permission=rules.is_the_reviewer)
    def adjust(self):
        """The officer counts another figure, or another target group, than was said, and says why."""

    @transition("state", State.IN_REVIEW, None, permission=rules.is_the_reviewer)
    def take_back(self):
        """The officer takes back what was noted or adjusted: what lies below it counts again."""

    @transition("state", State.IN_REVIEW, None, permission=rules.is_the_reviewer)
    def confirm_finding(self):
        """The officer finds that what was noted about an earlier answer holds for the new one too."""

    @transition("state", State.IN_REVIEW, None, permission=rules.is_the_reviewer)
    def enter_credit_report(self):
        """The officer enters what a credit bureau says about the applicant, who agreed to that."""

    @transition("state", State.IN_REVIEW, None, permission=rules.is_the_reviewer)
    def take_back_credit_report(self):
        """The officer takes back a report that should not be here: what it told goes at once."""

    @transition("state", State.IN_REVIEW, None, permission=rules.is_the_reviewer)
    def answer_checklist(self):
        """The officer answers items of the checklist."""
