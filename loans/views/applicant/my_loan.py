"""My loan: what I owe today, what is next, what I have paid."""

from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from config import clock
from loans import rules
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import debits, planning
from loans.models import Fact, Loan, Root
from loans.views.account import WITH_FACTS, lines_of
from loans.views.applicant.mine import mine_or_404
from loans.views.loan.change_deeds import latest_change
from loans.views.loan.loan_page import plan_rows
from loans.views.loan.statements import papers_to_read


@require_safe
def my_loan(request, reference):
    """The borrower's page of a signed, running or repaid loan."""
    case = mine_or_404(request, reference)
    running = [Loan.State.SIGNED, Loan.State.ACTIVE, Loan.State.REPAID, Loan.State.WRITTEN_OFF]
    known = Prefetch("facts", Fact.objects.select_related(*WITH_FACTS))
    loan = case.loans.filter(state__in=running).prefetch_related("plans__rows", known).last()
    if loan is None:
        return HttpResponseRedirect(reverse("my_case", args=[case.reference]))
    today = clock.today()
    is_lent = loan.state != Loan.State.SIGNED
    book = books.book_of(loan, until=max(today, loan.advance_on)) if is_lent else None
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
        "papers": papers_to_read(loan, request.user),
        **_drawn(loan, book, following),
        "rate_now": book.version.rate_on(book.until) if book else loan.annual_rate,
        "may_withdraw": loan.is_cooling and rules.is_borrower(case, request.user),
        "root": Root.objects.last(),
    }
    return render(request, "loans/my_loan.html", context)


def _drawn(loan, book, following):
    """What is drawn next, from which day (`next_on`, `next_cents`); and where the next debit keeps the amount that was
    announced, that debit (`held`) and the one that settles the rest (`settling`).
    """
    coming = debits.debits_of(loan, book) if book and loan.state == Loan.State.ACTIVE else []
    asking = [debit for debit in coming if debit.cents]
    if following and (following["state"] == "late" or not asking):
        return {"next_on": following["row"].payable_by, "next_cents": following["lacking_cents"]}
    if not asking:
        return {}
    held = asking[0] if asking[0].is_held else None
    return {
        "next_on": asking[0].on,
        "next_cents": asking[0].cents,
        "held": held,
        "settling": next(iter(asking[1:]), None),
    }


def _paused_until(rows, today):
    """The day of the first payment after those that ask for nothing now; None when the next one asks for something."""
    coming = [each for each in rows if each["row"].payable_by >= today]
    if not coming or coming[0]["state"] != "nothing_due":
        return None
    return next((each["row"].payable_by for each in coming if each["state"] != "nothing_due"), None)
