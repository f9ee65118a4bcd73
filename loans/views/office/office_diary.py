"""The diary across cases: what is overdue, what is for today, for this week, for later."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Role
from config import clock
from loans.models import Application, Task

PAGE = 100  # tasks
KEEPERS = frozenset((Role.OFFICER, Role.MANAGER))
OVERDUE, TODAY, WEEK, LATER = _("Overdue"), _("Today"), _("In the next seven days"), _("Later")


def open_tasks(reader):
    """Every task that is not closed, of the cases this reader may open."""
    cases = Application.objects.open_to_staff(reader)
    return Task.objects.filter(closed=None, application__in=cases.values("pk"))


def overdue_of(reader):
    """The tasks of this member of staff that should have been done before today; none of those who keep no diary."""
    if not reader.roles & KEEPERS:
        return Task.objects.none()
    return open_tasks(reader).filter(for_whom=reader, due_on__lt=clock.today())


def undelivered_of(reader):
    """The tasks of this member of staff about letters that did not arrive."""
    if not reader.roles & KEEPERS:
        return Task.objects.none()
    return open_tasks(reader).filter(for_whom=reader, letter__isnull=False)


@require_safe
def diary(request):
    """One's own tasks, and a manager's view of everybody's: ?whose=mine or all."""
    reader = request.user
    if not reader.roles & KEEPERS:
        raise PermissionDenied
    manages = Role.MANAGER in reader.roles
    everybodys = manages and request.GET.get("whose") != "mine"
    tasks = open_tasks(reader) if everybodys else open_tasks(reader).filter(for_whom=reader)
    page = Paginator(tasks.select_related("application__applicant", "for_whom", "letter__to"), PAGE).get_page(
        request.GET.get("page")
    )
    whose = [("all", _("Everybody’s"), everybodys), ("mine", _("Mine"), not everybodys)]
    context = {
        "page": page,
        "groups": _by_time(page),
        "whose": [{"key": key, "label": label, "chosen": chosen} for key, label, chosen in whose] if manages else [],
        "everybodys": everybodys,
    }
    return render(request, "loans/office_diary.html", context)


def _by_time(tasks):
    groups = {label: [] for label in (OVERDUE, TODAY, WEEK, LATER)}
    for task in tasks:
        groups[when(task)].append(task)
    return [{"label": label, "tasks": found, "is_late": label == OVERDUE} for label, found in groups.items() if found]


def when(task):
    """In which part of the diary an open task stands today."""
    today = clock.today()
    if task.due_on < today:
        return OVERDUE
    if task.due_on == today:
        return TODAY
    return WEEK if task.due_on <= today + timedelta(days=7) else LATER
