"""What can happen beside the review and the decision."""

from django_fsm import transition

from loans import rules
from loans.models.application.states import MAY_BE_CLOSED, SENT, UNDER_WAY, State


class MovesBeside:
    """Deeds that move no state: messages, conflicts, the diary, referrals, consents."""

    @transition("state", SENT, None, permission=rules.is_owner)
    def write_to_office(self):
        """The applicant writes to the loan office."""

    @transition("state", SENT, None, permission=rules.may_write_to_applicant)
    def write_to_applicant(self):
        """The loan office writes to the applicant."""

    @transition("state", SENT, None, permission=rules.may_write_to_applicant)
    def post_letter(self):
        """A letter was put in the post."""

    @transition("state", SENT, None, permission=rules.may_write_to_applicant)
    def print_letter(self):
        """A letter by post was printed, with its papers."""

    @transition("state", SENT, None, permission=rules.may_write_to_applicant)
    def return_letter(self):
        """A letter by post came back."""

    @transition("state", SENT, None, permission=rules.may_write_to_applicant)
    def post_instead(self):
        """A letter that went by mail is to go by post too."""

    @transition("state", SENT, None, permission=rules.is_the_clock)
    def report_undelivered(self):
        """A letter did not arrive: somebody is asked to reach the person."""

    @transition("state", SENT, None, permission=rules.is_the_clock)
    def reach_again(self):
        """The person has another address now: nobody has to reach them otherwise."""

    @transition("state", SENT, None, permission=rules.is_party)
    def receive_paper(self):
        """Somebody who stands in the loan has taken a paper from our pages: proof that they got it."""

    @transition("state", SENT, None, permission=rules.may_declare_conflict)
    def declare_conflict(self):
        """Somebody who works here has a tie to the case, or a manager knows of one: it is hidden from that person."""

    @transition("state", SENT, None, permission=rules.may_lift_conflict)
    def lift_conflict(self):
        """A second person says that the conflict does not stand any more."""

    @transition("state", SENT, None, permission=rules.keeps_diary)
    def add_task(self):
        """Something is to be done, or somebody to be met."""

    @transition("state", SENT, None, permission=rules.keeps_diary)
    def move_task(self):
        """It is to be done on another day."""

    @transition("state", SENT, None, permission=rules.keeps_diary)
    def finish_task(self):
        """It is done."""

    @transition("state", SENT, None, permission=rules.keeps_diary)
    def cancel_task(self):
        """It need not be done any more."""

    @transition("state", UNDER_WAY, None, permission=rules.keeps_diary)
    def contact_reference(self):
        """Somebody who knows the person was asked about them."""

    @transition("state", MAY_BE_CLOSED, None, permission=rules.is_the_clock)
    def erase_diary(self):
        """The years for which the words of the diary are kept are over: they go, its days stay."""

    @transition("state", [*MAY_BE_CLOSED, State.EXPIRED], None, permission=rules.is_the_clock)
    def erase_notes(self):
        """The years for which notes are kept are over: they go, with helpers' names and scans that became no paper."""

    @transition(
        "state",
        [
            State.IN_REVIEW,
            State.WAITING,
            State.RECOMMENDED,
            State.DECLINED,
            State.APPEALED,
            State.DECISION_STANDS,
        ],
        None,
        permission=rules.may_refer,
    )
    def offer_referral(self):
        """The person is asked whether we may tell a partner about them who might help."""

    @transition("state", SENT, None, permission=rules.is_owner)
    def agree_to_referral(self):
        """The person agrees that the partner is told."""

    @transition("state", SENT, None, permission=rules.is_owner)
    def refuse_referral(self):
        """The person says no, or takes a yes back before anything was sent."""

    @transition("state", SENT, None, permission=rules.may_refer)
    def send_referral(self):
        """The partner is told what the person agreed to."""

    @transition("state", SENT, None, permission=rules.may_refer)
    def close_referral(self):
        """What became of it is written down."""

    @transition("state", SENT, None, permission=rules.is_owner)
    def give_consent(self):
        """The applicant agrees to one more purpose."""

    @transition("state", SENT, None, permission=rules.is_owner)
    def withdraw_consent(self):
        """The applicant takes one consent back."""
