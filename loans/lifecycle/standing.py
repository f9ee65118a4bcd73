"""Where a file stands: nobody decides on one that changed under their eyes."""

from loans.lifecycle.refusal import Refused
from loans.models import Application, Event

# What somebody else may do without making a decision stale. Whatever is not named here makes it so.
HARMLESS = frozenset(
    {
        "cast_vote",  # sealed: nobody may know of it before the last
        "take",
        "write_to_applicant",
        "post_letter",
        "print_letter",
        "return_letter",
        "post_instead",
        "report_undelivered",
        "reach_again",
        "receive_paper",
        "give_consent",
        "ask_when_number_ends",
        "renew_number",
        "add_task",
        "move_task",
        "finish_task",
        "cancel_task",
        "offer_referral",
        "agree_to_referral",
        "refuse_referral",
        "send_referral",
        "close_referral",
        "erase_diary",
        "erase_notes",
    }
)


def matters(event: Event, reader_id: int | None) -> bool:
    """Whether this line of the story is news for a decision by that user: somebody else did it, and it may weigh."""
    return event.verb not in HARMLESS and (event.by_id is None or event.by_id != reader_id)


def refuse_stale(case: Application, seen: int | None) -> None:
    """Refuse a decision on a file that is not the one that was read. Called inside a step, when the case is locked.

    `seen` is the key of the newest event on the page from which the decision comes, 0 when the page did not say; None
    stands for a deed that comes from no page. Raises Refused("stale_file").
    """
    if seen is None:
        return
    since = case.events.filter(pk__gt=seen).exclude(pk=case.event.pk)
    if any(matters(event, case.event.by_id) for event in since):
        raise Refused("stale_file")
