"""The calendar: on which days payments do not move, what the office says about a day, and what a second confirms."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from config import clock
from loans.fields import Field
from loans.holidays import NAMES, PLACES, usual
from loans.lifecycle.settings import calendar_days
from loans.models import CalendarDay
from loans.views.deeds import attempt, once_key_of
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet
from money.calendar import Banking

YEARS_AHEAD = 2
MOST_DECIDED = 20  # rows shown of what was decided
EVERYWHERE = "all"  # how the form says what a row leaves empty
PLACE_NAMES = {EVERYWHERE: gettext_lazy("Everywhere"), **{code: place.name for code, place in PLACES.items()}}
SAYS = {
    Banking.CLOSED: (gettext_lazy("Closed"), ""),
    Banking.ASK: (gettext_lazy("Ask"), "wait"),
    Banking.OPEN: (gettext_lazy("Open"), "good"),
}
FIELDS = (
    Field("day", "date", gettext_lazy("Day")),
    Field("place", "select", gettext_lazy("For what"), choices=tuple(PLACE_NAMES.items())),
    Field(
        "banking",
        "select",
        gettext_lazy("On this day it is"),
        help=gettext_lazy("“Ask” means that nobody knows yet: until then the day counts as closed."),
        choices=tuple((each.value, words) for each, (words, _tone) in SAYS.items()),
    ),
    Field("reason_en", "text", gettext_lazy("Why, in English"), max_length=150),
    Field("reason_fr", "text", gettext_lazy("Why, in French"), max_length=150),
    Field(
        "source",
        "text",
        gettext_lazy("How we know"),
        help=gettext_lazy("Such as a letter of the bank and its date."),
        max_length=200,
    ),
)


@require_safe
def calendar(request):
    """The page, for everybody who works here."""
    return _show(request)


def _show(request, tried=None):
    if not request.user.is_staff:
        raise Http404
    first_year = clock.today().year
    rows = list(CalendarDay.objects.select_related("proposed_by", "decided_by"))
    in_force = sorted((row for row in rows if row.is_confirmed), key=lambda row: (row.decided_at, row.pk))
    decided = sorted((row for row in rows if row.is_confirmed is not None), key=lambda row: (row.decided_at, row.pk))
    days_off = _days(first_year, in_force)
    context = {
        "first_year": first_year,
        "last_year": first_year + YEARS_AHEAD,
        "places": [place.name for place in PLACES.values()],
        "days": days_off,
        "years": list({each["day"].year: each["day"] for each in reversed(days_off)}.items())[::-1],
        "waiting": [_waiting(row, request.user) for row in rows if row.is_confirmed is None],
        "decided": [_worded(row) for row in decided[-MOST_DECIDED:]],
        "deed": _drawn(tried) if request.user.roles & calendar_days.PROPOSE else None,
        "errors": _drawn(tried)["summary"] if tried else [],
    }
    return render(request, "loans/calendar.html", context)


def _days(first_year, in_force):
    """Every day on which somewhere is or was said not to be plainly open, in order, with what each place is then."""
    last_year = first_year + YEARS_AHEAD
    found = {}
    for holiday in usual(first_year, last_year):
        told = {code: holiday.banking(code) for code in PLACES}
        names = [NAMES.get(name, name) for name in holiday.names]
        found[holiday.day] = {
            "day": holiday.day,
            "names": names,
            "is_moved": holiday.is_moved,
            "told": told,
            "rows": {},
        }
    for row in in_force:
        if first_year <= row.day.year <= last_year:
            blank = {"day": row.day, "names": [], "told": dict.fromkeys(PLACES, Banking.OPEN), "rows": {}}
            entry = found.setdefault(row.day, blank)
            for code in [row.place] if row.place else PLACES:
                entry["told"][code] = Banking(row.banking)
                entry["rows"][code] = row
    return [_drawn_day(found[day]) for day in sorted(found)]


def _drawn_day(entry):
    """As the template takes it: a tag a place, and each row of the office that still holds for some place, once."""
    tags = [
        {"place": PLACES[code].name, "text": SAYS[banking][0], "tone": SAYS[banking][1]}
        for code, banking in entry["told"].items()
    ]
    return {**entry, "tags": tags, "rows": sorted(set(entry["rows"].values()), key=lambda row: row.pk)}


def _worded(row):
    """A row with the words for its place and its answer."""
    return {"row": row, "place": PLACE_NAMES[row.place or EVERYWHERE], "says": SAYS[Banking(row.banking)][0]}


def _waiting(row, reader):
    return {
        **_worded(row),
        "may_confirm": calendar_days.may_confirm(row, reader),
        "may_take_back": row.proposed_by_id == reader.pk,
        "has_nobody": calendar_days.has_nobody_to_confirm(row),
    }


def _drawn(tried):
    return drawn(
        tried or Sheet(FIELDS),
        key="calendar-day",
        title=_("Enter a day"),
        button=_("Propose it"),
        action=reverse("calendar_days"),
        look="button-quiet",
        is_open=bool(tried),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def days(request):
    """Enter a day; a second person confirms it."""
    here = reverse("calendar")
    if not request.user.is_staff:
        raise Http404
    if not request.user.roles & calendar_days.PROPOSE:
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseRedirect(here)
    sheet = Sheet(FIELDS, request.POST)
    return attempt(
        request,
        lambda: _propose(request.user, sheet.values, once_key_of(request)),
        sheet=sheet,
        then=here,
        done=_("Proposed. It holds once a second person confirms it."),
        show=lambda: _show(request, sheet),
    )


def _propose(manager, said, once_key):
    calendar_days.propose(
        date.fromisoformat(said["day"]),
        "" if said["place"] == EVERYWHERE else said["place"],
        said["banking"],
        by=manager,
        once_key=once_key,
        **{name: said[name] for name in calendar_days.WORDS},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request, pk):
    """The second person confirms or refuses; whoever entered it may take it back."""
    if not request.user.is_staff:
        raise Http404
    here, row = reverse("calendar"), get_object_or_404(CalendarDay, pk=pk)
    if not (calendar_days.may_confirm(row, request.user) or row.proposed_by_id == request.user.pk):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseRedirect(here)
    confirmed = request.POST.get("answer") == "confirm"
    sheet = Sheet((), request.POST)
    return attempt(
        request,
        lambda: calendar_days.decide(row, by=request.user, confirmed=confirmed),
        sheet=sheet,
        then=here,
        done=_("Confirmed. It holds from now on.") if confirmed else _("Not confirmed. Nothing changes."),
        show=lambda: _show(request, sheet),
    )
