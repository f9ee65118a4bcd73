"""My loan: what I owe today, what is next, what I have paid."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from config import clock
from loans.lifecycle import books, planning
from loans.models import Loan, Root
from loans.views.account import lines_of
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
    standings = {row.number: row for row in book.standings} if book else {}
    rows = [{"row": row, "standing": standings.get(row.number)} for row in plan.rows.all()]
    following = next((each for each in rows if each["standing"] and each["standing"].lacking_cents), None)
    context = {
        "case": case,
        "loan": loan,
        "book": book,
        "plan": plan,
        "rows": rows,
        "following": following,
        "is_late": bool(following and following["row"].payable_by < today),
        "lines": lines_of(loan, book) if book else [],
        "root": Root.objects.last(),
    }
    return render(request, "loans/my_loan.html", context)
