"""What the demo's office knows of its calendar: one answer of its bank, and one day off that waits to be confirmed."""

from datetime import timedelta

from config import clock
from loans.holidays import BANK_PAYMENTS, PLACES, usual
from loans.lifecycle.settings import calendar_days
from money.calendar import Banking, next_business_day


def answer_the_calendar(*, manager, second):
    """The bank answered about the next Family Day; the office will close one day, once `second` or another agrees."""
    today = clock.today()
    asked = next(
        holiday
        for holiday in usual(today.year, today.year + 2)
        if holiday.day > today and "Family Day" in holiday.names and holiday.banking(BANK_PAYMENTS) == Banking.ASK
    )
    row = calendar_days.propose(
        asked.day,
        BANK_PAYMENTS,
        Banking.CLOSED,
        by=manager,
        reason_en="Our bank processes no files on Family Day",
        reason_fr="Notre banque ne traite aucun fichier le jour de la Famille",
        source="Letter of our bank about its holidays",
    )
    calendar_days.decide(row, by=second, confirmed=True)
    calendar_days.propose(
        next_business_day(today + timedelta(days=40), ()),
        next(code for code in PLACES if code != BANK_PAYMENTS),
        Banking.CLOSED,
        by=manager,
        reason_en="Staff training",
        reason_fr="Formation de l’équipe",
        source="Staff meeting",
    )
