"""By when we promised to answer: the product's `reply_days` from the sending, not counting the days we waited.

The day stands on the case while it is our turn, so that a list of cases is one comparison. The verbs keep it: `begin`
when the case comes to us afresh, `stop` when we ask for more, `resume` when the answer is there, `end` with ours.
"""

from datetime import date, timedelta

from config import clock
from loans.models import Application
from money.calendar import next_business_day

NEAR_DAYS = 3  # so many days before its end a promise is about to break


def promised_by(case: Application) -> date | None:
    """By when we promised this person an answer; None while it is not our turn."""
    day: date | None = case.promised_by
    return day


def begin(case: Application) -> None:
    """From today the product's days count: the form was sent, an appeal was granted, an offer is over."""
    case.promised_by = _day(case.product.reply_days)
    case.promise_left = None


def begin_appeal(case: Application) -> date:
    """From today the days count within which an appeal is answered: those of the product for appeals, or its usual.

    Returns the day that is promised.
    """
    days = case.product.appeal_reply_days
    by_day = _day(case.product.reply_days if days is None else days)
    case.promised_by, case.promise_left = by_day, None
    return by_day


def stop(case: Application) -> None:
    """The applicant's turn: the clock stands still, and what was left of it is kept (below zero when we are late)."""
    if case.promised_by is not None:
        case.promise_left = (case.promised_by - clock.today()).days
    case.promised_by = None


def resume(case: Application) -> None:
    """Our turn again, with the days that were left."""
    left = case.product.reply_days if case.promise_left is None else case.promise_left
    case.promised_by, case.promise_left = _day(left), None


def end(case: Application) -> None:
    """We have answered, or nobody waits for an answer any more."""
    case.promised_by = case.promise_left = None


def days_to(case: Application, today: date) -> int | None:
    """How many days the promise has left on `today`: 0 on its last day, below zero when broken; None without one."""
    day = promised_by(case)
    return None if day is None else (day - today).days


def day_of(begun: date, days: int) -> date:
    """The day promised when so many days (below zero: we are late) are left on the day `begun`."""
    day = begun + timedelta(days=days)
    return next_business_day(day, ()) if days >= 0 else day


def _day(left: int) -> date:
    return day_of(clock.today(), left)
