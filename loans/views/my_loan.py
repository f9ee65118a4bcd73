"""My loan: what I owe today, what is next, what I have paid."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from config import clock
from loans.lifecycle import books, planning
from loans.models import Loan, Root
from loans.views.account import lines_of
from loans.views.change_deeds import latest_change
from loans.views.loan_page import plan_rows
from loans.views.mine import mine_or_404


@require_safe
def my_loan(request, reference):
    """The borrower's page of a signed, running or repaid loan."""
    case = mine_or_404(request, reference)
    running = [Loan.State.SIGNED, Loan.State.ACTIVE, Loan.State.REPAID, Loan.State.WRITTEN_OFF]
    loan = case.loans.filter(state__in=running).last()
    if loan is None:
        return HttpResponseRedirect(reverse("my_case", args=[case.reference]))
    today = clock.today()
    book = books.book_of(loan, until=max(today, loan.advance_on)) if loan.facts.exists() else None
    plan = planning.plan_in_force(loan)
    rows = plan_rows(plan, book, today)
    following = next((each for each in rows if each["state"] in ("late", "next")), None)
    lines = lines_of(loan, book) if book else []
    context = {
        "case": case,
        "loan": loan,
        "book": book,
        "plan": plan,
        "rows": rows,
        "following": following,
        "is_late": bool(following and following["state"] == "late"),
        "lines": lines,
        "change": latest_change([line["fact"] for line in lines]),
        "paused_until": _paused_until(rows, today),
        "rate_now": book.version.rate_on(book.until) if book else loan.annual_rate,
        "root": Root.objects.last(),
    }
    return render(request, "loans/my_loan.html", context)


def _paused_until(rows, today):
    """The day of the first payment after those that ask for nothing now; None when the next one asks for something."""
    coming = [each for each in rows if each["row"].payable_by >= today]
    if not coming or coming[0]["state"] != "nothing_due":
        return None
    return next((each["row"].payable_by for each in coming if each["state"] != "nothing_due"), None)
