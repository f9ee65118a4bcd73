"""The months of which the books are closed, and closing the next one."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from letters.wording import day
from loans.fields import Field
from loans.lifecycle.ledger.closing import close_through, may_close, months_to_close
from loans.models import Closing
from loans.views.deeds import attempt
from loans.views.loan.money_desk import READERS
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet


@require_http_methods(["GET", "HEAD", "POST"])
def closings(request):
    """The list, for whoever sees the money desk; managers and finance close a month."""
    if not request.user.roles & READERS:
        raise PermissionDenied
    if request.method != "POST":
        return _show(request)
    if not may_close(request.user):
        raise PermissionDenied
    closed = Closing.objects.values_list("through", flat=True)  # the verb says so of these
    sheet = Sheet(_fields([*months_to_close(), *closed]), request.POST)
    return attempt(
        request,
        lambda: close_through(date.fromisoformat(sheet.values["through"]), by=request.user),
        sheet=sheet,
        then=reverse("closings"),
        done=_("Closed. What comes later for these days is booked in the open month."),
        show=lambda: _show(request, sheet),
    )


def _fields(months):
    choices = tuple((month.isoformat(), day(month)) for month in months)
    return (Field("through", "select", _("Close the books through"), choices=choices),)


def _show(request, tried=None):
    months = months_to_close() if may_close(request.user) else []
    context = {
        "closings": Closing.objects.select_related("closed_by").order_by("-through"),
        "may_close": may_close(request.user),
        "deed": _drawn(tried or Sheet(_fields(months))) if months else None,
        "errors": [(link if months else "#main", text) for link, text in tried.summary] if tried else [],
    }
    return render(request, "loans/closings.html", context)


def _drawn(sheet):
    return drawn(
        sheet,
        key="close",
        title=_("Close the books"),
        button=_("Close the books"),
        action=reverse("closings"),
        look="button-danger",
    )
