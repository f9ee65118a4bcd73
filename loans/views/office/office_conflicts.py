"""All conflicts of interest that stand, for those who see to it that each case has somebody."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from loans.models import Application, Conflict

READERS = frozenset((Role.MANAGER, Role.AUDITOR))
PAGE = 50


@require_safe
def office_conflicts(request):
    """The newest first; of cases that are hidden from the reader, nothing."""
    if not request.user.roles & READERS:
        raise PermissionDenied
    known = Conflict.objects.standing().filter(application__in=Application.objects.open_to_staff(request.user))
    rows = known.select_related("application__applicant__user", "application__reviewer", "user", "event")
    return render(
        request, "loans/office_conflicts.html", {"page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}
    )
