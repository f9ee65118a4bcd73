"""The statements that come after signing: of an amendment, of a plan that counts from another day, of a year.

SOR/2001-104 ss. 9(2) and 13, and their counterparts in Ontario (DOMAIN 1.5). Each is a LoanPaper, made once.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from config import clock
from loans.lifecycle.contracts.loan_papers import papers_in_each_language
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import planning
from loans.lifecycle.lending.debits import debits_of
from loans.lifecycle.lending.outlook import Comparison, Due, Outlook, seen_from
from loans.lifecycle.step import Tally, locked_loans, one_by_one
from loans.lifecycle.tell import tell_parties
from loans.models import Loan, LoanPaper, Plan
from money.book import FactKind, Part
from money.calendar import add_months
from vault.models import StoredFile

DAYS_TO_TELL = 30  # of an amendment: the law's longest
Files = dict[str, StoredFile]  # by language


def amended(
    loan: Loan, comparison: Comparison, *, occasion: str, what: str, fee_before_cents: int | None = None, **facts: Any
) -> Files:
    """The statement of an amendment, one a language of the parties: what changes, the schedule before and after, and
    by how much the total of payments and the cost of borrowing rise or fall. `what`: pause | reschedule | rate_change |
    fee | waiver | advance_sent. `fee_before_cents`: the loan's own fee, where the amendment changes it.
    """
    before, after = comparison.before, comparison.after
    fee_cents = own_fee(loan)
    cost_before = before.interest_cents + (fee_cents if fee_before_cents is None else fee_before_cents)
    cost_after = after.interest_cents + fee_cents
    said = {
        "what": what,
        "before": before,
        "after": after,
        "cost_before_cents": cost_before,
        "cost_after_cents": cost_after,
        "dearer_cents": cost_after - cost_before,
        "cheaper_cents": cost_before - cost_after,
        "total_more_cents": after.total_cents - before.total_cents,
        "total_less_cents": before.total_cents - after.total_cents,
        "lines": list(comparison.lines),
        "on": clock.today(),
        **facts,
    }
    return papers_in_each_language(
        loan,
        LoanPaper.Kind.AMENDED_DISCLOSURE,
        occasion=occasion,
        template="loans/statement_amended.html",
        facts=said,
    )


def own_fee(loan: Loan) -> int:
    """The loan's own fee, in cents, less what of it was waived; what a bank charged for a payment is waived before."""
    standing = loan.facts.filter(reversed_by=None)
    waived = standing.filter(kind=FactKind.WAIVER, detail__part=Part.FEES.value)
    charged = standing.filter(kind=FactKind.FEE, detail__has_key="returned")
    waived_cents, charged_cents = (sum(rows.values_list("cents", flat=True)) for rows in (waived, charged))
    return int(loan.fee_cents - max(0, waived_cents - charged_cents))


def send_new_plans(day: date) -> Tally:
    """Send the parties the plan that counts from the day on which the money really left, where it was another one."""
    since = clock.last_moment_of(day - timedelta(days=DAYS_TO_TELL))
    made = Plan.objects.filter(reason="advance_sent", loan__state=Loan.State.ACTIVE, made_at__gt=since)
    told = _occasions(LoanPaper.Kind.AMENDED_DISCLOSURE, made_at__gt=since)
    untold = [loan for loan, version in made.values_list("loan_id", "version") if (loan, f"plan:{version}") not in told]
    return one_by_one(Loan.objects.filter(pk__in=untold), "send_new_plan", send_new_plan)


def send_new_plan(loan: Loan) -> None:
    """Send the plan that was made when the money left on another day than agreed: a statement and a letter, once."""
    with transaction.atomic():
        loan = locked_loans([loan.pk])[loan.pk]
        old, new = loan.plans.filter(reason__in=planning.AGREED).order_by("-version")[:2][::-1]
        before, after = _as_agreed(loan, old), _as_agreed(loan, new)
        occasion = f"plan:{new.version}"
        comparison = Comparison(before, after)
        files = amended(loan, comparison, occasion=occasion, what="advance_sent", sent_on=loan.advance_on)
        first = next(due for due in after.dues if due.cents)
        tell_parties(
            loan.application,
            "new_plan",
            occasion=f"{occasion}:{loan.pk}",
            attachments=files,
            on=loan.advance_on.isoformat(),
            first_on=first.payable_by.isoformat(),
            first_cents=first.cents,
            last_on=after.dues[-1].payable_by.isoformat(),
            total_before_cents=before.total_cents,
            total_after_cents=after.total_cents,
        )


