"""Before an offer ends, the officer reminds twice whoever has not signed.

How many days before is a term of the product (`first_reminder_days`, `second_reminder_days`). Each reminder goes once
to each party; a job that comes late sends the nearer one only.
"""

from datetime import date, timedelta
from typing import Any

from accounts.actors import CLOCK
from config import clock
from letters.models import Letter
from loans.lifecycle.contracts.signing import waiting_for
from loans.lifecycle.step import Tally, deed, one_by_one
from loans.lifecycle.tell import tell_party
from loans.models import Loan

LETTER = "offer_reminder"
MOST_DAYS = 366  # no offer is open longer than its product's 365 days


def stage_of(loan: Loan, day: date) -> int | None:
    """How many days before its end the reminder is due that an offer has reached on `day`: the nearest; None before.

    One that would be due on the day of the offer, or before it, is none. `loan` comes with its product.
    """
    product, left = loan.application.product, (loan.open_until - day).days
    was_open = (loan.open_until - clock.day_of(loan.offered_at)).days
    stages = (product.first_reminder_days, product.second_reminder_days)
    return min((days for days in stages if 0 <= left <= days < was_open), default=None)


def remind_of_offers(day: date) -> Tally:
    """The clock reminds each party that has not signed, in the name of the case's officer."""
    open_ones = Loan.objects.filter(
        state=Loan.State.OFFERED, open_until__gte=day, open_until__lt=day + timedelta(days=MOST_DAYS)
    )
    reached = {loan.pk: stage_of(loan, day) for loan in open_ones.select_related("application__product")}
    stages = {key: stage for key, stage in reached.items() if stage}

    def remind(loan: Any) -> None:
        stage = stages[loan.pk]
        missing = _untold(loan, stage)
        if not missing:
            return
        with deed(loan.remind, by=CLOCK, detail={"days": stage}) as loan:
            for party in missing:
                tell_party(
                    loan.application,
                    party,
                    LETTER,
                    occasion=_occasion(loan, stage),
                    open_until=loan.open_until.isoformat(),
                )

    return one_by_one(Loan.objects.filter(pk__in=stages), "remind", remind)


def _untold(loan: Loan, stage: int) -> list[Any]:
    """The parties who have not signed and were not reminded at this stage."""
    told = set(Letter.objects.filter(kind=LETTER, occasion=_occasion(loan, stage)).values_list("to_id", flat=True))
    return [party for party in waiting_for(loan) if party.user_id not in told]


def _occasion(loan: Loan, stage: int) -> str:
    return f"offer {loan.pk}: {stage} days"
