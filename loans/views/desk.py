"""The desk: every case the reader may open, what waits longest first, with its next step."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Role
from config import clock
from loans.models import Application, Submission
from loans.views.next_step import next_step, tone_of

PAGE = 50  # cases on one page
ON_THE_DESK = (Application.State.IN_REVIEW, Application.State.WAITING, Application.State.RECOMMENDED)
READERS = frozenset((Role.OFFICER, Role.MANAGER, Role.COMMITTEE, Role.AUDITOR))

FILTERS = {
    "mine": (_("Mine"), lambda user: Q(reviewer=user, state__in=ON_THE_DESK)),
    "unassigned": (_("To take"), lambda user: Q(state=Application.State.SUBMITTED)),
    "waiting": (_("Waiting for an answer"), lambda user: Q(state=Application.State.WAITING)),
    "decision": (
        _("To decide"),
        lambda user: Q(state__in=[Application.State.RECOMMENDED, Application.State.APPEALED]),
    ),
    "all": (_("All"), lambda user: Q()),
}


@require_safe
def desk(request):
    """The cases, filtered by the address: ?show=…, ?q= in names and references, ?page=."""
    if not request.user.roles & READERS:
        raise PermissionDenied
    shows, words = _shows(request), request.GET.get("q", "").strip()[:100]
    cases = Application.objects.open_to_staff(request.user).filter(_wanted(request.user, shows))
    if words:
        cases = cases.filter(Q(reference__icontains=words) | Q(applicant__full_name__icontains=words))
    page = Paginator(_dressed(cases).order_by("submitted_at", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(case, request.user) for case in page],
        "filters": [{"key": key, "label": label, "chosen": key in shows} for key, (label, _q) in FILTERS.items()],
        "show": request.GET.get("show", "") if request.GET.get("show") in FILTERS else "",
        "q": words,
    }
    return render(request, "loans/desk.html", context)


def _shows(request):
    """The filters that hold: the one in the address, everything for a search, or what the reader's roles ask for."""
    if request.GET.get("show") in FILTERS:
        return {request.GET["show"]}
    if request.GET.get("q", "").strip():
        return {"all"}
    usual = set()
    if Role.OFFICER in request.user.roles:
        usual |= {"mine", "unassigned"}
    if request.user.roles & {Role.MANAGER, Role.COMMITTEE}:
        usual |= {"decision"}
    return usual or {"all"}


def _wanted(user, shows):
    """Any of the filters."""
    wanted = Q()
    for key in shows:
        if key == "all":
            return Q()
        wanted |= FILTERS[key][1](user)
    return wanted


def _dressed(cases):
    """With all that a row shows, so that a page of rows takes a handful of queries."""
    newest = Submission.objects.filter(application=OuterRef("pk")).order_by("-number")
    asked = Subquery(newest.values("requested_cents")[:1])
    return (
        cases.annotate(requested_cents=asked)
        .select_related("product", "applicant__user", "reviewer")
        .prefetch_related("loans", "recommendations__votes", "parties")
    )


def _row(case, reader):
    return {
        "case": case,
        "next": next_step(case, reader),
        "tone": tone_of(case),
        "days": (clock.today() - clock.day_of(case.submitted_at)).days,
    }
