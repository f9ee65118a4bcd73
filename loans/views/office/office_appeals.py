"""Appeals that wait for a second look, the day we promised to answer each, those that are overdue first."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from config import clock
from loans import rules
from loans.lifecycle.promise import days_to
from loans.models import Application, Event, Party
from loans.views.desk.desk_rows import promise_shown

HEARERS = frozenset((Role.MANAGER, Role.COMMITTEE))
READERS = HEARERS | {Role.AUDITOR}


def open_appeals(reader):
    """Every appeal on a case that this reader may open, by the day on which an answer is due."""
    cases = Application.objects.open_to_staff(reader).filter(state=Application.State.APPEALED)
    return cases.select_related("applicant__user").prefetch_related("parties").order_by("promised_by", "pk")


def appeals_of(reader):
    """{"total", "overdue"}: the appeals that this reader may hear; nothing is asked for those who hear none."""
    if not reader.roles & HEARERS:
        return {"total": 0, "overdue": 0}
    strangers = Prefetch("parties", Party.objects.none())  # among them the rules look for the reader, who is not there
    cases = Application.objects.open_to_staff(reader).filter(state=Application.State.APPEALED)
    found = [case for case in cases.prefetch_related(strangers) if rules.may_hear_appeal(case, reader)]
    return {"total": len(found), "overdue": sum((days_to(case, clock.today()) or 0) < 0 for case in found)}


@require_safe
def office_appeals(request):
    """What the reader may hear; of the others only how many there are. An auditor reads all of them."""
    if not request.user.roles & READERS:
        raise PermissionDenied
    came_in = Prefetch("events", Event.objects.filter(verb="appeal").order_by("-pk"), to_attr="appeals")
    found = list(open_appeals(request.user).select_related("product", "decided_by").prefetch_related(came_in))
    reads_all = Role.AUDITOR in request.user.roles
    shown = [case for case in found if reads_all or rules.may_hear_appeal(case, request.user)]
    context = {"rows": [_row(case) for case in shown], "others": len(found) - len(shown)}
    return render(request, "loans/office_appeals.html", context)


def _row(case):
    return {"case": case, "came_at": case.appeals[0].at, "promise": promise_shown(case)}
