"""The story of a case: each event of its file in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans.views.case_file import reasons_of

VERBS = {
    ("application", "submit"): gettext_lazy("Form sent"),
    ("application", "expire"): gettext_lazy("Draft closed"),
    ("application", "withdraw"): gettext_lazy("Withdrawn by the applicant"),
    ("application", "take"): gettext_lazy("Case taken"),
    ("application", "ask_for_more"): gettext_lazy("More asked"),
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
    ("application", "check_identity"): gettext_lazy("Identity seen"),
    ("application", "approve"): gettext_lazy("Approved"),
    ("application", "decline"): gettext_lazy("Declined"),
    ("application", "reconsider"): gettext_lazy("Back on the desk: the offer did not become a loan"),
    ("document", "accept"): gettext_lazy("Paper accepted"),
    ("document", "refuse"): gettext_lazy("Paper refused"),
    ("document", "replace"): gettext_lazy("Paper replaced"),
    ("loan", "put_signature"): gettext_lazy("Signature given"),
    ("loan", "sign"): gettext_lazy("Agreement signed by all"),
    ("loan", "refuse"): gettext_lazy("Offer refused by the borrower"),
    ("loan", "lapse"): gettext_lazy("Offer lapsed"),
    ("loan", "cancel"): gettext_lazy("Loan cancelled"),
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

    What stands beside a vote is sealed until the last vote is in.
    """
    events = list(case.events.select_related("by", "note").order_by("-pk"))
    sealed = _sealed_votes(case) if any(event.verb == "cast_vote" for event in events) else set()
    return [
        {
            "event": event,
            "what": VERBS[event.subject_kind, event.verb],
            "who": event.by or _("By itself"),
            "note": event.note.text if hasattr(event, "note") and event.pk not in sealed else "",
            "reasons": reasons_of(event),
        }
        for event in events
    ]


def _sealed_votes(case):
    """The events of votes that nobody may read yet."""
    open_rounds = (terms for terms in case.recommendations.all() if not terms.is_counted)
    return {vote.event_id for terms in open_rounds for vote in terms.votes.all()}
