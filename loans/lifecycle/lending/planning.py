"""Plans: the engine's schedule for a loan's terms, kept as numbered versions; and what a loan would come to."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from config import clock
from loans.holidays import closed_days
from loans.lifecycle.refusal import Refused
from loans.models import IndexRate, Loan, Plan, PlanRow, Product
from money.amounts import Cents
from money.book import Balance
from money.calendar import add_months, next_business_day
from money.cost import is_criminal
from money.figures import Figures, figures
from money.limits import limit_on
from money.schedule import Instalment, Terms, TermsError
from money.version import Version

LEAST_DAYS_TO_FIRST_DUE = 15
DAYS_TO_SEND = 7  # the plan of an offer counts on money leaving a week later
Versions = dict[int, list[Instalment]]  # of a loan's plan, in their order
AGREED = ("offer", "advance_sent")  # reasons of the versions that follow from the agreement alone


@dataclass(frozen=True)
class Estimate:
    """A loan that is not made yet, never saved, and what it would come to."""

    loan: Loan
    figures: Figures


def first_due(advance_on: date) -> date:
    """The first due day of money that leaves on `advance_on`: a month later."""
    return add_months(advance_on, 1)


def still_due(first: date, advance_on: date, *, later: int = 0) -> date:
    """The agreed first due day, or whole months later when the money leaves fewer than fifteen days before it; and
    `later` months after that.
    """
    months = 0
    while add_months(first, months) < advance_on + timedelta(days=LEAST_DAYS_TO_FIRST_DUE):
        months += 1
    return add_months(first, months + later)


def planned_loan(product: Product, *, principal_cents: int, study_months: int, repayment_months: int) -> Loan:
    """The loan that a yes today would create, without its case, not saved: the only road from a product to terms.

    Raises Refused("no_rate") when the product follows an index that has no value yet.
    """
    today = clock.today()
    advance_on = today + timedelta(days=DAYS_TO_SEND)
    try:
        rate = product.rate_on(today)
    except IndexRate.DoesNotExist as error:
        raise Refused("no_rate") from error
    return Loan(
        fund=product.fund,
        principal_cents=principal_cents,
        annual_rate=rate,
        rate_index=product.rate_index,
        follows_index=product.follows_index,
        margin=product.annual_rate if product.rate_index else 0,
        on_rate_change=product.on_rate_change,
        day_count=product.day_count,
        study_months=study_months,
        repayment_months=repayment_months,
        fee_cents=product.fee_cents(principal_cents),
        fee_paid=product.fee_paid,
        advance_on=advance_on,
        first_due=first_due(advance_on),
        offered_at=clock.now(),
        open_until=today + timedelta(days=product.offer_days),
        cooling_days=product.cooling_days,
    )


def on_other_terms(loan: Loan, product: Product, terms: Mapping[str, int]) -> Loan:
    """A planned loan with another sum and other months, not saved: rate, days and index are those of `loan`."""
    other = copy(loan)
    other.principal_cents, other.study_months = terms["principal_cents"], terms["study_months"]
    other.repayment_months = terms["repayment_months"]
    other.fee_cents = product.fee_cents(other.principal_cents)
    return other


def figures_of(terms: Terms) -> Figures:
    """What these terms come to. Raises Refused("impossible_terms") when no plan can be made."""
    try:
        return figures(terms)
    except TermsError as error:
        raise Refused("impossible_terms", field=error.field) from error


def estimate_of(loan: Loan) -> Estimate:
    """What a loan would come to. Raises Refused("impossible_terms") when no plan can be made."""
    return Estimate(loan, figures_of(loan.terms))


def refuse_criminal(terms: Terms, fitting: Callable[[], Mapping[str, object]] = dict) -> Figures:
    """What these terms come to; raises Refused("criminal_rate") above what section 347 of the Criminal Code allows.

    `fitting` then looks for what would fit, as further facts of the refusal (loans.lifecycle.offering.limits).
    """
    found, limit = figures_of(terms), limit_on(clock.today())
    if is_criminal(found.cost, limit):
        raise Refused("criminal_rate", apr=found.cost.apr, most_apr=limit.most_apr, **fitting())
    return found


def lawful_estimate(product: Product, *, principal_cents: int, study_months: int, repayment_months: int) -> Estimate:
    """What a loan of this product would come to, for anybody to read.

    Raises Refused: no_rate, impossible_terms, criminal_rate. The product's limits are the asker's to keep.
    """
    loan = planned_loan(
        product, principal_cents=principal_cents, study_months=study_months, repayment_months=repayment_months
    )
    return Estimate(loan, refuse_criminal(loan.terms))


def opening_terms(product: Product) -> dict[str, int]:
    """What a product is first shown with: the largest loan, half the study time, the longest repayment."""
    return {
        "principal_cents": product.max_cents,
        "study_months": product.max_study_months // 2,
        "repayment_months": product.max_repayment_months,
    }


def new_version(loan: Loan, *, reason: str, version: Version | None = None) -> Plan:
    """Keep the next version of the plan: the one told, or that of the loan's terms as they are now."""
    version = version or Version(loan.terms)
    loan.__dict__.pop("days_in_force", None)
    made: Plan = Plan.objects.create(
        loan=loan,
        version=loan.plans.count() + 1,
        made_at=clock.now(),
        reason=reason,
        payment_cents=level_payment(version, clock.today()),
    )
    PlanRow.objects.bulk_create(rows_of(version.instalments, made))
    return made


