"""The story of a case: each event of its file in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans.models import Condition
from loans.offer_words import WHY_NOT
from loans.views.cases.case_file import reasons_of

VERBS = {
    ("application", "submit"): gettext_lazy("Form sent"),
    ("application", "assist"): gettext_lazy("Form begun for the person, who agreed aloud"),
    ("application", "invite_helper"): gettext_lazy("Helper asked by the applicant, who agreed to it"),
    ("application", "pass_on"): gettext_lazy("Typing handed to a colleague"),
    ("application", "end_help"): gettext_lazy("Help with typing ended"),
    ("application", "send_confirmation"): gettext_lazy("Code sent to the person, for the answers as they stood"),
    ("application", "confirm_by_code"): gettext_lazy("Answers confirmed by the person, by a code"),
    ("application", "print_summary"): gettext_lazy("Answers printed for a signature"),
    ("application", "check_signed_page"): gettext_lazy("Signed page kept and compared"),
    ("application", "confirm_signed_page"): gettext_lazy("Signed page compared by a second person"),
    ("application", "turn_down_signed_page"): gettext_lazy("Signed page turned down"),
    ("application", "expire"): gettext_lazy("Draft closed"),
    ("application", "withdraw"): gettext_lazy("Withdrawn by the applicant"),
    ("application", "take"): gettext_lazy("Case taken"),
    ("application", "assign"): gettext_lazy("Case given to an officer"),
    ("application", "hand_over"): gettext_lazy("Officer changed"),
    ("application", "declare_conflict"): gettext_lazy("Conflict of interest declared"),
    ("application", "lift_conflict"): gettext_lazy("Conflict of interest lifted"),
    ("application", "ask_for_more"): gettext_lazy("More asked"),
    ("application", "ask_besides"): gettext_lazy("Something else asked too"),
    ("application", "answer"): gettext_lazy("Questions answered"),
    ("application", "close_unanswered"): gettext_lazy("Closed without an answer"),
    ("application", "reopen"): gettext_lazy("Reopened"),
    ("application", "add_note"): gettext_lazy("Note"),
    ("application", "recommend"): gettext_lazy("Recommended"),
    ("application", "send_back"): gettext_lazy("Sent back to the officer"),
    ("application", "cast_vote"): gettext_lazy("Vote cast"),
    ("application", "appeal"): gettext_lazy("Appeal by the applicant"),
    ("application", "uphold"): gettext_lazy("Appeal heard: the decision stands"),
    ("application", "grant_appeal"): gettext_lazy("Appeal heard: looked at again"),
    ("application", "write_to_office"): gettext_lazy("Message from the applicant"),
    ("application", "write_to_applicant"): gettext_lazy("Message to the applicant"),
    ("application", "post_letter"): gettext_lazy("Letter posted"),
    ("application", "print_letter"): gettext_lazy("Letter printed"),
    ("application", "return_letter"): gettext_lazy("Letter came back from the post"),
    ("application", "post_instead"): gettext_lazy("Letter to go by post too"),
    ("application", "report_undelivered"): gettext_lazy("Letter did not arrive: somebody is asked to reach the person"),
    ("application", "reach_again"): gettext_lazy("Another e-mail address: nobody has to ring any more"),
    ("application", "receive_paper"): gettext_lazy("Paper taken from our pages"),
    ("application", "add_task"): gettext_lazy("Put in the diary"),
    ("application", "move_task"): gettext_lazy("Moved in the diary"),
    ("application", "finish_task"): gettext_lazy("Done, out of the diary"),
    ("application", "cancel_task"): gettext_lazy("Cancelled in the diary"),
    ("application", "contact_reference"): gettext_lazy("Reference asked"),
    ("application", "give_consent"): gettext_lazy("Consent given"),
    ("application", "withdraw_consent"): gettext_lazy("Consent withdrawn"),
    ("application", "offer_referral"): gettext_lazy("Referral offered"),
    ("application", "agree_to_referral"): gettext_lazy("Referral agreed to"),
    ("application", "refuse_referral"): gettext_lazy("Referral not wanted"),
    ("application", "send_referral"): gettext_lazy("Referral sent"),
    ("application", "close_referral"): gettext_lazy("Outcome of the referral written down"),
    ("application", "check_identity"): gettext_lazy("Identity seen"),
    ("application", "ask_when_number_ends"): gettext_lazy("Asked for the new day of the social insurance number"),
    ("application", "renew_number"): gettext_lazy("Social insurance number brought up to date"),
    ("application", "note_paper"): gettext_lazy("Figure noted from a paper"),
    ("application", "adjust"): gettext_lazy("Figure adjusted"),
    ("application", "take_back"): gettext_lazy("Figure taken back"),
    ("application", "confirm_finding"): gettext_lazy("Figure confirmed for the new answer"),
    ("application", "enter_credit_report"): gettext_lazy("Credit report entered"),
    ("application", "take_back_credit_report"): gettext_lazy("Credit report taken back"),
    ("application", "answer_checklist"): gettext_lazy("Checklist answered"),
    ("application", "answer_flag"): gettext_lazy("Flag answered"),
    ("application", "add_condition"): gettext_lazy("Condition asked for"),
    ("application", "drop_condition"): gettext_lazy("Condition taken out"),
    ("application", "meet_condition"): gettext_lazy("Condition met"),
    ("application", "reopen_condition"): gettext_lazy("Condition opened again: it was not met"),
    ("application", "waive_condition"): gettext_lazy("Condition waived by one who decides"),
    ("application", "enter_bank_details"): gettext_lazy("Bank details entered"),
    ("application", "verify_bank_details"): gettext_lazy("Bank details compared with a paper by a second person"),
    ("application", "refuse_bank_details"): gettext_lazy("Bank details not taken"),
    ("application", "erase_bank_details"): gettext_lazy("Bank details erased: their years are over"),
    ("application", "approve"): gettext_lazy("Approved"),
    ("application", "re_offer"): gettext_lazy("Offered again, by the approval that stands"),
    ("application", "decline"): gettext_lazy("Declined"),
    ("application", "erase_record"): gettext_lazy("Frozen file erased: its years are over"),
    ("application", "reconsider"): gettext_lazy("Back on the desk: the offer did not become a loan"),
    ("document", "accept"): gettext_lazy("Paper accepted"),
    ("document", "refuse"): gettext_lazy("Paper refused"),
    ("document", "replace"): gettext_lazy("Paper replaced"),
    ("application", "erase_diary"): gettext_lazy("Words of the diary erased: their years are over"),
    ("application", "erase_notes"): gettext_lazy("Notes and names erased: their years are over"),
    ("document", "erase"): gettext_lazy("Paper erased: its years are over"),
    ("loan", "take_own_terms"): gettext_lazy("Other terms taken by the borrower, inside what was approved"),
    ("loan", "explain"): gettext_lazy("One of the three questions explained"),
    ("loan", "decline_to_sign"): gettext_lazy("Offer ended: somebody did not want to sign"),
    ("loan", "choose"): gettext_lazy("Terms chosen by the borrower"),
    ("loan", "remind"): gettext_lazy("Reminded that the offer ends soon"),
    ("loan", "put_signature"): gettext_lazy("Signature given"),
    ("loan", "agree_to_debit"): gettext_lazy("Debit agreement of another account agreed to"),
    ("loan", "seal_debit"): gettext_lazy("Proof of the debit agreement laid down"),
    ("loan", "record_paper_signature"): gettext_lazy("Signature on paper kept, for a second look"),
    ("loan", "confirm_paper_signature"): gettext_lazy("Signature on paper confirmed by a second person"),
    ("loan", "turn_down_paper_signature"): gettext_lazy("Signature on paper turned down"),
    ("loan", "sign"): gettext_lazy("Agreement signed by all"),
    ("loan", "refuse"): gettext_lazy("Offer refused by the borrower"),
    ("loan", "lapse"): gettext_lazy("Offer lapsed"),
    ("loan", "cancel"): gettext_lazy("Loan cancelled"),
    ("loan", "withdraw_from"): gettext_lazy("Withdrawn by a borrower, who changed their mind in time"),
    ("loan", "activate"): gettext_lazy("Loan started"),
    ("loan", "record_payment"): gettext_lazy("Payment recorded"),
    ("loan", "reverse_payment"): gettext_lazy("Payment reversed"),
    ("loan", "pause"): gettext_lazy("Payments paused"),
    ("loan", "lower_rate"): gettext_lazy("Interest rate lowered"),
    ("loan", "reschedule"): gettext_lazy("New payment plan"),
    ("loan", "follow_index"): gettext_lazy("The interest rate followed its index"),
    ("loan", "charge_return"): gettext_lazy("Bank charge asked of the borrower"),
    ("loan", "waive"): gettext_lazy("Part of the debt waived"),
    ("loan", "undo"): gettext_lazy("Loan cancelled: all money came back"),
    ("loan", "propose_write_off"): gettext_lazy("Write-off proposed"),
    ("loan", "drop_write_off"): gettext_lazy("Proposal to write off ended"),
    ("loan", "write_off"): gettext_lazy("Written off"),
    ("loan", "reinstate"): gettext_lazy("Write-off reversed"),
    ("loan", "record_recovery"): gettext_lazy("Recovery recorded"),
    ("loan", "finish"): gettext_lazy("Repaid in full"),
    ("loan", "resume"): gettext_lazy("Owes again"),
    ("advance", "release"): gettext_lazy("Money released"),
    ("advance", "send"): gettext_lazy("Money sent"),
    ("advance", "take_back"): gettext_lazy("Money came back"),
    ("advance", "cancel"): gettext_lazy("Sending of the money cancelled"),
}


def story_of(case):
    """Every event of the case, newest first: what, who, when, and what was written beside it.

    What stands beside a vote is sealed until the votes are counted.
    """
    events = list(case.events.select_related("by", "note", "condition__words").order_by("-pk"))
    sealed = _sealed_votes(case) if any(event.verb == "cast_vote" for event in events) else set()
    return [
        {
            "event": event,
            "what": VERBS[event.subject_kind, event.verb],
            "who": event.by or _("By itself"),
            "note": event.note.text if hasattr(event, "note") and event.pk not in sealed else "",
            "reasons": [*reasons_of(event), *_why_not(event)],
        }
        for event in events
    ]


def _why_not(event):
    """What somebody chose as a reason for saying no to an offer."""
    code = event.detail.get("why_not")
    return [WHY_NOT[code]] if code else []


def asked_back(case, story):
    """The line with which the case was sent back to its officer, until it is recommended again; else None."""
    if case.state != case.State.IN_REVIEW:
        return None
    turned = (each for each in story if each["event"].verb in ("send_back", "recommend"))
    newest = next(turned, None)
    return newest if newest and newest["event"].verb == "send_back" and newest["note"] else None


def conditions_in(story):
    """The conditions that stand, out of a story that was read already; in the order in which they were asked for."""
    asked = [each["event"].condition for each in reversed(story) if each["event"].verb == "add_condition"]
    return [condition for condition in asked if condition.outcome != Condition.Outcome.DROPPED]


def _sealed_votes(case):
    """The events of votes that nobody may read yet."""
    open_rounds = (terms for terms in case.recommendations.all() if not terms.is_counted)
    return {vote.event_id for terms in open_rounds for vote in terms.votes.all()}
