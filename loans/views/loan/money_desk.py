"""Finance's own page: what goes out, what should come in, what came in; and the receipt of a payment."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Role
from config import clock
from loans.lifecycle.ledger.closing import closed_through
from loans.lifecycle.lending.bank_gates import waits_of
from loans.lifecycle.lending.repayment import MONEY_IN
from loans.models import Advance, Condition, Fact, Loan, Position
from loans.views.loan.loan_desk import loan_or_404
from loans.views.loan.loan_page import sees_payers
from loans.views.loan.loan_waits import waits_for
from loans.views.loan.money_fields import METHODS
from money.arrears import days_late

READERS = frozenset((Role.FINANCE, Role.MANAGER, Role.AUDITOR))
LOOKS_AHEAD, LOOKS_BACK = timedelta(days=14), timedelta(days=30)
MOST = 50  # lines in each table; the list of loans holds the rest


@require_safe
def money_desk(request):
    """Advances to release and to send, payments late and due soon, and what came in lately."""
    if not request.user.roles & READERS:
        raise PermissionDenied
    today, known = clock.today(), Loan.objects.open_to_staff(request.user)
    context = {
        "advances": _advances(known),
        "late": _dues(known, today, next_unpaid_on__lt=today),
        "soon": _dues(known, today, next_unpaid_on__range=(today, today + LOOKS_AHEAD)),
        "received": _received(known, request.user, today - LOOKS_BACK),
        "most": MOST,
        "closed_through": closed_through(),
    }
    return render(request, "loans/money_desk.html", context)


def _advances(known):
    waiting = Advance.objects.filter(state__in=[Advance.State.PLANNED, Advance.State.RELEASED], loan__in=known)
    asked = Prefetch("loan__application__conditions", Condition.objects.before_money().select_related("words"), "asked")
    found = waiting.select_related("loan__application__applicant__user").prefetch_related(asked)
    found = list(found.order_by("planned_on", "pk")[:MOST])
    bank = waits_of({each.loan.application_id for each in found})
    return [
        {
            "advance": each,
            "waits_for": waits_for(each.number, each.loan.application.asked, bank.get(each.loan.application_id)),
        }
        for each in found
    ]


def _dues(known, today, **when):
    running = Position.objects.filter(loan__in=known.running(), **when)
    found = running.select_related("loan__application__applicant__user").order_by("next_unpaid_on", "pk")[:MOST]
    return [{"position": each, "loan": each.loan, "days": days_late(each.next_unpaid_on, today)} for each in found]


def _received(known, reader, since):
    facts = Fact.objects.filter(loan__in=known, kind__in=MONEY_IN, on__gte=since)
    facts = facts.select_related("loan__application__applicant__user", "receipt", "reversed_by")
    return [_line(fact, reader) for fact in facts.order_by("-on", "-pk")[:MOST]]


def _line(fact, reader):
    shown = sees_payers(reader) and hasattr(fact, "receipt")
    return {
        "fact": fact,
        "payer": fact.receipt.payer if shown else "",
        "method": METHODS.get(fact.detail.get("method"), ""),
        "received_on": fact.detail.get("received_on", fact.on.isoformat()),
        "is_reversed": hasattr(fact, "reversed_by"),
    }


@require_safe
def receipt(request, number, count):
    """One payment on one page, to print: who paid, how much, when, how, and for which loan."""
    found = loan_or_404(request, number)
    facts = found.facts.filter(kind__in=MONEY_IN).select_related("receipt", "reversed_by", "event__by")
    line = _line(get_object_or_404(facts, number=count), request.user)
    return render(request, "loans/receipt.html", {"loan": found, "case": found.application, **line})
