"""The clock: one function a nightly job, each safe to run twice and to be killed half-way."""

import logging
from collections.abc import Callable
from datetime import date

from celery import shared_task
from django.conf import settings

from accounts import recovery
from config import clock
from letters.tasks import deliver_waiting
from loans.lifecycle.applying import submission, uploads
from loans.lifecycle.contracts import signing, statements
from loans.lifecycle.contracts.paper_making import make_waiting
from loans.lifecycle.deciding import committee, decision
from loans.lifecycle.erasing import bank_retention, diary_retention, note_retention, retention
from loans.lifecycle.ledger import roots
from loans.lifecycle.lending import changes, debits, payable_days
from loans.lifecycle.offering import offer_reminders
from loans.lifecycle.reviewing import flags, number_ends, referrals, review
from loans.lifecycle.step import Tally
from loans.lifecycle.writing import call_backs, complaints, undelivered

log = logging.getLogger(__name__)


def forget_recoveries(day: date) -> Tally:
    """The clock erases what was said and noted about a lost address, some years after its end."""
    return Tally(done=recovery.forget(day))


NIGHTLY: dict[str, Callable[[date], Tally]] = {
    "lapse_offers": signing.lapse_offers,
    "remind_of_offers": offer_reminders.remind_of_offers,
    "count_votes": committee.count_waiting,
    "reconsider_lapsed": decision.reconsider_lapsed,
    "close_unanswered": review.close_unanswered,
    "expire_drafts": submission.expire_drafts,
    "forget_old_uploads": uploads.forget_old_uploads,
    "erase_old_papers": retention.erase_old_papers,
    "erase_old_records": retention.erase_old_records,
    "erase_old_signings": retention.erase_old_signings,
    "erase_old_diaries": diary_retention.erase_old_diaries,
    "erase_old_notes": note_retention.erase_old_notes,
    "erase_old_bank_details": bank_retention.erase_old_bank_details,
    "follow_indexes": changes.follow_indexes,
    "send_new_plans": statements.send_new_plans,
    "announce_debits": debits.announce_waiting,  # behind what follows an index
    "send_yearly_statements": statements.send_yearly_statements,
    "move_payable_days": payable_days.move_payable_days,
    "forget_calls": call_backs.forget_calls,
    "forget_referrals": referrals.forget_referrals,
    "forget_complaints": complaints.forget_complaints,
    "forget_recoveries": forget_recoveries,
    "ask_when_numbers_end": number_ends.ask_when_numbers_end,
    "look_after_undelivered": undelivered.look_after_undelivered,
    "count_flags": flags.count_flags,
    "make_root": roots.make_root,  # the last: it seals what the others wrote
}


@shared_task
def nightly() -> dict[str, tuple[int, int]]:
    """Do every job of the night for the office's today; returns per job (done, passed over).

    A job that fails keeps none of the others from being done, the seal of the night least of all. Raises ExceptionGroup
    of what failed, once all is done: then the night counts as missed.
    """
    done, failed = {}, []
    for name, job in NIGHTLY.items():
        try:
            done[name] = job(clock.today())
        except Exception as error:
            log.exception("the job %s of the night failed", name)
            failed.append(error)
    make_waiting()
    deliver_waiting()
    if failed:
        raise ExceptionGroup("jobs of the night failed", failed)
    (settings.VAR_DIR / "nightly-done").write_text(clock.now().isoformat())  # read by `manage.py doctor`
    return {name: (tally.done, tally.passed_over) for name, tally in done.items()}


@shared_task
def read_bounces() -> int:
    """Every ten minutes: mails that came back, and tasks about people who have another address now.

    Returns how many mails were read. Raises as letters.bounce_box.mails.
    """
    undelivered.look_after_undelivered(clock.today())
    return undelivered.read_bounces()