def _as_agreed(loan: Loan, plan: Plan) -> Outlook:
    """A version that follows from the agreement alone, as it was made."""
    rows = list(plan.rows.all())
    return Outlook(
        annual_rate=loan.annual_rate,
        payment_cents=plan.payment_cents,
        late_cents=0,
        interest_cents=sum(row.interest_cents for row in rows),
        total_cents=sum(row.total_cents for row in rows),
        dues=tuple(Due(row.payable_by, row.total_cents) for row in rows),
    )


def send_yearly_statements(day: date) -> Tally:
    """Send the statement of each year of the loans that follow an index: the year that ended last, by `day`."""
    loans = Loan.objects.running().filter(follows_index=True, advance_on__lte=add_months(day, -12))
    told = _occasions(LoanPaper.Kind.YEARLY_STATEMENT, occasion__in=[str(day.year), str(day.year - 1)])
    untold = [
        key for key, sent_on in loans.values_list("pk", "advance_on") if (key, _year_of(sent_on, day)) not in told
    ]
    return one_by_one(
        Loan.objects.filter(pk__in=untold), "send_yearly_statement", lambda loan: send_yearly_statement(loan, day)
    )


def send_yearly_statement(loan: Loan, day: date) -> None:
    """Send the statement of the loan's year that ended last, by `day`: a paper and a letter, once."""
    with transaction.atomic():
        loan = locked_loans([loan.pk])[loan.pk]
        year = _year_of(loan.advance_on, day)
        ends = year_ended(loan.advance_on, day)
        files = papers_in_each_language(
            loan,
            LoanPaper.Kind.YEARLY_STATEMENT,
            occasion=year,
            template="loans/statement_yearly.html",
            facts=yearly_facts(loan, ends),
        )
        tell_parties(
            loan.application,
            "yearly_statement",
            occasion=f"yearly:{loan.pk}:{year}",
            attachments=files,
            on=ends.isoformat(),
        )


def yearly_facts(loan: Loan, ends: date) -> dict[str, Any]:
    """What the statement of the year that ended on `ends` says: rate and balance at both ends, what was paid in it, the
    payments to come from today at the rate of today.
    """
    starts = add_months(ends, -12)
    if starts < loan.advance_on:
        starts = loan.advance_on
    first, last = books.book_of(loan, starts), books.book_of(loan, ends)
    today = max(clock.today(), ends)
    book = books.book_of(loan, today)
    return {
        "starts": starts,
        "ends": ends,
        "rate_at_start": first.version.rate_on(starts),
        "rate_at_end": last.version.rate_on(ends),
        "balance_at_start_cents": first.principal_cents,
        "balance_at_end_cents": last.principal_cents,
        "owed_at_start_cents": first.owed_cents,
        "owed_at_end_cents": last.owed_cents,
        "paid_cents": last.paid_cents - first.paid_cents,
        "rate_now": book.version.rate_on(today),
        "today": today,
        "late_cents": seen_from(book).late_cents,
        "debits": [debit for debit in debits_of(loan, book) if debit.cents],
    }


def _occasions(kind: LoanPaper.Kind, **which: Any) -> set[tuple[int, str]]:
    """(loan, occasion) of these papers of a kind."""
    return set(LoanPaper.objects.filter(kind=kind, **which).values_list("loan_id", "occasion"))


def year_ended(sent_on: date, day: date) -> date:
    """The newest anniversary of the first advance, by `day`; there is one."""
    years = day.year - sent_on.year
    return add_months(sent_on, 12 * (years if add_months(sent_on, 12 * years) <= day else years - 1))


def _year_of(sent_on: date, day: date) -> str:
    return str(year_ended(sent_on, day).year)
