"""Plans: the engine's schedule for a loan's terms, kept as numbered versions."""

from datetime import date, timedelta
from typing import Any

from config import clock
from loans.holidays import closed_days
from loans.lifecycle.refusal import Refused
from loans.models import Loan, Plan, PlanRow, Product
from money.amounts import Cents
from money.book import Book
from money.calendar import add_months, next_business_day
from money.cost import Cost, cost, is_criminal
from money.interest import DayCount
from money.schedule import Advance, Fee, FeePaid, Terms, TermsError, plan
from money.version import Version

LEAST_DAYS_TO_FIRST_DUE = 15
AGREED = ("offer", "advance_sent")  # reasons of the versions that follow from the agreement alone


def first_due(advance_on: date) -> date:
    """The first due day of money that leaves on `advance_on`: a month later."""
    return add_months(advance_on, 1)


def still_due(first: date, advance_on: date) -> date:
    """The agreed first due day, or whole months later when the money leaves fewer than fifteen days before it."""
    months = 0
    while add_months(first, months) < advance_on + timedelta(days=LEAST_DAYS_TO_FIRST_DUE):
        months += 1
    return add_months(first, months)


def cost_of(terms: Terms) -> Cost:
    """What these terms cost, the APR among it. Raises Refused("impossible_terms") when no plan can be made."""
    try:
        return cost(terms, plan(terms))
    except TermsError as error:
        raise Refused("impossible_terms", field=error.field) from error


def refuse_criminal(terms: Terms) -> None:
    """Raise Refused("criminal_rate") when the APR is above what section 347 of the Criminal Code allows."""
    found = cost_of(terms)
    if is_criminal(found):
        raise Refused("criminal_rate", apr=found.apr)


def new_version(loan: Loan, *, reason: str, version: Version | None = None) -> Plan:
    """Keep the next version of the plan: the one told, or that of the loan's terms as they are now."""
    version = version or Version(loan.terms)
    made: Plan = Plan.objects.create(
        loan=loan,
        version=loan.plans.count() + 1,
        made_at=clock.now(),
        reason=reason,
        payment_cents=level_payment(version, clock.today()),
    )
    closed = closed_days(version.dues[0].year, version.dues[-1].year + 1)
    PlanRow.objects.bulk_create(
        PlanRow(
            plan=made,
            number=row.number,
            due_on=row.due_on,
            payable_by=next_business_day(row.due_on, closed),
            days=row.days,
            principal_cents=row.principal_cents,
            interest_cents=row.interest_cents,
            fees_cents=row.fees_cents,
            balance_cents=row.balance_cents,
        )
        for row in version.instalments
    )
    return made


def level_payment(version: Version, day: date) -> Cents:
    """The payment that comes back month after month from a day on, in cents: the one that repays principal, without
    what the first after a pause is asked besides; the last payment of all only when no other is to come.
    """
    asking = [row for row in version.instalments if row.number not in version.silent]
    repaying = asking[-(version.terms.instalments - version.terms.grace - version.terms.interest_only) :]
    coming = [row.total_cents for row in repaying if row.due_on > day]
    return min(coming[:-1], default=repaying[-1].total_cents)


def plan_in_force(loan: Loan) -> Plan:
    """The newest version of the plan."""
    newest: Plan = next(reversed(loan.plans.all()))
    return newest


def agreed_plan(loan: Loan) -> Plan:
    """The version that was agreed, counted from the day the money was sent: no later change is in it."""
    agreed: Plan = next(plan for plan in reversed(loan.plans.all()) if plan.reason in AGREED)
    return agreed


def payable_by(loan: Loan, number: int) -> date:
    """The last day on which an instalment of the plan in force is paid in time."""
    if "plans" in getattr(loan, "_prefetched_objects_cache", {}):
        return next(row.payable_by for row in plan_in_force(loan).rows.all() if row.number == number)
    rows = PlanRow.objects.filter(plan__loan=loan, number=number).order_by("-plan__version")
    day: date = rows.values_list("payable_by", flat=True)[0]
    return day


def next_due(loan: Loan, book: Book) -> dict[str, Any]:
    """What is to be paid next, as the facts of a letter: `next_due_on` and `next_due_cents`, None when nothing is."""
    following = book.next_unpaid
    return {
        "next_due_on": payable_by(loan, following.number).isoformat() if following else None,
        "next_due_cents": following.lacking_cents if following else None,
    }


def value_date(loan: Loan, received_on: date) -> date:
    """The day from which a payment counts: received by the shifted business day, it counts from the contractual one."""
    newest = Plan.objects.filter(loan=loan).order_by("-version").values("pk")[:1]
    shifted = PlanRow.objects.filter(plan=newest, due_on__lt=received_on, payable_by__gte=received_on).first()
    return shifted.due_on if shifted else received_on


def example_of(product: Product) -> dict[str, Any]:
    """A worked example of a product, by the same engine as the contract: the largest loan, half the study time."""
    today, study = clock.today(), product.max_study_months // 2
    fee = product.fee_cents(product.max_cents)
    terms = Terms(
        advances=(Advance(today, Cents(product.max_cents)),),
        annual_rate=product.rate_on(today),
        instalments=study + product.max_repayment_months,
        interest_only=study,
        first_due=first_due(today),
        day_count=DayCount(product.day_count),
        fees=(Fee(fee, FeePaid(product.fee_paid)),) if fee else (),
    )
    schedule = plan(terms)
    return {
        "cents": product.max_cents,
        "study_months": study,
        "study_cents": schedule.instalments[0].total_cents if study else None,
        "repayment_months": product.max_repayment_months,
        "payment_cents": schedule.payment_cents,
        "cost": cost(terms, schedule),
    }
