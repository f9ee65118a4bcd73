"""What the export says of each loan, fact, entry and root: one object a line. No names, no notes, no addresses."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from django.db.models import Exists, OuterRef

from loans.lifecycle.lending.planning import plan_in_force
from loans.models import Entry, Fact, Loan, Root
from money.book import USUAL_ORDER

AT_ONCE = 500
FACT = (
    "loan__number", "loan_id", "pk", "number", "kind", "on", "recorded_at", "cents", "detail", "event_id",
    "reverses__number", "previous_hash", "hash", "hash_version",
)  # fmt: skip
ENTRY = (
    "loan__number", "loan_id", "pk", "fact__number", "on", "booked_on", "recorded_at", "debit", "credit", "cents",
    "fund__code",
)  # fmt: skip
ROOT = ("number", "on", "made_at", "through", "loan_count", "previous_hash", "hash", "hash_version")
SIGNINGS = ("signed_through", "signing_count", "signings_hash")  # of a root from version 2 on
POSITION = (
    "last_fact", "at", "principal_cents", "interest_exact", "fees_cents", "credit_cents", "lent_cents", "paid_cents",
)  # fmt: skip
CALLED = {"loan__number": "loan", "pk": "id", "fact__number": "fact", "fund__code": "fund",
          "reverses__number": "reverses", "starts": "from"}  # fmt: skip
Line = dict[str, object]


class NotExported(Exception):
    """The folder is taken, or the books are not whole enough to be told."""


def facts() -> Iterator[Line]:
    """Every fact, by loan and number."""
    return _rows(Fact.objects.order_by("loan_id", "number"), FACT)


def entries() -> Iterator[Line]:
    """Every entry, by loan and the order of writing."""
    return _rows(Entry.objects.order_by("loan_id", "pk"), ENTRY)


def roots() -> Iterator[Line]:
    """Every root, by number."""
    for line in _rows(Root.objects.order_by("number"), (*ROOT, *SIGNINGS)):
        yield {name: said for name, said in line.items() if line["hash_version"] != 1 or name not in SIGNINGS}


def loans() -> Iterator[Loan]:
    """Every loan on which something happened, with its plans and position."""
    happened = Loan.objects.filter(Exists(Fact.objects.filter(loan=OuterRef("pk")))).order_by("pk")
    rows = happened.select_related("fund", "position").prefetch_related("plans__rows")
    for loan in rows.iterator(chunk_size=AT_ONCE):
        if not loan.plans.all() or not hasattr(loan, "position"):
            raise NotExported(f"loan {loan.number} has no plan or no position: see `manage.py audit`")
        yield loan


def terms_of(loan: Loan) -> Line:
    """A loan's terms as `money.quote` reads them, the plan in force, and how a payment is shared."""
    plan = plan_in_force(loan)
    return {
        "loan": loan.number,
        "loan_id": loan.pk,
        "fund": loan.fund.code,
        "terms": _said(loan.terms),
        "order": _said(USUAL_ORDER),
        "plan": {
            "version": plan.version,
            "rows": _said(plan.instalments),
        },
    }


def positions() -> Iterator[Line]:
    """Where each loan stands: the fold of its facts, and the sums of its entries by account."""
    pairs = Entry.objects.order_by("loan_id").values_list("loan_id", "debit", "credit", "cents")
    by_loan = groupby(pairs.iterator(chunk_size=AT_ONCE * 10), key=lambda pair: pair[0])
    sums = next(by_loan, None)
    for loan in loans():
        balances: dict[str, int] = {}
        if sums and sums[0] == loan.pk:
            for _, debit, credit, cents in sums[1]:
                balances[debit] = balances.get(debit, 0) + cents
                balances[credit] = balances.get(credit, 0) - cents
            sums = next(by_loan, None)
        yield {
            "loan": loan.number,
            "loan_id": loan.pk,
            **{name: _said(getattr(loan.position, name)) for name in POSITION},
            "balances": {account: cents for account, cents in sorted(balances.items()) if cents},
        }


def _rows(rows, columns) -> Iterator[Line]:
    names = [CALLED.get(column, column) for column in columns]
    for row in rows.values_list(*columns).iterator(chunk_size=AT_ONCE * 10):
        yield dict(zip(names, map(_said, row), strict=True))


def _said(value):
    """A value of the books as JSON says it: days and moments (UTC) in ISO form, fractions as text."""
    match value:
        case StrEnum():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case tuple():
            return [_said(each) for each in value]
        case None | bool() | int() | str() | dict():
            return value
    if is_dataclass(value):
        named = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {CALLED.get(name, name): _said(said) for name, said in named if said is not None}
    raise TypeError(f"the books hold no {type(value).__name__}")
