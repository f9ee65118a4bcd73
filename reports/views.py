"""The pages of the reports: for their audience only; to others a report does not exist."""

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
    """One report for the days of ?from= and ?to= (ISO dates); without them, for this year until today."""
    found = _report_or_404(request, slug)
    return _show(request, found, *_period(request.GET, found.filters))


@require_safe
def report_csv(request, slug):
    """The same rows as a CSV file. With days that cannot be read: the page, which says so."""
    found = _report_or_404(request, slug)
    period, errors = _period(request.GET, found.filters)
    if errors:
        return _show(request, found, period, errors)
    response = HttpResponse(found.as_csv(period), content_type="text/csv; charset=utf-8")
    name = f"{found.slug}-{period.first}-{period.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _report_or_404(request, slug):
    found = CATALOGUE.get(slug)
    if found is None or not found.may_read(request.user):
        raise Http404
    return found


def _period(data, filters):
    """The period asked for and what is wrong with it, by field; a day that cannot be read is the usual one."""
    usual = Period(clock.today().replace(month=1, day=1), clock.today())
    errors = {}
    chosen = {name: data[name] for name, each in filters.items() if data.get(name) in each.choices}
    first = _day(data, "from", usual.first, errors)
    last = _day(data, "to", usual.last, errors)
    if not errors and last < first:
        errors["to"] = _("The last day is before the first day.")
    return (usual if errors else Period(first, last, chosen)), errors


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
        "filters": [
            {"name": name, "label": each.label, "choices": each.choices.items(), "chosen": period.chosen.get(name, "")}
            for name, each in found.filters.items()
        ],
        "query": request.GET.urlencode(),
        "errors": errors,
        "summary": [(f"#id-{name}", text) for name, text in errors.items()],
    }
    return render(request, "reports/report.html", context, status=UNPROCESSABLE if errors else 200)
