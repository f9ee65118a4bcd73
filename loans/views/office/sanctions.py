"""The lists of sanctions that the office loaded: what each is, since when; a manager loads the newest file."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from loans.fields import ERRORS, Field
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import sanctions as loading
from loans.models import SanctionList
from loans.sanction_files import MOST_BYTES
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.sheets import Sheet, problem_of

MOST_HISTORY = 50
NAME = Field(
    "name",
    "text",
    gettext_lazy("What you call this list"),
    gettext_lazy("Such as “Canada”. A file of the same name takes the place of the one before."),
    max_length=120,
)


@require_http_methods(["GET", "HEAD", "POST"])
def sanctions(request):
    """The page; a POST loads a file, all of it or nothing."""
    if not request.user.roles & loading.READ:
        raise PermissionDenied
    may_load = bool(request.user.roles & loading.LOAD)
    if request.method != "POST":
        return _show(request, Sheet.of(request, (NAME,)) if may_load else None)
    if not may_load:
        raise PermissionDenied
    sheet, file = Sheet((NAME,), request.POST), request.FILES.get("file")
    if file is None:
        sheet.errors["file"] = "missing"
    return attempt(
        request,
        lambda: _load(request, sheet.values["name"], file),
        sheet=sheet,
        then=reverse("sanctions"),
        done=_("Loaded. From now on every case is compared with it."),
        show=lambda: _show(request, sheet),
    )


def _load(request, name, file):
    if file.size > MOST_BYTES:
        raise Refused("list_too_big", field="file")
    return loading.load(name, file.read(), by=request.user, once_key=once_key_of(request))


def _show(request, sheet):
    rows = list(SanctionList.objects.select_related("loaded_by")[:MOST_HISTORY])
    context = {
        "current": sorted((row for row in rows if row.is_current), key=lambda row: row.key),
        "earlier": [row for row in rows if not row.is_current],
        "sheet": sheet,
        "once_key": new_once_key(),
        "file_error": ERRORS.get(sheet.errors.get("file", ""), sheet.errors.get("file", "")) if sheet else "",
        "errors": _summary(sheet) if sheet else [],
    }
    return render(request, "loans/sanctions.html", context)


def _summary(sheet):
    """What is wrong, with the way to it; the file is no question of the sheet's own."""
    of_file = sheet.errors.get("file")
    rest = [line for name, line in zip(sheet.errors, sheet.summary, strict=True) if name != "file"]
    return [*rest, *([("#id-file", problem_of(_("The file"), of_file))] if of_file else [])]
