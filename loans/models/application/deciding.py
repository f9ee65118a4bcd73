"""What can happen to a request at its decision and after it."""

from django_fsm import transition

from loans import rules
from loans.models.application.states import MAY_BE_CLOSED, State


class DecisionMoves:
    """The moves of a recommendation and its conditions, of the decision, and of an appeal."""

    @transition("state", [State.IN_REVIEW, State.RECOMMENDED], None, permission=rules.may_set_conditions)
    def add_condition(self):
        """Something is asked for before the agreement is signed, or before money is sent."""

    @transition("state", [State.IN_REVIEW, State.RECOMMENDED], None, permission=rules.may_set_conditions)
    def drop_condition(self):
        """A condition is taken out again before the decision."""

    @transition("state", State.APPROVED, None, permission=rules.is_officer)
    def meet_condition(self):
        """An officer has seen that a condition is met."""

    @transition("state", State.APPROVED, None, permission=rules.is_officer)
    def reopen_condition(self):
        """A condition was marked as met by mistake: it is open again, until what it stands before has happened."""

    @transition("state", State.APPROVED, None, permission=rules.may_waive_condition)
    def waive_condition(self):
        """Somebody who may decide the case does without a condition, and says why."""

    @transition("state", State.IN_REVIEW, State.RECOMMENDED, permission=rules.is_the_reviewer)
    def recommend(self):
        """The officer is for it, on stated terms."""

    @transition("state", State.RECOMMENDED, State.IN_REVIEW, permission=rules.may_send_back)
    def send_back(self):
        """The second pair of eyes has a question first, or the committee's votes went against it."""

    @transition("state", State.RECOMMENDED, None, permission=rules.may_vote)
    def cast_vote(self):
        """One of the committee votes, sealed until the votes are counted."""

    @transition("state", State.RECOMMENDED, State.APPROVED, permission=rules.may_approve)
    def approve(self):
        """A second pair of eyes says yes, or above the product's limit the committee has."""

    @transition("state", State.IN_REVIEW, State.APPROVED, permission=rules.may_re_offer)
    def re_offer(self):
        """The officer offers the same terms again, while the yes to them stands."""

    @transition("state", [State.IN_REVIEW, State.RECOMMENDED], State.DECLINED, permission=rules.may_decline)
    def decline(self):
        """A second pair of eyes says no, with reasons."""

    @transition("state", State.DECLINED, State.APPEALED, permission=rules.is_owner)
    def appeal(self):
        """The applicant asks that somebody else looks at the no."""

    @transition("state", State.APPEALED, State.DECISION_STANDS, permission=rules.may_hear_appeal)
    def uphold(self):
        """Somebody who did not decide has heard the appeal: the no stands."""

    @transition("state", State.APPEALED, State.IN_REVIEW, permission=rules.may_hear_appeal)
    def grant_appeal(self):
        """Somebody who did not decide has heard the appeal: the case is looked at again."""

    @transition("state", MAY_BE_CLOSED, None, permission=rules.is_the_clock)
    def erase_record(self):
        """The years of the file are over: what a decision had frozen goes, its hash stays."""

    @transition("state", State.APPROVED, State.IN_REVIEW, permission=rules.is_the_clock_or_the_ledger)
    def reconsider(self):
        """The offer lapsed, was refused or was cancelled: other terms may be wanted."""