def rows_of(
    instalments: Sequence[Instalment], version: Plan | None = None, closed: Container[date] | None = None
) -> list[PlanRow]:
    """Instalments as rows of a version of the plan, not saved, each with the business day to pay it by.

    `closed`: the days that are not open, where they are at hand already.
    """
    if closed is None:
        closed = closed_days(instalments[0].due_on.year, instalments[-1].due_on.year + 1)
    return [
        PlanRow(
            plan=version,
            number=row.number,
            due_on=row.due_on,
            payable_by=next_business_day(row.due_on, closed),
            days=row.days,
            principal_cents=row.principal_cents,
            interest_cents=row.interest_cents,
            fees_cents=row.fees_cents,
            balance_cents=row.balance_cents,
        )
        for row in instalments
    ]


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


def agreed_rows(loan: Loan) -> tuple[Plan, list[PlanRow]]:
    """The version that was agreed, and its instalments in order. One query, where the plans were not read before."""
    if "plans" in getattr(loan, "_prefetched_objects_cache", {}):
        plan = agreed_plan(loan)
        return plan, list(plan.rows.all())
    known = PlanRow.objects.filter(plan__loan=loan, plan__reason__in=AGREED).select_related("plan")
    rows = list(known.order_by("-plan__version", "number"))
    plan = rows[0].plan
    return plan, [row for row in rows if row.plan_id == plan.pk]


def payable_by(loan: Loan, number: int) -> date:
    """The last day on which an instalment of the plan in force is paid in time."""
    return next(payable for which, _, payable in days_of(loan) if which == number)


def next_due(loan: Loan, book: Balance) -> dict[str, Any]:
    """What is to be paid next, as the facts of a letter: `next_due_on` and `next_due_cents`, None when nothing is."""
    following = book.next_unpaid
    return {
        "next_due_on": payable_by(loan, following.number).isoformat() if following else None,
        "next_due_cents": following.lacking_cents if following else None,
    }


def value_date(loan: Loan, received_on: date) -> date:
    """The day from which a payment counts: received by the shifted business day, it counts from the contractual one."""
    shifted = (due_on for _, due_on, payable in days_of(loan) if due_on < received_on <= payable)
    return next(shifted, received_on)


def read_days(loans: Iterable[Loan]) -> None:
    """What `days_of` would read for each of these loans, in two queries for all."""
    known = {loan.pk: loan for loan in loans}
    newest = dict(Plan.objects.filter(loan__in=known).order_by("version").values_list("loan_id", "pk"))
    for loan in known.values():
        loan.days_in_force = []
    rows = PlanRow.objects.filter(plan__in=newest.values()).order_by("number")
    for key, number, due_on, payable in rows.values_list("plan__loan_id", "number", "due_on", "payable_by"):
        known[key].days_in_force.append((number, due_on, payable))


def read_versions(loans: Iterable[Loan]) -> dict[int, Versions]:
    """The versions of each loan's plan, in two queries for all; the loans then know their days, as by `read_days`."""
    known = {loan.pk: loan for loan in loans}
    found: dict[int, Versions] = {key: {} for key in known}
    plans: dict[int, tuple[list[Instalment], list[tuple[int, date, date]]]] = {}
    made = Plan.objects.filter(loan__in=known).order_by("version")
    for key, loan, version in made.values_list("pk", "loan_id", "version"):
        known[loan].days_in_force = []
        found[loan][version] = []
        plans[key] = found[loan][version], known[loan].days_in_force
    columns = ("plan_id", "payable_by", *(column.name for column in fields(Instalment)))
    rows = PlanRow.objects.filter(plan__in=plans).order_by("number")
    for key, payable, number, due_on, *rest in rows.values_list(*columns):
        instalments, days = plans[key]
        instalments.append(Instalment(number, due_on, *rest))
        days.append((number, due_on, payable))
    return found


def days_of(loan: Loan) -> list[tuple[int, date, date]]:
    """(number, due day, last day to pay in time) of each instalment of the plan in force, in order.

    Read once for a row of the loan that is in hand: whoever makes a version on it forgets what was read.
    """
    if "plans" in getattr(loan, "_prefetched_objects_cache", {}):
        return [(row.number, row.due_on, row.payable_by) for row in plan_in_force(loan).rows.all()]
    if not hasattr(loan, "days_in_force"):
        newest = Plan.objects.filter(loan=loan).order_by("-version").values("pk")[:1]
        rows = PlanRow.objects.filter(plan=newest).order_by("number")
        loan.days_in_force = list(rows.values_list("number", "due_on", "payable_by"))
    days: list[tuple[int, date, date]] = loan.days_in_force
    return days
