"""Words about a day of the calendar, as managers and those who confirm them say them in the tests."""

from loans.lifecycle.settings import calendar_days

WORDS = {"reason_en": "A storm", "reason_fr": "Une tempête", "source": "letter of the bank, 3 March"}


def propose(day, banking, *, by, place="", **more):
    """`by` enters that `day` is open, closed or to ask about."""
    return calendar_days.propose(day, place, banking, by=by, **{**WORDS, **more})


def settle(day, banking, *, by, second, place=""):
    """`by` enters it and `second` confirms."""
    return calendar_days.decide(propose(day, banking, by=by, place=place), by=second, confirmed=True)
