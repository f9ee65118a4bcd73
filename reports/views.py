"""The pages of the reports: for their audience only; to others a report does not exist."""

from dataclasses import replace
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config import clock
from reports.base import Period
from reports.catalogue import CATALOGUE

UNPROCESSABLE = 422


@require_safe
def reports(request):
    """The reports this person may read."""
    found = [report for report in CATALOGUE.values() if report.may_read(request.user)]
    if not found:
        raise Http404
    return render(request, "reports/reports.html", {"reports": found})


@require_safe
def report(request, slug):
    """One report for the days of ?from= and ?to= (ISO dates); without them, for this year until today.

    Some look back: as of the day ?on=, and as it was known at the end of the day ?known_on=.
    """
    found = _report_or_404(request, slug)
    return _show(request, found, *_period(request, found))


@require_safe
def report_csv(request, slug):
    """The same rows as a CSV file. With days that cannot be read: the page, which says so."""
    found = _report_or_404(request, slug)
    period, errors = _period(request, found)
    if errors:
        return _show(request, found, period, errors)
    response = HttpResponse(found.as_csv(period), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found, period)}"'
    return response


def _report_or_404(request, slug):
    found = CATALOGUE.get(slug)
    if found is None or not found.may_read(request.user):
        raise Http404
    return found


def _file_name(found, period):
    on = f"-on-{period.on}" if period.on else ""
    known_on = f"-known-on-{period.known_on}" if period.known_on else ""
    return f"{found.slug}-{period.first}-{period.last}{on}{known_on}.csv"


def _period(request, found):
    period, errors = _days(request.GET, found)
    return replace(period, reader=request.user), errors


def _days(data, found):
    """The period asked for and what is wrong with it, by field; a day that cannot be read is the usual one.

    Seen from another day, the period ends there; as known on a day, things are told as of that day.
    """
    errors = {}
    on, known_on = (_past_day(data, name, errors) if found.can_look_back else None for name in ("on", "known_on"))
    on = on or known_on
    until = on or clock.today()
    usual = Period(until.replace(month=1, day=1), until)
    chosen = {name: data[name] for name, each in found.filters.items() if data.get(name) in each.choices}
    first = _day(data, "from", usual.first, errors)
    last = _day(data, "to", usual.last, errors)
    if not errors and last < first:
        errors["to"] = _("The last day is before the first day.")
    return (usual if errors else Period(first, last, chosen, on, known_on)), errors


def _past_day(data, name, errors):
    day = _day(data, name, None, errors)
    if day and day > clock.today():
        errors[name] = _("This day has not come yet.")
        return None
    return day


def _day(data, name, usual, errors):
    typed = data.get(name, "").strip()
    try:
        return date.fromisoformat(typed) if typed else usual
    except ValueError:
        errors[name] = _("This is not a day in the calendar. Write it like 2027-03-01.")
        return usual


def _show(request, found, period, errors):
    context = {
        "report": found,
        "period": period,
        "table": [] if errors else found.table(period),
        "first": request.GET.get("from", "") or period.first.isoformat(),
        "last": request.GET.get("to", "") or period.last.isoformat(),
        "on": request.GET.get("on", ""),
        "known_on": request.GET.get("known_on", ""),
        "filters": [
            {"name": name, "label": each.label, "choices": each.choices.items(), "chosen": period.chosen.get(name, "")}
            for name, each in found.filters.items()
        ],
        "query": request.GET.urlencode(),
        "errors": errors,
        "summary": [(f"#id-{name}", text) for name, text in errors.items()],
    }
    return render(request, "reports/report.html", context, status=UNPROCESSABLE if errors else 200)
