"""Cases that are no loan: some still open, at each step of their way, others over without one."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from accounts.actors import CLOCK
from accounts.models import Role
from loans.demonstration.bulk import deciding
from loans.lifecycle import promise
from loans.models import Message, Question
from loans.reasons import DECLINE, bank_shown

FOR_YEARS = 10_000  # days: as far back as the office goes
WHY_NOT = ("not_affordable", "debts_too_high", "papers_missing")
QUESTIONS = {
    "training": ("study-plan", "Please tell us when it begins, and send us the letter if you have one."),
    "business": ("business", "Please tell us how you counted your sales of a usual month."),
}
ASKS = "Is a letter of the school or the landlord enough?"
WRITES = 0.06  # of those whose case is open: a message that nobody at the office has read yet
ON_NOBODYS_DESK = 0.03  # of the cases in review: their officer left


def _read(case):
    deciding.review(case)
    if case.chance.random() < ON_NOBODYS_DESK:
        case.application.former_reviewers, case.application.reviewer_id = [case.officer], None
    _write(case)


def _ask(case):
    deciding.review(case)
    topic, reason = QUESTIONS[case.wish.product.purpose]
    application, asked_on = case.application, case.road.seen
    at = case.moments.on(asked_on)
    application.answer_by = asked_on + timedelta(days=case.wish.product.answer_days)
    application.promise_left = (application.promised_by - asked_on).days
    application.promised_by = None
    event = case.story.told("ask_for_more", application, by=case.officer, at=at, detail={"topics": [topic]})
    case.rows.add(Question, application=application, event=event, topic=topic, reason=reason)


def _ask_and_close(case):
    _ask(case)
    day = case.application.answer_by + timedelta(days=1)
    case.application.answer_by = None
    case.story.told("close_unanswered", case.application, by=CLOCK, at=case.moments.on(day))


def _recommend(case):
    deciding.review(case)
    deciding.recommend(case)
    _write(case)


def _decline(case):
    deciding.review(case)
    reason, bank = case.chance.choice(WHY_NOT), bank_shown(DECLINE, case.wish.product.purpose)
    told = {"reasons": [reason], "words": [bank[reason].pk] if reason in bank else [], "helpers": []}
    at = case.moments.on(case.road.decided)
    case.story.told("decline", case.application, by=case.manager, at=at, detail=told)
    case.application.decided_by_id, case.application.decliners = case.manager, [case.manager]
    case.application.promised_by = None
    case.application.appeal_until = case.road.decided + timedelta(days=case.wish.product.appeal_days)


def _appeal(case):
    _decline(case)
    day = case.road.decided + timedelta(days=case.chance.randint(1, 10))
    told = {"by": case.parties[0].user_id, "note": "One of my debts is paid; I can show the letter."}
    case.story.told("appeal", case.application, at=case.moments.on(day, at_home=True), **told)
    case.application.promised_by = promise.day_of(day, case.wish.product.reply_days)
    return day


def _appeal_in_vain(case):
    day = case.office.working_day(_appeal(case), case.chance.randint(1, 12))
    told = {"by": case.chance.choice(case.office.staff[Role.COMMITTEE]), "at": case.moments.on(day)}
    case.story.told("uphold", case.application, note="The other payments still leave no room for this one.", **told)
    case.application.promised_by = None


def _withdraw(case):
    if case.chance.random() < 0.6:
        deciding.review(case)
    at = case.moments.on(case.road.seen + timedelta(days=1), at_home=True)
    case.story.told("withdraw", case.application, by=case.parties[0].user_id, at=at)
    case.application.promised_by = None


def _write(case):
    """Some applicants have written meanwhile, and nobody has read it yet."""
    if case.chance.random() >= WRITES:
        return
    author, at = case.parties[0].user_id, case.moments.on(case.office.until)
    event = case.story.told("write_to_office", case.application, by=author, at=at)
    words = {"from_office": False, "text": ASKS, "sent_at": at}
    case.rows.add(Message, application=case.application, event=event, author_id=author, **words)


class Fate(NamedTuple):
    """How often a case ends so, how many days ago it began (from, to), and what happens once the form is sent.

    The days leave room for the longest way there: everything lies in the past.
    """

    weight: int
    days: tuple[int, int]
    live: Callable


FATES = {
    "submitted": Fate(9, (10, 24), _write),
    "in_review": Fate(15, (26, 50), _read),
    "waiting_for_applicant": Fate(8, (26, 30), _ask),
    "recommended": Fate(7, (42, 60), _recommend),
    "appealed": Fate(1, (60, 80), _appeal),
    "declined": Fate(24, (50, FOR_YEARS), _decline),
    "decision_stands": Fate(3, (90, FOR_YEARS), _appeal_in_vain),
    "withdrawn": Fate(18, (30, FOR_YEARS), _withdraw),
    "closed_unanswered": Fate(15, (62, FOR_YEARS), _ask_and_close),
}


def fate_of(office, number):
    """How case `number` ends, or how far it is: the state in which it stands today."""
    (fate,) = office.chance(number, "fate").choices(list(FATES), [each.weight for each in FATES.values()])
    return fate


def began(office, number, fate, most_days):
    """The day on which it began, at most `most_days` back: what is over began more often lately, as the office grew."""
    latest, earliest = FATES[fate].days
    room = max(0, min(earliest, most_days) - latest)
    return office.until - timedelta(days=latest + int(room * office.chance(number, "began").random() ** 1.4))
