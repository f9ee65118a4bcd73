"""The register of complaints: what waits for an answer, what was answered lately, how many of each kind and month."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role
from config import clock
from config.languages import NAMES
from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing import complaints
from loans.models import Complaint
from loans.models.complaint import OWNERS
from loans.views.deeds import UNPROCESSABLE, new_once_key, once_key_of
from loans.views.everybody.complaint import KIND, REACH
from loans.views.sheets import Sheet

PAGE = 50  # complaints on one page
LATEST = 20  # of those that were answered
MONTHS = 12  # of the counts
READERS = OWNERS | {Role.AUDITOR}
WAYS = tuple(choice for choice in Complaint.Way.choices if choice[0] != Complaint.Way.PAGE)
NEW = (
    Field("way", "select", gettext_lazy("How it came to us"), choices=WAYS),
    KIND,
    Field("words", "longtext", gettext_lazy("What went wrong, in the person’s own words"), max_length=3000),
    Field("whom", "text", gettext_lazy("Of whom it speaks"), required=False, max_length=150),
    *REACH,
    Field("language", "select", gettext_lazy("In which language does the person read?"), choices=tuple(NAMES.items())),
)


def to_look_after(reader):
    """What this reader owns, or as a manager nobody owns, and waits for an answer."""
    if not reader.roles & OWNERS:
        return Complaint.objects.none()
    theirs = Q(owner=reader) | (Q(owner=None) if reader.roles & complaints.HANDLERS else Q())
    return Complaint.objects.open_to(reader).waiting().filter(theirs)


@require_safe
def register(request):
    """What waits, the first due on top; what was answered lately; the counts."""
    if not request.user.roles & READERS:
        raise PermissionDenied
    found = Complaint.objects.open_to(request.user).defer("words", "whom", "email", "phone", "answer")
    page = Paginator(found.waiting().select_related("owner", "user"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "overdue": found.waiting().filter(due_on__lt=clock.today()).count(),
        "answered": found.filter(answered_at__isnull=False)
        .select_related("answered_by")
        .order_by("-answered_at")[:LATEST],
        "kinds": Complaint.Kind.labels,
        "months": _by_month(found),
        "may_enter": bool(request.user.roles & OWNERS),
    }
    return render(request, "loans/office_complaints.html", context)


def _by_month(found):
    """[{"month": its first day, "counts": [(kind, how many)], "total"}], newest first, empty ones left out."""
    counted = (
        found.order_by().annotate(month=TruncMonth("received_at")).values("month", "kind").annotate(total=Count("pk"))
    )
    by_month = {}
    for each in counted:
        by_month.setdefault(clock.day_of(each["month"]), {})[each["kind"]] = each["total"]
    return [
        {
            "month": month,
            "counts": [(label, by_month[month].get(kind, 0)) for kind, label in Complaint.Kind.choices],
            "total": sum(by_month[month].values()),
        }
        for month in sorted(by_month, reverse=True)[:MONTHS]
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Write down what a person told by telephone, by letter or at the desk."""
    if not request.user.roles & OWNERS:
        raise PermissionDenied
    sheet = Sheet.of(request, NEW, initial={"language": "en"})
    if request.method != "POST":
        return _show_new(request, sheet)
    if not sheet.is_answered:
        return _show_new(request, sheet, UNPROCESSABLE)
    said = {name: value or "" for name, value in sheet.values.items()}
    try:
        row = complaints.enter(by=request.user, once_key=once_key_of(request), **said)
    except Refused as refused:
        sheet.refuse(refused)
        return _show_new(request, sheet, UNPROCESSABLE)
    messages.success(request, _("Written down as %(number)s.") % {"number": row.number})
    return HttpResponseRedirect(reverse("complaints"))


def _show_new(request, sheet, status=None):
    context = {"sheet": sheet, "errors": sheet.summary, "once_key": new_once_key()}
    return render(request, "loans/office_complaint_new.html", context, status=status)
