"""The clock: one function a nightly job, each safe to run twice and to be killed half-way."""

from collections.abc import Callable
from datetime import date

from celery import shared_task
from django.conf import settings

from config import clock
from letters.tasks import deliver_waiting
from loans.lifecycle import changes, decision, payable_days, review, roots, signing, submission
from loans.lifecycle.step import Tally

NIGHTLY: dict[str, Callable[[date], Tally]] = {
    "lapse_offers": signing.lapse_offers,
    "reconsider_lapsed": decision.reconsider_lapsed,
    "close_unanswered": review.close_unanswered,
    "expire_drafts": submission.expire_drafts,
    "follow_indexes": changes.follow_indexes,
    "move_payable_days": payable_days.move_payable_days,
    "make_root": roots.make_root,  # the last: it seals what the others wrote
}


@shared_task
def nightly() -> dict[str, tuple[int, int]]:
    """Do every job of the night for the office's today; returns per job (done, passed over)."""
    done = {name: job(clock.today()) for name, job in NIGHTLY.items()}
    deliver_waiting()
    (settings.VAR_DIR / "nightly-done").write_text(clock.now().isoformat())  # read by `manage.py doctor`
    return {name: (tally.done, tally.passed_over) for name, tally in done.items()}
