"""Debits that keep the announced amount (`Loan.held_debits`), and what that leaves open without any lateness."""

from datetime import date

from loans.holidays import closed_days
from loans.lifecycle.lending import planning
from loans.models import Loan
from money.calendar import add_months, next_business_day
from money.standing import Standing


def waits(loan: Loan, row: Standing) -> int:
    """The cents of an instalment that its held debit did not draw: they come with the debit after it."""
    held = loan.held_debits.get(row.due_on.isoformat())
    return 0 if held is None else min(row.lacking_cents, max(0, row.due_cents - held))


def unpaid_from(loan: Loan, row: Standing) -> date:
    """The last day to pay in time what an instalment lacks: with the debit after it, when a held one left that open."""
    days = planning.days_of(loan)
    place, own = next((place, payable) for place, (number, _, payable) in enumerate(days) if number == row.number)
    if waits(loan, row) < row.lacking_cents:
        return own
    return days[place + 1][2] if place + 1 < len(days) else rest_on(loan)


def rest_on(loan: Loan) -> date:
    """The day on which is drawn what the last debit of all left open: a month later, or the business day after."""
    _, last, _ = planning.days_of(loan)[-1]
    day = add_months(last, 1)
    return next_business_day(day, closed_days(day.year, day.year + 1))
