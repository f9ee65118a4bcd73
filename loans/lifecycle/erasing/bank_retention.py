"""How long bank details are kept: as the books of a loan, or where nothing was lent, as long as a complaint can take.

Counted as for papers (loans.lifecycle.erasing.retention), from the day the file was closed. The rows stay, with their
days and who did what; the numbers go, and with them the hash by which the same account is found.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.actors import CLOCK
from loans.lifecycle.erasing.retention import closed_cases
from loans.lifecycle.step import Tally, deed, one_by_one
from loans.models import Application, BankAccount
from loans.paper_kinds import LOAN_YEARS, PERSON_YEARS
from money.calendar import add_months


def erase_old_bank_details(day: date) -> Tally:
    """The clock erases the bank details in the cases whose years are over on `day`."""
    return one_by_one(due_bank_details(day), "erase_old_bank_details", lambda case: _erase(case, day))


def due_bank_details(day: date) -> "QuerySet[Application]":
    """The cases closed before that day, so many years ago, of which bank details are still there."""
    lent = Q(state=Application.State.APPROVED)
    over = Q(lent, closed_at__date__lt=add_months(day, -12 * LOAN_YEARS))
    over |= Q(~lent, closed_at__date__lt=add_months(day, -12 * PERSON_YEARS))
    kept = BankAccount.objects.filter(party__application=OuterRef("pk"), erased_on=None)
    return closed_cases().filter(over).filter(Exists(kept))


def _erase(case: Application, day: date) -> None:
    Application.objects.select_for_update().get(pk=case.pk)  # whoever takes the case up again waits
    if not due_bank_details(day).filter(pk=case.pk).exists():
        return
    kept = list(BankAccount.objects.filter(party__application=case, erased_on=None))
    with deed(case.erase_bank_details, by=CLOCK, detail={"accounts": len(kept)}):
        for account in kept:
            account.forget(day)
            account.save()
