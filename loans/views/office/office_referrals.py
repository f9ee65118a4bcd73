"""Referrals across cases: those without an outcome first, then what waits to be sent, then what waits for an answer."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from loans.models import Application, Referral
from loans.models.referral import OUTCOME_DAYS

PAGE = 50
READERS = frozenset((Role.OFFICER, Role.MANAGER, Role.AUDITOR))
TELLERS = frozenset((Role.OFFICER, Role.MANAGER))


def open_referrals(reader):
    """Every referral that is not closed, of the cases this reader may open."""
    cases = Application.objects.open_to_staff(reader)
    return Referral.objects.filter(closed=None, application__in=cases.values("pk"))


def overdue_referrals(reader):
    """The referrals that somebody should ask about by now; none for those who refer nobody."""
    return open_referrals(reader).overdue() if reader.roles & TELLERS else Referral.objects.none()


@require_safe
def office_referrals(request):
    """What was sent longest ago and has no outcome comes first."""
    if not request.user.roles & READERS:
        raise PermissionDenied
    order = Case(
        When(sent__isnull=False, then=Value(0)), When(says_yes=True, then=Value(1)), When(says_yes=None, then=Value(2)),
        default=Value(3), output_field=IntegerField(),
    )  # fmt: skip
    rows = open_referrals(request.user).defer("told").order_by(order, "sent__at", "event__at")
    rows = rows.select_related("partner", "event", "answer", "sent", "application__applicant__user")
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "overdue": open_referrals(request.user).overdue().count(),
        "days": OUTCOME_DAYS,
    }
    return render(request, "loans/office_referrals.html", context)
