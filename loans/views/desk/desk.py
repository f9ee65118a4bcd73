"""The desk: every case the reader may open, in lists, each line with its next step; and the same lines as a file."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loans.views.desk.desk_asked import FILTERS, ORDERS, Asked
from loans.views.desk.desk_counts import counted
from loans.views.desk.desk_csv import MOST_LINES, file_name, in_lines
from loans.views.desk.desk_lists import ANSWERERS, EVERYTHING, LISTS, MOST, READERS, lists_of
from loans.views.desk.desk_rows import Pages
from loans.views.office.office_appeals import appeals_of


@require_safe
def desk(request):
    """The cases, by what the address asks (desk_asked): ?show=…, ?q=…, filters, ?sort=…, ?page=."""
    asked = _asked(request)
    counts = counted(asked)
    page = Pages(asked, counts["found"]).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "rows": page.object_list,
        "found": _as_told(counts["found"]),
        "lists": _lists(asked, counts),
        "list": LISTS[asked.show],
        "everything": EVERYTHING,
        "filters": [_filter(asked, name) for name in FILTERS],
        "orders": [{"key": key, "label": label} for key, (label, _by) in ORDERS.items()],
        "order": ORDERS[asked.order][0],
        "most": MOST,
        "most_lines": MOST_LINES,
        "q": asked.words,
        "lost_addresses": counts["lost_addresses"],
        "calls": {"waiting": counts["calls_waiting"], "overdue": counts["calls_overdue"]},
        "appeals": appeals_of(request.user) if counts["appeals"] else {},
        "complaints": {"total": counts["complaints"], "overdue": counts["complaints_overdue"]},
        "referrals": counts["referrals"],
        "tasks_overdue": counts["tasks"],
        "undelivered": counts["undelivered"],
        "assists": bool(request.user.roles & ANSWERERS),
    }
    return render(request, "loans/desk.html", context)


@require_safe
def desk_csv(request):
    """The lines that the desk shows for the same address, without its pages, as a CSV file of at most MOST_LINES."""
    response = HttpResponse(in_lines(_asked(request, MOST_LINES)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name()}"'
    return response


def _asked(request, most=MOST):
    if not request.user.roles & READERS:
        raise PermissionDenied
    return Asked.of(request, most)


def _lists(asked, counts):
    return [
        {"key": key, "label": each.label, "count": _as_told(counts[key]), "chosen": key == asked.show}
        for key, each in lists_of(asked.reader).items()
    ]


def _filter(asked, name):
    label, anything = FILTERS[name]
    options = asked.options.of(name).items()
    return {"name": name, "label": label, "anything": anything, "options": options, "chosen": asked.filters.get(name)}


def _as_told(count):
    """A count in words: 37, or 500+."""
    return f"{MOST}+" if count > MOST else str(count)
